package models

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/uitest"
)

// grouped are near duplicates of three groups.
var grouped = []corpus.Text{
	{Text: "I cannot log in to my account", Group: "login"}, {Text: "log in does not work", Group: "login"},
	{Text: "I want my money back", Group: "refund"}, {Text: "please refund my order", Group: "refund"},
	{Text: "where is my parcel", Group: "parcel"}, {Text: "my package has not come", Group: "parcel"},
}

func TestTheScoreOfShorterVectorsNamesTheirDimensions(t *testing.T) {
	a := settled(t, 200, 60, uitest.OptionsWith(t, grouped, uitest.Glove, "local/use-lite@256"))
	uitest.Press(t, a, "1")
	uitest.WantShown(t, a, findings.Score(a.Session.Verdict().Score("local/use-lite@256").Metrics[0].Value)+" @256")
}

func TestWhatWasEmbeddedHasItsScore(t *testing.T) {
	a := settled(t, 200, 60, uitest.OptionsWith(t, grouped, uitest.Use, uitest.Glove, "local/use-lite@64"))
	s := a.Screen(ID).(*Screen)
	score := func(id string) string {
		return findings.Score(a.Session.Verdict().Score(id).Metrics[0].Value)
	}
	uitest.Press(t, a, "1")
	metric := findings.Metric(a.Session.Verdict().Trial().Labels.Metrics()[0])
	lines := strings.Split(ansi.Strip(a.Draw()), "\n")
	line := func(name string) string {
		for _, l := range lines[3:] {
			if strings.Contains(l, name) {
				return l
			}
		}
		return ""
	}
	if header := lines[2]; !strings.Contains(header, metric) || !strings.Contains(header, "p50") || !strings.Contains(header, "bytes") {
		t.Errorf("the header is %q", header)
	}
	best, bytes := score(uitest.Use), "2,048"
	if other := score("local/use-lite@64"); other >= best {
		best, bytes = other+" @64", "256"
	}
	if l := line("use-lite"); !strings.Contains(l, best+" ") || !strings.Contains(l, " "+bytes+" ") {
		t.Errorf("of the model with two candidates it says %q, want the best one's %s and %s", l, best, bytes)
	}
	if l := line("glove"); !strings.Contains(l, score(uitest.Glove)) || !strings.Contains(l, "400") {
		t.Errorf("it says %q", l)
	}
	uitest.Press(t, a, "/", "g", "l", "o", "v", "e", "enter")
	if details := uitest.Flat(a.Draw()); !strings.Contains(details, "ready · "+metric+" "+score(uitest.Glove)) {
		t.Errorf("the details lack the score:\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "esc")
	s.sortBy(columnScore)
	for range 2 {
		rows := s.rows()
		if len(rows) < 3 || !rows[0].scored || !rows[1].scored || rows[0].score < rows[1].score != s.reverse {
			t.Errorf("sorted by score, reversed %v: %s %v and %s %v stand first", s.reverse, rows[0].model.ID, rows[0].score, rows[1].model.ID, rows[1].score)
		}
		s.reverse = true
	}
}

func TestNarrowWindowsShowTheScoreToo(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, grouped, uitest.Use))
	uitest.Press(t, a, "1")
	score := findings.Score(a.Session.Verdict().Score(uitest.Use).Metrics[0].Value)
	if drawn := uitest.Plain(a); !strings.Contains(drawn, score) || strings.Contains(drawn, "p50") {
		t.Errorf("%s is missing in\n%s", score, drawn)
	}
}

func TestWithoutLabelsLatencyAndBytesAreShown(t *testing.T) {
	a := settled(t, 200, 60, uitest.OptionsWith(t, uitest.Texts("one cat", "two dogs"), uitest.Use, "local/use-lite@64"))
	uitest.Press(t, a, "1")
	lines := strings.Split(uitest.Plain(a), "\n")
	if header := lines[2]; !strings.Contains(header, "p50") || !strings.Contains(header, "bytes") || strings.Contains(header, "AUC") {
		t.Errorf("the header is %q", header)
	}
	at := slices.IndexFunc(lines[3:], func(l string) bool { return strings.Contains(l, "use-lite") })
	if l := lines[3+at]; !strings.Contains(l, " 2,048 ") || !strings.Contains(l, " ms ") {
		t.Errorf("of what was embedded it says %q", l)
	}
}

func TestWithoutLabelsThereIsNoScore(t *testing.T) {
	a := settled(t, 200, 60, uitest.OptionsWith(t, uitest.Texts("one cat", "two dogs"), uitest.Use))
	uitest.Press(t, a, "1")
	s := a.Screen(ID).(*Screen)
	for range len(s.sortable()) {
		uitest.Press(t, a, "s")
		if s.sort == columnScore {
			t.Error("nothing has a score, and it is sorted by")
		}
	}
	s.sortBy(columnScore) // remembered from texts with labels
	if words := s.orderWords(); words != "in catalog order" {
		t.Errorf("the rows are said to be %s", words)
	}
}

