package pair_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// Of every width the table shows as much as has room, the names of models first.
func TestTheValuesOfAPairFitTheWidth(t *testing.T) {
	a := plane(t, 160, 30, map[string][]float64{uitest.Use: {0, 10, 60}, "local/ngrams@4096": {0, 40, 50}})
	for w, want := range map[int][2]string{
		120: {"model similarity threshold background mean, p95 rank strictness", "local/ngrams@4096 · 0.766 0.950 0.798, 0.962 2 of 3 -0.2σ different"},
		90:  {"model similarity threshold background mean, p95 rank +1", "ngrams@4096 · 0.766 0.950 0.798, 0.962 2 of 3 different"},
		89:  {"model similarity threshold background rank strictness", "ngrams@4096 · 0.766 0.950 0.798, 0.962 2 of 3 -0.2σ different"},
		60:  {"model similarity threshold background +3", "local/ngrams@4096 · 0.766 0.950 0.798, 0.962"},
		40:  {"model similarity threshold +4", "ngrams@4096 · 0.766 0.950"},
	} {
		lines := pair.Values(a.Session, 0, 1, w, a.Theme)
		for i, want := range want {
			if got := uitest.Flat(lines[i]); got != want {
				t.Errorf("in %d columns line %d is %q, want %q", w, i+1, got, want)
			}
		}
	}
}

// Ranks among very many pairs are shown whole.
func TestRanksAmongManyPairsAreShownWhole(t *testing.T) {
	angles := make([]float64, 160)
	for i := range angles {
		angles[i] = float64(i)
	}
	a := plane(t, 160, 30, map[string][]float64{uitest.Use: angles})
	if got := uitest.Flat(pair.Values(a.Session, 0, 159, 120, a.Theme)[1]); !strings.Contains(got, " 12,720 of 12,720 ") {
		t.Errorf("the pair that is the least similar of all stands as %q", got)
	}
}

// One pair is a background, of which no other says how far it stands out; one text has none.
func TestTheBackgroundOfFewTexts(t *testing.T) {
	for want, angles := range map[string][]float64{"0.500, 0.500": {0, 60}, "no pairs": {0}} {
		a := plane(t, 100, 30, map[string][]float64{uitest.Use: angles})
		if got := pair.BackgroundNumbers(a.Session.Ready()[0]); got != want {
			t.Errorf("of %d texts the background is %q, want %q", len(angles), got, want)
		}
	}
}

// Of texts too long for a line what differs is shown, the same part of both.
func TestOfLongTextsThePartThatDiffersIsShown(t *testing.T) {
	same := strings.Repeat("ä", 100) // 200 bytes
	texts := []corpus.Text{
		{Text: same + "one" + same}, {Text: same + "two" + same}, {Text: same}, {Text: "x" + same}, {Text: same, Group: "cats\x1b[1m", ID: "T\x1b[1m5"},
	}
	a := settled(t, 100, 30, uitest.OptionsWith(t, texts, uitest.Use))
	ae := func(n int) string { return strings.Repeat("ä", n) }
	for _, c := range []struct {
		a, b, limit int
		want        []string
	}{
		{0, 1, 40, []string{"Text 1", "…" + ae(10) + "one" + ae(8) + "…", "", "Text 2", "…" + ae(10) + "two" + ae(8) + "…", ""}},
		{0, 1, 43, []string{"Text 1", "…" + ae(11) + "one" + ae(9) + "…", "", "Text 2", "…" + ae(11) + "two" + ae(9) + "…", ""}},
		{0, 1, 600, []string{"Text 1", ae(100) + "one" + ae(100), "", "Text 2", ae(100) + "two" + ae(100), ""}},
		{2, 0, 40, []string{"Text 3", "…" + ae(10), "", "Text 1", "…" + ae(10) + "one" + ae(8) + "…", ""}},
		{3, 2, 40, []string{"Text 4", "x" + ae(19) + "…", "", "Text 3", ae(20) + "…", ""}},
		{2, 2, 40, []string{"Text 3", ae(20) + "…", "", "One text beside itself is always 1; move the cursor to compare two.", ""}},
		{2, 4, 40, []string{"Text 3", ae(20) + "…", "", "Text 5 · T5 · cats", ae(20) + "…", "", "The two are the same, character by character.", ""}},
	} {
		lines := pair.Texts(a.Session, c.a, c.b, 300, c.limit, a.Theme)
		for i := range lines {
			lines[i] = ansi.Strip(lines[i])
		}
		if !slices.Equal(lines, c.want) {
			t.Errorf("texts %d and %d in %d bytes:\n%q, want\n%q", c.a+1, c.b+1, c.limit, lines, c.want)
		}
	}
	if drawn := fmt.Sprint(pair.Texts(a.Session, 2, 4, 300, 40, a.Theme)); strings.Contains(drawn, "\x1b[1mT") || strings.Contains(drawn, "cats\x1b[1m") {
		t.Errorf("a group or an id gets through as it is: %q", drawn)
	}
}

// Names are whole where all have room, else without their provider, then without how the
// vectors were made, then with their middles cut; values stay as long as a third is left.
func TestTheNamesInATableOfModelsFollowTheWidth(t *testing.T) {
	a := plane(t, 160, 30, map[string][]float64{"local/ngrams@4096": {0, 10, 60}, "local/use-lite@64": {0, 40, 50}})
	value := []widget.Column{{Title: "value", Width: 10, Align: widget.AlignRight, Priority: 1}}
	for w, want := range map[int]string{
		37: "model                           value|local/ngrams@4096            0.123456|local/use-lite@64 derived    0.123456",
		36: "model                          value|ngrams@4096                 0.123456|use-lite@64 derived         0.123456",
		31: "model                     value|ngrams@4096            0.123456|use-lite@64 derived    0.123456",
		30: "model                    value|ngrams@4096           0.123456|use-lite@64           0.123456",
		23: "model             value|ngrams@4096    0.123456|use-lite@64    0.123456",
		22: "model            value|ngra…@4096    0.123456|use-l…e@64    0.123456",
		21: "model           value|ngr…@4096    0.123456|use-…e@64    0.123456",
		20: "model             +1|ngrams@4096|use-lite@64",
	} {
		lines := pair.CandidateTable(a.Session.States(), value, w, a.Theme, func(session.State) []widget.Cell { return []widget.Cell{{Text: "0.123456"}} })
		var got []string
		for _, l := range lines {
			got = append(got, strings.TrimRight(ansi.Strip(l), " "))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("in %d columns:\n%q, want\n%q", w, strings.Join(got, "|"), want)
		}
	}
}

// A similarity has as many decimals as it takes to stand on its side of the threshold.
func TestASimilarityBesideTheThresholdHasMoreDecimals(t *testing.T) {
	degrees := func(cosine float64) float64 { return math.Acos(cosine) * 180 / math.Pi }
	a := plane(t, 160, 30, map[string][]float64{uitest.Use: {0, degrees(.95035), degrees(.95025), degrees(.951)}})
	a.Session.Thresholds().Set(uitest.Use, .9503)
	for b, want := range map[int]string{1: " ● 0.9503 0.9503 ", 2: " · 0.950 0.9503 ", 3: " ● 0.951 0.9503 "} {
		if got := uitest.Flat(pair.Values(a.Session, 0, b, 120, a.Theme)[1]); !strings.Contains(got, want) {
			t.Errorf("text %d stands as %q, want %q", b+1, got, want)
		}
	}
}
