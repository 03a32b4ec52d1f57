package app

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestReplacedOwnTextsComeBackInALaterSession(t *testing.T) {
	path := uitest.File(t, "faq.txt", "from the file\n")
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	uitest.OpenPath(t, a, path)
	uitest.WantWords(t, a, "from the file")

	later := settled(t, 80, 24, uitest.Again(t, a.State()))
	uitest.WantWords(t, later, "from the file")
	uitest.WantShown(t, later, "faq.txt · 1 text")
	if got := later.Notice().Text; !strings.Contains(got, "u on Texts brings them back") {
		t.Errorf("the later session says %q", got)
	}
	later = settled(t, 80, 24, uitest.Again(t, later.State()))
	uitest.Press(t, later, "u")
	uitest.WantWords(t, later, "mine")
	if st := later.State(); st.Replaced != nil {
		t.Errorf("texts that are back are remembered as replaced: %v", st.Replaced)
	}
}

func TestGivenTextsLoseNoOwnOnes(t *testing.T) {
	a := settled(t, 80, 24, uitest.Again(t, uitest.OptionsWith(t, uitest.Texts("mine")).State, "given"))
	for range 2 { // the same file again, and again after that
		a = settled(t, 80, 24, uitest.Again(t, a.State(), "given"))
		uitest.WantWords(t, a, "given")
	}
	a = settled(t, 80, 24, uitest.Again(t, a.State(), "another file"))
	uitest.WantWords(t, a, "another file")
	if !strings.Contains(a.Notice().Text, "u on Texts brings them back") {
		t.Errorf("the notice is %q", a.Notice().Text)
	}
	uitest.Press(t, a, "u")
	uitest.WantWords(t, a, "mine")
}

// One undo leads to the person's own texts, whatever was shown since.
func TestTextsOfAFileReplaceASetWithoutBuryingOwnOnes(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("mine"), "local/ngrams@64"))
	set, _ := corpus.FindSet("polysemy")
	cmd, err := a.Session.Edits().Replace(set.Texts, session.OriginOfSet(set))
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, cmd)
	later := settled(t, 80, 24, uitest.Again(t, a.State(), "given"))
	uitest.WantWords(t, later, "given")
	uitest.Press(t, later, "2", "u")
	uitest.WantWords(t, later, "mine")
}

func TestOwnTextsThatWereNeverReplacedAreNotPromised(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.LocalOptions(t))
	if st := a.State(); st.Replaced != nil {
		t.Errorf("a built-in set counts as replaced: %v", st.Replaced)
	}
	a = settled(t, 80, 24, uitest.Again(t, a.State(), "given"))
	if strings.Contains(a.Notice().Text, "back") {
		t.Errorf("the notice is %q", a.Notice().Text)
	}
}

