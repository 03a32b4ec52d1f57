package matrices

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestOnlyCandidatesWithSomethingToShowHavePanels(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Hostile, "local/use-lite@512", "nanogpt/BAAI/bge-m3@1024", "local/glove@50", "nanogpt/text-embedding-3-small@1536", "local/ngrams@1024"))
	m := a.Screen(ID).(*Screen)
	var shown []int
	for _, p := range m.grid(a.Body).panels {
		shown = append(shown, p.candidate)
	}
	if !slices.Equal(shown, []int{0, 2, 4}) {
		t.Errorf("panels have the candidates %v, want those inside the binary", shown)
	}
	want := "bge-m3@1024, text-embedding-3-small@1536: no key; set NANOGPT_API_KEY"
	if screen := ansi.Strip(a.Draw()); !strings.Contains(screen, want) {
		t.Errorf("the rest is not named with its reason:\n%s", screen)
	}
	uitest.Press(t, a, "tab")
	if screen := ansi.Strip(a.Draw()); m.Session.Focused() != 1 || !strings.Contains(screen, "▸bge-m3@1024") {
		t.Errorf("tab does not reach a candidate without a panel:\n%s", screen)
	}
	if uitest.Press(t, a, "{"); a.Session.Candidates()[1].Dimensions >= 1024 {
		t.Error("{ does not change a candidate without a panel")
	}
}

func TestTextsWithoutVectorAreCountedOnceInATitle(t *testing.T) {
	texts := uitest.Texts("I was charged twice", "my card was billed twice", "where is my parcel", "the parcel is late", "荷物がまだ届きません")
	for i, group := range []string{"bill", "bill", "ship", "ship", "ship"} {
		texts[i].Group = group
	}
	a := settled(t, 200, 60, uitest.OptionsWith(t, texts, uitest.Use, "local/ngrams@4096"))
	a.SetScreen(ID)
	uitest.Happen(t, a, uitest.Nothing)
	for line := range strings.Lines(ansi.Strip(strings.Join(a.Screen(ID).View(a.Body), "\n"))) {
		if strings.Count(line, "no vector")+strings.Count(line, "without a vector") > 1 {
			t.Error(line)
		}
	}
	uitest.WantShown(t, a, "no vector for 1 of 5 texts", "mean 0.")
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 56, H: 24}))
	if screen := ansi.Strip(a.Draw()); !strings.Contains(screen, "AUC* 1.000 · no vector for 1 of 5 texts") || strings.Contains(screen, "p95 0.…") || strings.Contains(screen, "p9…") {
		t.Errorf("the score does not stand before what is missing, or a figure is cut:\n%s", screen)
	}
}

func TestReasonsFillTheMiddleWhenNothingIsReady(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Hostile, "nanogpt/BAAI/bge-m3@1024"))
	lines := strings.Split(ansi.Strip(strings.Join(a.Screen(ID).View(a.Body), "\n")), "\n")
	at := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "▸bge-m3@1024") })
	if at < 3 || at > 15 || !strings.Contains(lines[at+1], "no key") || !strings.Contains(lines[at+2], "set NANOGPT_API_KEY") {
		t.Errorf("the reason stands in line %d of\n%s", at, strings.Join(lines, "\n"))
	}
}

func TestGroupsThatAreTooLongNameWhomTheyCan(t *testing.T) {
	family := []string{"text-embedding-3-small@1536", "text-embedding-3-large@3072", "▸text-embedding-3-large@1024", "voyage@512"}
	for _, c := range []struct {
		names []string
		w     int
		want  string
	}{
		{family[:2], 80, "text-embedding-3-small@1536, text-embedding-3-large@3072"},
		{family[:2], 50, "text-embedding-3-small@1536 and 1 more"},
		{family, 80, "▸text-embedding-3-large@1024, text-embedding-3-small@1536 and 2 more"},
		{family, 45, "▸text-embedding-3-large@1024 and 3 more"},
		{family, 20, "▸text-em…rge@1024 +3"},
		{family[:1], 12, "text-e…@1536"},
	} {
		got := absentGroup{names: c.names}.named(c.w)
		if got != c.want || term.Width(got) > c.w {
			t.Errorf("in %d columns %q are %q, want %q", c.w, c.names, got, c.want)
		}
	}
}

func TestNamesLeaveRoomForTheReason(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Hostile,
		"nanogpt/BAAI/bge-m3@1024", "nanogpt/Qwen/Qwen3-Embedding-0.6B@1024", "nanogpt/text-embedding-3-small@1536", "nanogpt/text-embedding-3-large@3072"))
	m := a.Screen(ID).(*Screen)
	for h := 4; h <= 8; h++ {
		lines := m.absentBlock(ui.Size{W: 32, H: h})
		if block := ansi.Strip(strings.Join(lines, "\n")); len(lines) > h || !strings.Contains(block, "bge-m3") || !strings.Contains(block, "key") {
			t.Errorf("in %d lines stands\n%s", h, block)
		}
	}
}
