package models

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestPrefixesAreWrittenVisiblyAndReadBack(t *testing.T) {
	for prefix, want := range map[string]struct{ escaped, shown string }{
		"":                         {"", "“”"},
		"query: ":                  {"query: ", "“query:␣”"},
		"  a b  ":                  {"  a b  ", "“␣␣a b␣␣”"},
		"Instruct: x\nQuery:":      {`Instruct: x\nQuery:`, `“Instruct: x\nQuery:”`},
		`say "hi" \ ` + "\t":       {`say "hi" \\ \t`, `“say "hi" \\ \t”`},
		"为这个句子：":                   {"为这个句子：", "“为这个句子：”"},
		"\x1b[2J\u202e\u00a0café ": {`\x1b[2J\u202e\u00a0café `, `“\x1b[2J\u202e\u00a0café␣”`},
		"   ":                      {"   ", "“␣␣␣”"},
	} {
		if got := candidate.EscapePrefix(prefix); got != want.escaped {
			t.Errorf("%q is written %q, want %q", prefix, got, want.escaped)
		}
		if got, problem := candidate.ReadPrefix(want.escaped); got != prefix || problem != "" {
			t.Errorf("%q is read as %q (%s)", want.escaped, got, problem)
		}
		if got := candidate.PrefixText(prefix); got != want.shown {
			t.Errorf("%q is shown as %q, want %q", prefix, got, want.shown)
		}
	}
	for _, typed := range []string{`a\`, `a\q`, `\xff`, "find {text} now", strings.Repeat("x", 3000)} {
		if got, problem := candidate.ReadPrefix(typed); got != "" || problem == "" {
			t.Errorf("%.20q is read as %.20q", typed, got)
		}
	}
	if got, _ := candidate.ReadPrefix(`Instruct: {task}\nQuery:{text}`); !strings.HasPrefix(got, "Instruct: Given a web search query") || !strings.HasSuffix(got, "\nQuery:") {
		t.Errorf("the documented template is read as %q", got)
	}
}

const bge = "nanogpt/BAAI/bge-large-en-v1.5"

func TestAPrefixIsEditedRememberedAndGivenBack(t *testing.T) {
	a, s := catalogApp(t, 120, 40)
	goTo(t, s, bge)
	uitest.Press(t, a, "e")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "passages:␣” and then the query") {
		t.Errorf("the field is not filled with the present prefix:\n%s", drawn)
	}
	uitest.Press(t, a, "ctrl+u", "q", ":", " ", "\\", "n", " ")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, `Sent: “q: \n␣” and then the query`) || !strings.Contains(drawn, "The catalog's own: “Represent this") {
		t.Errorf("while typing:\n%s", drawn)
	}
	uitest.Press(t, a, "enter")
	m, err := a.Session.Engine().Catalog.Find(bge)
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Session.Roles(m).Query.Prefix; got != "q: \n " {
		t.Errorf("the prefix is %q", got)
	}
	details := strings.Join(strings.Fields(strings.Join(s.detailLines(s.rows(), ui.Size{W: 118, H: 38}), " ")), " ")
	if !strings.Contains(details, `“q: \n␣” before queries`) || !strings.Contains(details, "edited (e); the catalog's own: “Represent this sentence for searching relevant passages:␣”") {
		t.Errorf("the details do not say that it is edited: %s", details)
	}
	if got := a.State().Roles[bge].Query.Prefix; got != "q: \n " {
		t.Errorf("remembered is %q", got)
	}
	uitest.Press(t, a, "e")
	if e, ok := a.Top().(*rolesEditor); !ok || e.inputs[0].Value() != `q: \n ` {
		t.Errorf("edited again it begins with %q", e.inputs[0].Value())
	}
	uitest.Press(t, a, "esc")
	later := settled(t, 80, 24, uitest.Again(t, a.State()))
	if got := later.Session.Roles(m).Query.Prefix; got != "q: \n " {
		t.Errorf("the next session has %q", got)
	}
	uitest.Press(t, a, "e", "ctrl+r", "enter")
	if got := a.Session.Roles(m); got != m.Roles || len(a.State().Roles) != 0 {
		t.Errorf("the catalog's own is not back: %+v, %v", got, a.State().Roles)
	}
	uitest.Press(t, a, "e", "ctrl+u", "enter")
	if got, edited := a.Session.Choices().Roles[bge]; !got.Query.Plain() || !edited || !a.Session.Roles(m).Query.Plain() {
		t.Errorf("an empty prefix is not none: %+v, %v", got, edited)
	}
}

func TestAWrongPrefixKeepsTheFieldOpen(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	goTo(t, s, bge)
	uitest.Press(t, a, "e", "ctrl+u", "\\", "enter")
	if len(a.Overlays()) != 1 || !strings.Contains(uitest.Plain(a), "After a backslash only n") || len(a.Session.Choices().Roles) != 0 {
		t.Errorf("a lone backslash was taken:\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "esc")
	if len(a.Overlays()) != 0 || len(a.Session.Choices().Roles) != 0 {
		t.Error("esc does not leave everything as it was")
	}
}

func TestAPastedPrefixKeepsItsLineBreaks(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	goTo(t, s, "nanogpt/BAAI/bge-m3")
	uitest.Press(t, a, "e")
	uitest.Send(t, a, tea.PasteMsg{Content: "Instruct: find\r\nQuery: "})
	uitest.Press(t, a, "enter")
	if got := a.Session.Choices().Roles["nanogpt/BAAI/bge-m3"].Query.Prefix; got != "Instruct: find\nQuery: " {
		t.Errorf("the prefix is %q", got)
	}
}

func TestOnlyModelsWithVectorsHaveQueryPrefixes(t *testing.T) {
	a, s := catalogApp(t, 80, 24)
	goTo(t, s, "nanogpt/BAAI/bge-reranker-large")
	uitest.Press(t, a, "e")
	if len(a.Overlays()) != 0 || a.Notice().Text == "" {
		t.Errorf("a reranker's prefix can be edited; the notice is %q", a.Notice().Text)
	}
}

func TestMalformedPrefixesAreLeftOutAndReported(t *testing.T) {
	a := settled(t, 80, 24, uitest.Again(t, config.State{Version: 1, Threshold: 0.9, QueryPrefixes: map[string]string{
		bge: "fine: ", "nanogpt/BAAI/bge-m3": "find {text} now", "gone/model": "kept: ",
	}}))
	if !strings.Contains(a.Notice().Text, "Left out of the remembered prefixes: nanogpt/BAAI/bge-m3: the text always comes last") {
		t.Errorf("the notice is %q", a.Notice().Text)
	}
	if got := a.State().Roles; len(got) != 2 || got[bge].Query.Prefix != "fine: " || got["gone/model"].Query.Prefix != "kept: " {
		t.Errorf("kept are %v", got)
	}
}

func TestThePrefixEditorFitsEveryWindow(t *testing.T) {
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 200, H: 60}} {
		for _, ref := range []string{"nanogpt/Qwen/Qwen3-Embedding-8B", "nanogpt/BAAI/bge-large-zh-v1.5", "local/glove"} {
			a, s := catalogApp(t, z.W, z.H)
			goTo(t, s, ref)
			uitest.Press(t, a, "e")
			uitest.CheckFrame(t, a.Draw(), z)
			if drawn := uitest.Plain(a); !slices.ContainsFunc([]string{"Sent: ", "Nothing goes before"}, func(s string) bool { return strings.Contains(drawn, s) }) {
				t.Errorf("%v: the editor does not show what is sent:\n%s", z, drawn)
			}
		}
	}
}

func TestWhatIsTypedLastIsInSight(t *testing.T) {
	for _, w := range []int{40, 80} {
		a, s := catalogApp(t, w, 24)
		goTo(t, s, "nanogpt/Qwen/Qwen3-Embedding-8B")
		uitest.Press(t, a, "e")
		drawn := uitest.Plain(a)
		if _, field, _ := strings.Cut(drawn, "› "); !strings.Contains(strings.SplitN(field, "\n", 2)[0], `the query\nQuery:`) {
			t.Errorf("%d columns: the field does not show its end, where the cursor is:\n%s", w, drawn)
		}
	}
}
