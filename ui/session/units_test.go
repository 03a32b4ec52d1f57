package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// bare is a session with results of those texts and no models that could be asked.
func bare(t *testing.T, texts ...corpus.Text) *Session {
	t.Helper()
	s := New(t.Context(), Config{
		Engine:  &pipeline.Engine{Catalog: catalog.New(nil), Providers: map[string]api.Provider{}, HasKey: func(string) bool { return true }},
		Counter: corpus.NewCounter(),
		After:   func(context.Context, time.Duration, func() tea.Cmd) tea.Cmd { return nil },
	})
	s.corpus = corpus.New(texts)
	s.current = newComparison(s.corpus.Revision(), s.corpus.Snapshot(), s.corpus.Origin())
	return s
}

// numbered are so many texts; every one has the next group of a, b and c.
func numbered(n int) []corpus.Text {
	texts := make([]corpus.Text, n)
	for i := range texts {
		texts[i] = corpus.Text{Text: fmt.Sprintf("text %d", i+1), Group: string(rune('a' + i%3))}
	}
	return texts
}

func TestNoMoreCandidatesThanThereIsRoomFor(t *testing.T) {
	s := bare(t)
	for n := 1; n <= MaxCandidates+1; n++ {
		if s.Full() != (n > MaxCandidates) {
			t.Errorf("with %d candidates it is full: %t", n-1, s.Full())
		}
		s.Toggle(api.Candidate{Model: "a/m", Dimensions: n})
		s.Restore().Candidate(api.Candidate{Model: "a/m", Dimensions: n})
	}
	if got := CandidateIDs(s.Candidates()); len(got) != MaxCandidates || got[5] != "a/m@6" {
		t.Errorf("these take part: %v", got)
	}
	s.Toggle(api.Candidate{Model: "a/m", Dimensions: 3})
	if s.Restore().Candidate(api.Candidate{Model: "a/m", Dimensions: 1}); len(s.Candidates()) != MaxCandidates-1 {
		t.Errorf("one that takes part takes part twice: %v", CandidateIDs(s.Candidates()))
	}
}

func TestTheFocusGoesRoundAndStaysInside(t *testing.T) {
	s := bare(t)
	s.CycleFocus(1) // of nothing
	if s.Focused() != 0 {
		t.Error("without candidates the focus is not 0")
	}
	for n := range 3 {
		s.Toggle(api.Candidate{Model: "a/m", Dimensions: n + 1})
	}
	for _, c := range []struct{ by, want int }{{-1, 2}, {1, 0}, {1, 1}, {-1, 0}} {
		if s.CycleFocus(c.by); s.Focused() != c.want {
			t.Errorf("%+d leads to %d, want %d", c.by, s.Focused(), c.want)
		}
	}
	if s.SetFocus(9); s.Focused() != 2 {
		t.Errorf("beyond the last it is on %d", s.Focused())
	}
	s.Toggle(api.Candidate{Model: "a/m", Dimensions: 3}) // the one in focus goes
	if s.CycleFocus(1); s.Focused() != 0 {
		t.Errorf("from the last that is left the next is %d", s.Focused())
	}
	s.Toggle(api.Candidate{Model: "a/m", Dimensions: 3})
	for _, to := range []struct{ i, by int }{{0, -1}, {2, 1}, {-1, 1}, {3, -1}} {
		if s.MoveCandidate(to.i, to.by); !slices.Equal(CandidateIDs(s.Candidates()), []string{"a/m@1", "a/m@2", "a/m@3"}) {
			t.Errorf("moving %d by %d leaves %v", to.i, to.by, CandidateIDs(s.Candidates()))
		}
	}
}

func TestAResizedCandidateKeepsItsThresholdAndItsPlace(t *testing.T) {
	s := bare(t)
	for n := range 3 {
		s.Toggle(api.Candidate{Model: "a/m", Dimensions: n + 1})
	}
	s.Thresholds().SetEach(true)
	s.Thresholds().Set("a/m@2", .25)
	s.Resize(1, 8)
	if got := CandidateIDs(s.Candidates()); !slices.Equal(got, []string{"a/m@1", "a/m@8", "a/m@3"}) || s.Thresholds().Of("a/m@8") != .25 {
		t.Errorf("%v, at %g", got, s.Thresholds().Of("a/m@8"))
	}
	s.Resize(1, 3) // takes part already
	if got := CandidateIDs(s.Candidates()); got[1] != "a/m@8" {
		t.Errorf("two are the same: %v", got)
	}
}

