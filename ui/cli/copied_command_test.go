package cli

import (
	"encoding/json"
	"fmt"
	"math"
	"os/exec"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/app"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/models"
	"github.com/vecscope/vecscope/ui/screens/search"
	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/screens/usage"
	"github.com/vecscope/vecscope/ui/screens/verdict"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// faq are texts of a table whose name a shell would take apart, with columns that have to
// be named.
const faq = "nr,frage,thema\n" +
	"a,How do I cancel an order?,orders\nb,Cancelling orders: how?,orders\nc,Where is my parcel?,parcels\nd,My parcel has not come yet,parcels\n" +
	"e,The printer is on fire,trouble\nf,Smoke comes out of the printer,trouble\ng,Can I return shoes?,returns\nh,Sending shoes back,returns\n"

// onFile is the explorer, without a terminal, as the command line starts it with those
// words, under two models of which one is cut.
func onFile(t *testing.T, screen string, words ...string) *shell.App {
	t.Helper()
	return onFileWith(t, config.State{Version: 1, Threshold: 0.5, Screen: screen, Candidates: []string{"local/use-lite@256", "local/glove@100"}}, words...)
}

func onFileWith(t *testing.T, st config.State, words ...string) *shell.App {
	t.Helper()
	s := newSession(t)
	s.onTerminal(&s.out, s.In)
	withLocal(s.program)
	if code := s.run(t.Context(), words); code != ExitDone || len(s.explored) != 1 {
		t.Fatalf("vecscope %q: exit code %d: %s", words, code, s.err.String())
	}
	o := s.explored[0]
	o.State, o.Save = st, nil
	return uitest.Settled(t, 200, 60, o, app.Screens())
}

// command is what Y copies on the screen that is shown, and what it is said to lack.
func command(t *testing.T, a *shell.App, screen string) (line, lacks string) {
	t.Helper()
	c, reason := a.Screen(screen).(ui.Printer).Command()
	if reason != "" {
		t.Fatalf("nothing is copied: %s", reason)
	}
	return c.Line(), strings.Join(c.Lacks, " · ")
}

// pasted runs a line as a POSIX shell takes it apart, with further words, and gives what
// it prints.
func pasted(t *testing.T, line string, further ...string) string {
	t.Helper()
	out, err := exec.Command("sh", "-c", `vecscope() { for word; do printf '%s\0' "$word"; done; }; `+line).Output()
	if err != nil {
		t.Fatalf("a shell does not take %s: %v", line, err)
	}
	s := newSession(t)
	withLocal(s.program)
	words := append(strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"), further...)
	if code := s.run(t.Context(), words); code != ExitDone {
		t.Fatalf("%s: exit code %d: %s", line, code, s.err.String())
	}
	return s.out.String()
}

// pastedAs is pasted with --json, read.
func pastedAs[T any](t *testing.T, line string) (doc T) {
	t.Helper()
	out := pasted(t, line, "--json")
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
	return doc
}

func awkward(t *testing.T) string { return file(t, "it's a $file & more.csv", faq) }

var columnFlags = []string{"--text-column", "frage", "--id-column", "nr", "--group-column", "thema"}

func TestTheCommandCopiedOnMatricesPrintsTheSameNumbers(t *testing.T) {
	path := awkward(t)
	a := onFile(t, matrices.ID, append(columnFlags, path)...)
	line, lacks := command(t, a, matrices.ID)
	if lacks != "" {
		t.Error("it lacks", lacks)
	}
	if !strings.HasPrefix(line, "vecscope compare --models local/use-lite@256,local/glove@100 --text-column frage ") || !strings.Contains(line, `it'\''s a $file`) {
		t.Error(line)
	}
	doc := pastedAs[struct {
		Candidates []struct {
			ID         string
			Similarity [][]float64
		}
	}](t, line)
	ready := a.Session.Ready()
	if len(doc.Candidates) != 2 || len(ready) != 2 {
		t.Fatalf("%d candidates are printed, %d shown", len(doc.Candidates), len(ready))
	}
	for k, c := range doc.Candidates {
		if c.ID != ready[k].ID() || len(c.Similarity) != 8 {
			t.Fatalf("%s has %d texts, %s is shown", c.ID, len(c.Similarity), ready[k].ID())
		}
		for i, row := range c.Similarity {
			for j, got := range row {
				if want := ready[k].Result.Vectors.Similarity(i, j); got > want || want-got > 1e-6 {
					t.Errorf("%s: texts %d and %d: %g printed, %g shown", c.ID, i, j, got, want)
				}
			}
		}
	}
}

func TestTheCommandCopiedOnMatricesSaysThatLargeOnesAreNotPrinted(t *testing.T) {
	var many strings.Builder
	for i := range 41 {
		fmt.Fprintf(&many, "the order number %d has not come\n", i)
	}
	a := onFile(t, matrices.ID, file(t, "many.txt", many.String()))
	line, lacks := command(t, a, matrices.ID)
	if !strings.Contains(lacks, "no matrix of more than 40 texts: --json has every value") || strings.Contains(pasted(t, line), "Similarity under") {
		t.Errorf("%s lacks %q", line, lacks)
	}
}

func TestTheCommandCopiedOnDuplicatesKnowsEveryThreshold(t *testing.T) {
	a := onFileWith(t, config.State{
		Version: 1, Threshold: 0.55, ThresholdEach: true, Thresholds: map[string]float64{"local/glove@100": 0.915},
		Screen: duplicates.ID, Candidates: []string{"local/use-lite@256", "local/glove@100"},
	}, append(columnFlags, awkward(t))...)
	line, lacks := command(t, a, duplicates.ID)
	const ofLabels = "it prints nothing of the labels: vecscope evaluate does"
	if lacks != ofLabels || !strings.Contains(line, " --threshold 0.55 --threshold local/glove@100=0.915 ") {
		t.Error(line, lacks)
	}
	doc := pastedAs[struct {
		Thresholds map[string]float64
		Pairs      []struct{ Similarity map[string]float64 }
	}](t, line)
	var scans []*compare.Scan
	var thresholds []float64
	for _, c := range a.Session.Ready() {
		scans, thresholds = append(scans, c.Result.Scan), append(thresholds, a.Session.Thresholds().Of(c.ID()))
		if doc.Thresholds[c.ID()] != a.Session.Thresholds().Of(c.ID()) {
			t.Errorf("the threshold of %s is %g", c.ID(), doc.Thresholds[c.ID()])
		}
	}
	shown, _, err := compare.Union(scans, thresholds, 0)
	if err != nil || len(shown) == 0 || len(shown) != len(doc.Pairs) {
		t.Fatalf("%d pairs are printed, %d shown (%v)", len(doc.Pairs), len(shown), err)
	}
	screen := uitest.Plain(a)
	for _, p := range doc.Pairs {
		for id, s := range p.Similarity {
			if !strings.Contains(screen, format.Near(s, a.Session.Thresholds().Of(id), 3, 9)) {
				t.Errorf("%g of %s is not on the screen:\n%s", s, id, screen)
			}
		}
	}
	uitest.Happen(t, a, ui.Do(func() { a.Session.Thresholds().SetEach(false) }))
	if line, _ = command(t, a, duplicates.ID); strings.Contains(line, "=0.915") {
		t.Error("one threshold for all is copied as", line)
	}
	uitest.Press(t, a, "/", "o", "r", "d", "e", "r", "enter")
	if _, lacks = command(t, a, duplicates.ID); lacks != "it lists all, not only what has the words of the filter · "+ofLabels {
		t.Errorf("with a filter it lacks %q", lacks)
	}
}

func TestTheCommandCopiedOnDuplicatesPrintsClusters(t *testing.T) {
	kept := map[string]json.RawMessage{duplicates.ID: json.RawMessage(`{"clusters":true}`)}
	a := onFileWith(t, config.State{Version: 1, Threshold: 0.55, Screen: duplicates.ID, Screens: kept, Candidates: []string{"local/use-lite@256"}},
		append(columnFlags, awkward(t))...)
	line, _ := command(t, a, duplicates.ID)
	doc := pastedAs[struct{ Clusters []struct{ Texts []string } }](t, line)
	if !strings.Contains(line, " --clusters ") || len(doc.Clusters) == 0 {
		t.Fatal(line, doc)
	}
	uitest.WantShown(t, a, fmt.Sprintf("%d clusters", len(doc.Clusters)))
}

func TestTheCommandCopiedOnSearchFindsTheSame(t *testing.T) {
	weight := 0.5
	kept := map[string]json.RawMessage{search.ID: ui.Encode(map[string]any{"hits": 3, "weight": weight})}
	a := onFileWith(t, config.State{Version: 1, Threshold: 0.5, Screen: search.ID, Screens: kept, Candidates: []string{"local/use-lite@256", "local/glove@100"}},
		append(columnFlags, awkward(t))...)
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, `it's "burning" $HOME`)
	uitest.Press(t, a, "enter")
	line, lacks := command(t, a, search.ID)
	if lacks != "" {
		t.Error("it lacks", lacks)
	}
	doc := pastedAs[struct {
		Query      string
		K          int
		Candidates []struct {
			ID   string
			Hits []struct {
				Text  string
				Score float64
			}
		}
	}](t, line)
	if doc.Query != `it's "burning" $HOME` || doc.K != 3 {
		t.Fatalf("%s prints %+v", line, doc)
	}
	var rows []string
	screen := uitest.Plain(a)
	for _, c := range doc.Candidates {
		rows = append(rows, c.ID)
		for _, h := range c.Hits {
			if !strings.Contains(screen, h.Text[:12]) || c.ID != "local/use-lite@256+bm25" && !strings.Contains(screen, format.Similarity(h.Score, 3)) {
				t.Errorf("%s finds “%s” at %g, which is not on the screen:\n%s", c.ID, h.Text, h.Score, screen)
			}
		}
	}
	if want := []string{"local/use-lite@256", "local/glove@100", "local/bm25", "local/use-lite@256+bm25"}; !slices.Equal(rows, want) {
		t.Errorf("the rows are %q", rows)
	}
}

// judgedScores is the part of evaluate --json that the screen shows, too.
type judgedScores struct {
	Candidates []struct {
		ID      string
		Metrics map[string]struct{ Value float64 }
	}
}

func TestTheCommandCopiedOnVerdictScoresTheSame(t *testing.T) {
	pairs := file(t, "my pairs.csv", "a,b,score\na,b,1\nc,d,1\ne,f,1\ng,h,1\na,c,0\nb,e,0\nd,g,0\nf,h,0\na,e,0\nc,g,0\n")
	for name, words := range map[string][]string{
		"groups":    append(slices.Clone(columnFlags), awkward(t)),
		"pairs":     {file(t, "texts.csv", strings.NewReplacer("nr", "id", "frage", "text", "thema", "group").Replace(faq)), pairs},
		"set":       {"--set", "near-duplicates"},
		"set faq":   {"--set", "faq"},
		"set pairs": {"--set", "paraphrase-traps"},
	} {
		t.Run(name, func(t *testing.T) {
			a := onFile(t, verdict.ID, words...)
			uitest.Settle(t, a, a.Init())
			uitest.Happen(t, a, func() tea.Cmd { return a.Session.Verdict().SetSeed(7) })
			uitest.Happen(t, a, func() tea.Cmd {
				return a.Session.Verdict().SetLimits(evaluate.Limits{Dimensions: 300, LocalOnly: true})
			})
			line, lacks := command(t, a, verdict.ID)
			if lacks != "" {
				t.Error("it lacks", lacks)
			}
			for _, want := range []string{" --seed 7", " --max-dimensions 300", " --local-only", " --documents 1000000"} {
				if !strings.Contains(line, want) {
					t.Errorf("%s lacks%s", line, want)
				}
			}
			tried := a.Session.Verdict().Trial()
			doc := pastedAs[judgedScores](t, line+" --resamples 100")
			if len(doc.Candidates) != len(tried.Rows) {
				t.Errorf("%d rows are printed, %d shown", len(doc.Candidates), len(tried.Rows))
			}
			metric := tried.Labels.Metrics()[0]
			for i, r := range tried.Rows {
				want, _ := r.Score.Value(metric)
				if got := doc.Candidates[i]; got.ID != r.ID || math.Abs(got.Metrics[string(metric)].Value-want) > 1e-6 {
					t.Errorf("%s scores %g, but %v is printed", r.ID, want, got)
				}
			}
		})
	}
}

func TestTheCommandsCopiedOnModelsTextsAndUsage(t *testing.T) {
	a := onFile(t, models.ID, append(columnFlags, awkward(t))...)
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, "local/")
	uitest.Press(t, a, "enter")
	line, lacks := command(t, a, models.ID)
	listed := pastedAs[[]struct{ ID string }](t, line)
	if lacks != "" || len(listed) != 3 {
		t.Errorf("%s lists %v and lacks %q", line, listed, lacks)
	}
	uitest.Press(t, a, "/")
	uitest.Letters(t, a, " english")
	if _, lacks = command(t, a, models.ID); !strings.Contains(lacks, "filter") {
		t.Errorf("a filter that cannot be said lacks %q", lacks)
	}
	if line, _ = command(t, a, usage.ID); line != "vecscope usage" {
		t.Error(line)
	}
	pasted(t, line)
	// The nearest texts of the one under the cursor, behind that itself.
	line, _ = command(t, a, texts.ID)
	doc := pastedAs[struct {
		Candidates []struct {
			Hits []struct {
				Index int
				Score float64
			}
		}
	}](t, line)
	if !strings.HasPrefix(line, "vecscope search ") || len(doc.Candidates) != 2 {
		t.Fatal(line, doc)
	}
	for k, c := range doc.Candidates {
		if len(c.Hits) != a.Session.Corpus().Len() {
			t.Errorf("%d hits are printed", len(c.Hits))
		}
		for _, h := range c.Hits {
			if want, ok := a.Session.Ready()[k].Result.Matrix.At(a.Session.CursorA(), h.Index); !ok || math.Abs(want-h.Score) > 1e-6 {
				t.Errorf("text %d: %g printed, %g shown", h.Index, h.Score, want)
			}
		}
	}
}