func TestTheWideWindowCutsNeitherLanguagesNorUse(t *testing.T) {
	for name, texts := range map[string][]corpus.Text{"labelled": grouped, "not": uitest.Texts("one cat", "two dogs")} {
		a := settled(t, 200, 60, uitest.OptionsWith(t, texts, uitest.Use, "local/glove@50", "local/use-lite@64"))
		uitest.Press(t, a, "1")
		drawn := uitest.Plain(a)
		for _, m := range a.Session.Engine().Catalog.Models() {
			if cell := languagesCell(m); !strings.Contains(drawn, cell) {
				t.Errorf("%s: of %s %q is cut:\n%s", name, m.Ref(), cell, drawn)
			}
		}
		if header := strings.Split(drawn, "\n")[2]; strings.Contains(header, "AUC") != (name == "labelled") || !strings.Contains(header, "bytes") {
			t.Errorf("%s: the header is %q", name, header)
		}
		uitest.WantShown(t, a, "Universal Sentence Encoder Lite") // the details, under the list
	}
}

func TestTheDetailsUnderTheListAreReadToTheirEnd(t *testing.T) {
	a := settled(t, 160, 40, uitest.OptionsWith(t, grouped, uitest.Use))
	uitest.Press(t, a, "1", "tab")
	seen := ""
	for range 20 {
		seen += uitest.Plain(a)
		uitest.Press(t, a, "down")
	}
	for _, want := range []string{"● selected at 512 dimensions", "choices (D)", "a fifth has no vector.", "binary: the model is inside this program"} {
		if !strings.Contains(seen, want) {
			t.Errorf("%q is never seen", want)
		}
	}
	uitest.Press(t, a, "esc", "G")
	uitest.WantShown(t, a, "a reranker scores a query")
}

func TestRowsAreMadeOnceBetweenMessages(t *testing.T) {
	a := settled(t, 200, 60, uitest.OptionsWith(t, grouped, uitest.Use))
	uitest.Press(t, a, "1")
	s := a.Screen(ID).(*Screen)
	first := &s.rows()[0]
	a.Draw()
	if &s.rows()[0] != first {
		t.Error("drawing makes the rows anew")
	}
	s.query = "glove"
	if rows := s.rows(); len(rows) != 1 || rows[0].model.Ref() != "local/glove" {
		t.Errorf("after the filter was changed there are %d rows", len(rows))
	}
	s.query = "no such model"
	if rows := s.rows(); len(rows) != 0 {
		t.Errorf("%d rows match nothing", len(rows))
	}
}

// Of a model that takes part twice the time is that of the candidate that stands first and was timed.
func TestTheLatencyOfAModelIsThatOfItsFirstCandidate(t *testing.T) {
	a, s := catalogApp(t, 120, 30, "local/glove@100", "local/glove@50", "local/glove@25")
	for _, c := range []struct {
		took [3]time.Duration
		want time.Duration
	}{{[3]time.Duration{3, 5, 7}, 3}, {[3]time.Duration{0, 5, 7}, 5}, {[3]time.Duration{0, 0, 7}, 7}, {}} {
		for i, st := range a.Session.States() {
			result := *st.Result
			result.Usage = api.Usage{Requests: 1}
			if c.took[i] > 0 {
				result.Usage.Latencies = []time.Duration{c.took[i]}
			}
			a.Session.SetResult(st.ID(), &result)
		}
		rows := []catalogRow{{model: a.Session.States()[0].Row}}
		if s.measure(rows); rows[0].latency != c.want {
			t.Errorf("of candidates that took %v the model took %v, want %v", c.took, rows[0].latency, c.want)
		}
	}
}

// Half of the requests took no longer, of those that made the result, else of the session's.
func TestTheLatencyOfAModelIsThatOfHalfOfItsRequests(t *testing.T) {
	a, s := catalogApp(t, 120, 30, "local/glove@100")
	var took []time.Duration
	for i := range 20 {
		took = append(took, time.Duration(i+1)*time.Second)
	}
	st := a.Session.States()[0]
	result := *st.Result
	result.Usage = api.Usage{Requests: 20, Latencies: took}
	st.Result = &result
	if got := s.latencyOf(st); got != 10*time.Second {
		t.Errorf("of requests that took 1 s to 20 s it is %v", got)
	}
	result.Usage = api.Usage{Requests: 20}
	uitest.SetSession(a, a.Session.Payments().Ledger().Limits(), api.Tally{Provider: "local", Model: "glove", Requests: 20, Latencies: took})
	if got := s.latencyOf(st); got != 10*time.Second {
		t.Errorf("of requests of the session it is %v", got)
	}
}

func TestALengthThatIsNotKnownIsCalledFull(t *testing.T) {
	for n, want := range map[int]string{0: "full", 1: "1", 512: "512"} {
		if got := lengthLabel(n); got != want {
			t.Errorf("%d is called %q, want %q", n, got, want)
		}
	}
}