func TestACandidateThatGetsItsWholeNameKeepsItsThreshold(t *testing.T) {
	s := bare(t)
	s.Restore().Candidate(api.Candidate{Model: "ollama/m", Dimensions: 4})
	s.Restore().Candidate(api.Candidate{Model: "ollama/gone", Dimensions: 4})
	s.Thresholds().SetEach(true)
	s.Thresholds().Set("ollama/m@4", .25)
	s.engine.Catalog = catalog.New([]api.Model{{Provider: "ollama", ID: "m:latest", Kind: api.KindEmbedding, Dimensions: 4, MaxDimensions: 4}})
	s.nameInFull()
	if got := CandidateIDs(s.Candidates()); !slices.Equal(got, []string{"ollama/m:latest@4", "ollama/gone@4"}) || s.Thresholds().Of("ollama/m:latest@4") != .25 {
		t.Errorf("%v, at %g", got, s.Thresholds().Of("ollama/m:latest@4"))
	}
}

func TestTheCursorPointsAtTwoTextsThatThereAre(t *testing.T) {
	for _, c := range []struct{ n, a, b, to, wantA, wantB int }{
		{5, 0, 1, 3, 3, 1}, {5, 0, 1, 1, 1, 2}, {5, 0, 4, 4, 4, 3}, {5, 2, 3, -4, 0, 3}, {5, 0, 1, 99, 4, 1}, {1, 0, 0, 0, 0, 0}, {0, 0, 0, 3, 0, 0}, {2, 0, 1, 0, 0, 1},
	} {
		s := bare(t, numbered(c.n)...)
		s.SetCursor(c.a, c.b)
		if s.PointAt(c.to); s.CursorA() != c.wantA || s.CursorB() != c.wantB {
			t.Errorf("%+v: on %d and %d", c, s.CursorA(), s.CursorB())
		}
	}
	s := bare(t, numbered(2)...)
	s.cursorB = 4 // as before texts were deleted
	if s.PointAt(0); s.CursorB() != 1 {
		t.Errorf("the other text is %d of 2", s.CursorB()+1)
	}
	if s.SetCursor(-3, 9); s.CursorA() != 0 || s.CursorB() != 1 {
		t.Errorf("on %d and %d of 2", s.CursorA(), s.CursorB())
	}
}

func TestWarningsAreKeptOnceAndTheNewestOfThem(t *testing.T) {
	s := bare(t)
	for n := range mostWarnings + 3 {
		s.Warn(fmt.Sprint(n), fmt.Sprint(n))
	}
	got := s.Warnings()
	if len(got) != mostWarnings || got[0] != "3" || got[mostWarnings-1] != fmt.Sprint(mostWarnings+2) {
		t.Errorf("kept are %v", got)
	}
	if got[0] = "changed"; s.Warnings()[0] != "3" {
		t.Error("whoever reads them can change them")
	}
}

func TestAThresholdIsASimilarity(t *testing.T) {
	for value, want := range map[float64]float64{2: 1, -2: -1, .5: .5, .1234567891: .123456789, 1: 1, -1: -1} {
		s := bare(t)
		s.Thresholds().Set("a/m@1", value) // all share one
		if got := s.Thresholds().Common(); got != want || s.Thresholds().Of("a/m@1") != want || len(s.overrides) != 0 || !s.Unsaved() {
			t.Errorf("%g becomes %g, saved %t", value, got, !s.Unsaved())
		}
		s.Thresholds().SetEach(true)
		if s.Thresholds().Set("", .75); s.Thresholds().Common() != .75 {
			t.Error("without a candidate the common one is not set")
		}
	}
}