func TestACopiedCommandSaysWhatItCannotSay(t *testing.T) {
	path := file(t, "faq.csv", "id,text\na,one thing\nb,another thing\nc,something else\n")
	a := onFile(t, texts.ID, path)
	if line, lacks := command(t, a, matrices.ID); lacks != "" || !strings.HasSuffix(line, " "+path) {
		t.Errorf("%s lacks %q", line, lacks)
	}
	uitest.Happen(t, a, func() tea.Cmd { return a.Session.Edits().Delete(1) })
	line, lacks := command(t, a, matrices.ID)
	if !strings.HasSuffix(line, " "+path) || lacks != "your edits are not in faq.csv: X on Texts exports them" {
		t.Errorf("%s lacks %q", line, lacks)
	}
	uitest.Happen(t, a, func() tea.Cmd {
		cmd, err := a.Session.Edits().Replace(uitest.Texts("typed by hand", "and this too", "a third"), corpus.Origin{})
		if err != nil {
			t.Error(err)
		}
		return cmd
	})
	line, lacks = command(t, a, matrices.ID)
	if !strings.HasSuffix(line, " vecscope-texts.csv") || lacks != "these texts are in no file: X on Texts exports them first, as vecscope-texts.csv" {
		t.Errorf("%s lacks %q", line, lacks)
	}
	uitest.Happen(t, a, func() tea.Cmd {
		return tea.Batch(a.Session.Labels().Mark(0, 1, labels.Different), a.Session.Labels().Mark(0, 2, labels.Same))
	})
	if line, lacks = command(t, a, verdict.ID); !strings.Contains(line, "--pairs vecscope-marks.csv") || !strings.Contains(lacks, "M exports them first") {
		t.Errorf("%s lacks %q", line, lacks)
	}
	a.Go(matrices.ID)
	uitest.Press(t, a, "Y")
	uitest.WantNotice(t, a, "Copied vecscope compare, but these texts are in no file: X on Texts exports them first, as vecscope-texts.csv.")
}

func TestACommandIsCopiedThroughTheTerminal(t *testing.T) {
	o := uitest.NearDuplicates(t)
	set, _ := corpus.FindSet("near-duplicates")
	o.State.Set, o.State.Source, o.State.Screen = set.Name, set.Title, duplicates.ID
	v := uitest.Start(t, 80, 24, o, app.Screens())
	v.WaitFor("43 pairs") // which only results show
	v.Press("Y")
	v.WaitCopied("vecscope duplicates --models local/use-lite@512,local/glove@100,local/ngrams@4096 --threshold 0.95 --set near-duplicates")
	v.WaitFor("Copied vecscope duplicates, but it prints nothing")
	v.Quit()
}