// What changes what a later session takes up is saved soon, and not at the end alone, which
// a crash leaves out.
func TestWhatIsRememberedIsSavedSoon(t *testing.T) {
	pairs := labels.Labels{Pairs: []labels.Pair{{A: "1", B: "2", Score: 1}, {A: "1", B: "3", Score: 0}}}
	queries := labels.Labels{Queries: []labels.Query{{Text: "which?", Judged: []labels.Judgment{{Text: "1", Grade: 1}}}}}
	type change struct {
		name string
		do   func(s *session.Session)
	}
	for _, changes := range [][]change{
		{{"labels are opened", func(s *session.Session) { s.Labels().Open(pairs, "/x/pairs.csv") }},
			{"others are opened", func(s *session.Session) { s.Labels().Open(queries, "queries.csv") }},
			{"a task is chosen", func(s *session.Session) { s.Labels().ChooseTask(evaluate.Groups) }}},
		{{"a pair is marked", func(s *session.Session) { s.Labels().Mark(0, 1, labels.Same) }},
			{"it is marked otherwise", func(s *session.Session) { s.Labels().Set(0, 1, labels.Different) }},
			{"that is undone", func(s *session.Session) { s.Labels().UndoMark() }},
			{"the mark is taken back", func(s *session.Session) { s.Labels().Mark(0, 1, labels.Same) }}},
		{{"a query is asked", func(s *session.Session) { s.Asked().Ask("which?", "") }},
			{"a text is judged", func(s *session.Session) { s.Asked().Judge("which?", 1, 2) }},
			{"all are judged", func(s *session.Session) { s.Asked().Finish("which?", 10) }},
			{"a judgment is undone", func(s *session.Session) { s.Asked().Undo() }},
			{"a query is forgotten", func(s *session.Session) { s.Asked().Forget("which?") }}},
		{{"the threshold is moved", func(s *session.Session) { s.Thresholds().Set("", .5) }},
			{"each has its own", func(s *session.Session) { s.Thresholds().SetEach(true) }},
			{"one is moved", func(s *session.Session) { s.Thresholds().Set("local/ngrams@64", .7) }},
			{"all have one again", func(s *session.Session) { s.Thresholds().SetEach(false) }}},
		{{"the seed is changed", func(s *session.Session) { s.Verdict().SetSeed(99) }},
			{"limits are set", func(s *session.Session) { s.Verdict().SetLimits(evaluate.Limits{Price: .02}) }},
			{"the texts are sorted", func(s *session.Session) { s.SetOrder(session.OrderGiven) }},
			{"a candidate is chosen", func(s *session.Session) { s.Toggle(api.Candidate{Model: "local/glove", Dimensions: 50}) }},
			{"it is resized", func(s *session.Session) { s.Resize(1, 25) }},
			{"it is moved", func(s *session.Session) { s.MoveCandidate(1, -1) }},
			{"it is taken out", func(s *session.Session) { s.Toggle(s.Candidates()[0]) }},
			{"its prefix is edited", func(s *session.Session) {
				s.SetRoles(s.State(s.Candidates()[0]).Row, api.Roles{Query: api.Manner{Prefix: "q: "}})
			}}},
		{{"a text is added", func(s *session.Session) { _, _ = s.Edits().Insert(0, corpus.Text{Text: "new"}) }},
			{"a text is moved", func(s *session.Session) { s.Edits().Move(0, 1) }},
			{"its group is changed", func(s *session.Session) { _, _ = s.Edits().Regroup(0, s.Corpus().At(0), "a") }},
			{"it is deleted", func(s *session.Session) { s.Edits().Delete(0) }},
			{"that is undone", func(s *session.Session) { s.Edits().Undo() }},
			{"and done again", func(s *session.Session) { s.Edits().Redo() }},
			{"others are opened", func(s *session.Session) {
				_, _ = s.Edits().Replace(uitest.Texts("x", "y"), corpus.Origin{Source: "x.txt"})
			}},
			{"all are cleared", func(s *session.Session) { s.Edits().Clear() }}},
	} {
		a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Numbered(4), "local/ngrams@64"))
		for _, c := range changes {
			before := remembered(t, a)
			a.Session.MarkSaved()
			c.do(a.Session)
			if after := remembered(t, a); after == before {
				t.Errorf("%s: nothing of it is remembered", c.name)
			}
			if !a.Session.Unsaved() {
				t.Errorf("%s: nothing saves it", c.name)
			}
			uitest.Settle(t, a, a.Session.Invalidate(0))
		}
	}
}

func TestMarksLabelsAndWhatWasChosenForTheVerdictAreRemembered(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/ngrams@64"))
	uitest.OpenPath(t, a, uitest.File(t, "pairs.csv", "a,b,score\none,two,1\nthree,one,0\n"))
	uitest.Settle(t, a, a.Session.Labels().Mark(1, 2, labels.Same))
	limits := evaluate.Limits{Price: 0.02, Dimensions: 512, LocalOnly: true}
	a.Session.Verdict().SetLimits(limits)
	uitest.Settle(t, a, a.Session.Verdict().SetSeed(0))

	written, err := json.Marshal(a.State())
	if err != nil {
		t.Fatal(err)
	}
	var st config.State
	if err := json.Unmarshal(written, &st); err != nil {
		t.Fatal(err)
	}
	later := settled(t, 80, 24, uitest.Again(t, st))
	if got := later.Session.Labels().Marked(2, 1); got != labels.Same {
		t.Errorf("the pair is marked %q", got)
	}
	task, ok := later.Session.Labels().Task()
	if !ok || task.Task != evaluate.Pairs || task.Labels.Items() != 3 || task.From != "pairs.csv" {
		t.Errorf("%+v, %v", task, ok)
	}
	if v := later.Session.Verdict(); v.Seed() != 0 || v.Limits() != limits {
		t.Errorf("seed %d, limits %+v", v.Seed(), v.Limits())
	}
	st.Labels.Content = json.RawMessage(`{"pairs":7}`)
	damaged := settled(t, 80, 24, uitest.Again(t, st))
	if !strings.Contains(damaged.Notice().Text, "The labels of pairs.csv are not there any more") || len(damaged.Session.Labels().Marks()) != 1 {
		t.Errorf("%q, %+v", damaged.Notice().Text, damaged.Session.Labels().Marks())
	}
}