func TestLabelsBelongToTheTextsThatTheyWereOpenedFor(t *testing.T) {
	file, set := corpus.Origin{Source: "a.csv"}, corpus.Origin{Set: "faq"}
	for _, c := range []struct {
		of   labelled
		from corpus.Origin
		want bool
	}{
		{labelled{file: "p.csv", origin: file}, file, true},
		{labelled{file: "p.csv", origin: file}, corpus.Origin{Source: "a.csv", Edited: true}, true},
		{labelled{file: "p.csv", origin: file}, corpus.Origin{Source: "b.csv"}, false},
		{labelled{file: "p.csv", origin: corpus.Origin{}}, set, false},
		{labelled{file: "p.csv", origin: corpus.Origin{}}, corpus.Origin{}, true},
		{labelled{origin: file}, file, false},
	} {
		if got := c.of.belongTo(c.from); got != c.want {
			t.Errorf("%q of %+v for %+v: %t", c.of.file, c.of.origin, c.from, got)
		}
	}
}

func TestOtherLabelsTakeThePlaceOfThoseOfBefore(t *testing.T) {
	s := bare(t, numbered(3)...)
	pairs := labels.Labels{Pairs: []labels.Pair{{A: "1", B: "2", Score: 1}, {A: "1", B: "3", Score: 0}}}
	s.Labels().Open(pairs, "/x/pairs.csv")
	if s.Labels().Path() != "/x/pairs.csv" || s.Decision().Labels == nil {
		t.Errorf("the path is %q", s.Labels().Path())
	}
	before, revision := s.Decision().Labels, s.labelled.revision
	s.labelled.task = evaluate.Pairs
	s.Labels().Open(labels.Labels{Pairs: pairs.Pairs[:1]}, "others.csv")
	if s.Labels().Path() != "" || s.labelled.task != "" || string(s.Decision().Labels) == string(before) || s.labelled.revision == revision || s.labelled.file != "others.csv" {
		t.Errorf("path %q, task %q, of %q", s.Labels().Path(), s.labelled.task, s.labelled.file)
	}
	later := bare(t, numbered(3)...)
	had := later.Labels().Tied()
	if err := later.Restore().Decision(s.Decision()); err != nil {
		t.Fatal(err)
	}
	if got := later.Labels().Tied(); got == had || len(got.Pairs) != 1 {
		t.Errorf("the labels of an earlier session are not tied: %+v", got.Pairs)
	}
}

func TestWhatDecidesIsWhatWasChosenWhereLabelsAllowIt(t *testing.T) {
	groups, pairs := LabelTask{Task: evaluate.Groups}, LabelTask{Task: evaluate.Pairs}
	wrong := LabelTask{Task: evaluate.Retrieval, Err: errors.New("too few")}
	for _, c := range []struct {
		tasks  []LabelTask
		chosen evaluate.Task
		want   evaluate.Task
	}{
		{[]LabelTask{groups, pairs}, "", evaluate.Groups}, {[]LabelTask{groups, pairs}, evaluate.Pairs, evaluate.Pairs}, {[]LabelTask{wrong, pairs}, "", evaluate.Pairs},
		{[]LabelTask{wrong, pairs}, evaluate.Retrieval, evaluate.Pairs}, {[]LabelTask{wrong}, evaluate.Retrieval, ""}, {nil, evaluate.Groups, ""},
	} {
		if got, ok := (&labelled{task: c.chosen}).deciding(c.tasks); got.Task != c.want || ok != (c.want != "") {
			t.Errorf("%+v, chosen %q: %q, %t", c.tasks, c.chosen, got.Task, ok)
		}
	}
}

func TestFromTwentyMarksOnTheyDecideBeforeGroups(t *testing.T) {
	s := bare(t, numbered(30)...)
	for n := range fewMarks {
		if got := s.Labels().Tasks()[0].Task; got != evaluate.Groups {
			t.Fatalf("of %d marks and groups %q decides", n, got)
		}
		verdict := labels.Same
		if n%2 == 0 {
			verdict = labels.Different
		}
		s.Labels().Set(n, n+1, verdict)
	}
	if tasks := s.Labels().Tasks(); tasks[0].Task != evaluate.Pairs || tasks[0].From != "" || tasks[1].Task != evaluate.Groups {
		t.Errorf("of %d marks: %+v", fewMarks, tasks)
	}
	if l := s.Labels(); l.Marked(0, 1) != labels.Different || l.Marked(1, 0) != labels.Different {
		t.Errorf("the first pair is marked %q", l.Marked(0, 1))
	}
	s.Labels().Mark(0, 1, labels.Different) // again takes it back
	if got := s.Labels().Marked(0, 1); got != "" {
		t.Errorf("the same mark again leaves %q", got)
	}
}

func TestDoubtsAreOfDifferentWordsThatNobodyHasMarked(t *testing.T) {
	s := bare(t, corpus.Text{Text: "a", Group: "x"}, corpus.Text{Text: "b", Group: "y"}, corpus.Text{Text: "a", Group: "x"}, corpus.Text{Text: "c"}, corpus.Text{Text: "d"})
	s.Labels().Set(3, 4, labels.Same)
	got := s.Labels().unmarked([][2]int32{{0, 2}, {0, 1}, {2, 1}, {3, 4}, {0, 3}, {2, 3}, {1, 4}})
	// The groups speak of a and b, so that these come last.
	if want := [][2]int{{0, 3}, {1, 4}, {0, 1}}; !slices.Equal(got, want) {
		t.Errorf("suggested are %v, want %v", got, want)
	}
}

func TestAGroupGoesToTheTextThatItWasChosenFor(t *testing.T) {
	s := bare(t, numbered(3)...)
	was := s.corpus.At(1)
	s.Edits().Delete(1)
	if _, err := s.Edits().Regroup(1, was, "z"); !errors.Is(err, corpus.ErrOvertaken) || s.corpus.At(1).Group == "z" {
		t.Errorf("%v; the other text is in %q", err, s.corpus.At(1).Group)
	}
	if _, err := s.Edits().Regroup(5, was, "z"); !errors.Is(err, corpus.ErrOvertaken) {
		t.Errorf("of a text that is not there: %v", err)
	}
	if _, err := s.Edits().Regroup(2, s.corpus.At(1), "z"); !errors.Is(err, corpus.ErrOvertaken) {
		t.Errorf("of the place behind the last text: %v", err)
	}
	if _, err := s.Edits().Regroup(1, s.corpus.At(1), "z"); err != nil || s.corpus.At(1).Group != "z" {
		t.Errorf("%v, it is in %q", err, s.corpus.At(1).Group)
	}
}

func TestWhatRowsWereMeasuredOfIsAllOfIt(t *testing.T) {
	of := measuredOf{labels: &evaluate.Labels{}, index: &lexical.Index{}, candidates: []string{"a"}, results: []*pipeline.Result{{}}, hybrid: "a", weight: 1}
	if !of.equal(of) {
		t.Error("it is another than itself")
	}
	for name, change := range map[string]func(*measuredOf){
		"labels": func(m *measuredOf) { m.labels = &evaluate.Labels{} }, "the index": func(m *measuredOf) { m.index = nil }, "candidates": func(m *measuredOf) { m.candidates = []string{"b"} },
		"results": func(m *measuredOf) { m.results = []*pipeline.Result{{}} }, "the hybrid": func(m *measuredOf) { m.hybrid = "b" }, "the weight": func(m *measuredOf) { m.weight = 2 },
	} {
		other := of
		if change(&other); of.equal(other) {
			t.Errorf("with other %s it is the same", name)
		}
	}
	key := trialKey{labels: &evaluate.Labels{}, results: []*pipeline.Result{{}}, seed: 1, manners: "m"}
	if !key.equal(key) {
		t.Error("a trial is of another than itself")
	}
	for name, change := range map[string]func(*trialKey){
		"labels": func(k *trialKey) { k.labels = nil }, "results": func(k *trialKey) { k.results = nil }, "the seed": func(k *trialKey) { k.seed = 2 }, "manners": func(k *trialKey) { k.manners = "" },
	} {
		other := key
		if change(&other); key.equal(other) {
			t.Errorf("with other %s a trial stands", name)
		}
	}
}

// vectors are as many as there are texts, those of the places given.
func vectors(t *testing.T, n int, has ...int) compare.Vectors {
	t.Helper()
	rows := make([][]float32, n)
	for _, i := range has {
		rows[i] = []float32{1, 0}
	}
	v, err := compare.NewVectors(rows)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
