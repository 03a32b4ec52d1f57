package widget

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/theme"
)

// The mark of a sorted column stands behind its title, with a blank where there is room, and of
// numbers at the right end, if need be in the gap.
func TestTheMarkOfASortedColumnStandsByItsTitle(t *testing.T) {
	for _, c := range []struct {
		title   string
		align   Align
		sort    SortMark
		w, room int
		want    string
	}{
		{"name", AlignLeft, SortNone, 8, 9, "name    "}, {"name", AlignLeft, SortUp, 8, 9, "name ▲  "}, {"name", AlignLeft, SortDown, 6, 7, "name ▼"}, {"name", AlignLeft, SortUp, 5, 6, "name▲"}, {"name", AlignLeft, SortUp, 4, 5, "name▲"},
		{"name", AlignLeft, SortUp, 4, 4, "na…▲"}, {"$", AlignRight, SortNone, 4, 5, "   $"}, {"$", AlignRight, SortDown, 4, 5, "   $▼"}, {"price", AlignRight, SortUp, 5, 6, "price▲"}, {"price", AlignRight, SortUp, 5, 5, "pri…▲"},
	} {
		if got := headerText(Column{Title: c.title, Align: c.align, Sort: c.sort}, c.w, c.room); got != c.want {
			t.Errorf("%q in %d of %d columns: %q, want %q", c.title, c.w, c.room, got, c.want)
		}
	}
}

// moved is a list that notes by how many rows it was moved.
type moved struct{ by []int }

func (m *moved) Move(rows, _ int) { m.by = append(m.by, rows) }
func (m *moved) Page() int        { return 7 }

// While letters go into a filter the arrows move through its list, page keys by pages, and what is
// pasted goes into the line.
func TestAFilterLeavesTheKeysOfItsList(t *testing.T) {
	f, list, cleared := &FilterLine{}, &moved{}, false
	th := theme.New(true, colorprofile.ASCII)
	f.Start(th, "")
	actions := f.Actions("texts", "texts", func() { cleared = true }, list)
	c := &ui.Context{Theme: th, Notify: func(ui.NoticeLevel, string) {}}
	for _, code := range []rune{tea.KeyUp, tea.KeyDown, tea.KeyPgUp, tea.KeyPgDown} {
		f.Take(c, actions, tea.KeyPressMsg{Code: code})
	}
	if len(list.by) != 4 || list.by[0] != -1 || list.by[1] != 1 || list.by[2] != -7 || list.by[3] != 7 {
		t.Errorf("it is moved by %v", list.by)
	}
	f.Take(c, actions, tea.PasteMsg{Content: " two  words "})
	f.Take(c, actions, tea.KeyPressMsg{Code: 's', Text: "s"})
	f.Take(c, actions, tea.WindowSizeMsg{})
	if f.Words() != "two words s" || !f.Typing() {
		t.Errorf("the words are %q", f.Words())
	}
	if f.Take(c, actions, tea.KeyPressMsg{Code: tea.KeyEnter}); f.Typing() || f.Words() == "" {
		t.Error("enter does not keep the filter")
	}
	if f.Take(c, actions, tea.KeyPressMsg{Code: tea.KeyEscape}); !cleared {
		t.Error("esc does not clear it")
	}
	var ids []string
	for _, act := range actions {
		ids = append(ids, act.ID)
	}
	if got := strings.Join(ids, " "); got != "texts.filter.keep texts.filter.end texts.filter.up texts.filter.down texts.filter.pageup texts.filter.pagedown" {
		t.Errorf("the actions are %s", got)
	}
}

// Blanks around the words that a list is filtered by mean nothing.
func TestBlanksAroundAFilterMeanNothing(t *testing.T) {
	c := &ui.Context{Theme: theme.New(true, colorprofile.ASCII), Notify: func(ui.NoticeLevel, string) {}}
	p := NewPicker(c, "Choose", "", func() []PickItem { return []PickItem{{Label: "one"}, {Label: "two words"}, {Label: "three"}} })
	for typed, want := range map[string]int{"": 3, "  ": 3, " one ": 1, "two w": 1, "zzz": 0} {
		p.Input.SetValue(typed)
		if p.Filter(); len(p.Matches) != want {
			t.Errorf("%q lets %d through, want %d", typed, len(p.Matches), want)
		}
	}
}

// Names that begin with a dot complete what begins with one, also where that is typed after the
// names were listed, and nothing else.
func TestHiddenNamesCompleteADotAlone(t *testing.T) {
	for directory, want := range map[string][2]string{"": {"a.txt", "a.txt .hidden"}, "/x/": {"/x/a.txt", "/x/a.txt /x/.hidden"}} {
		p := NewPathPrompt(theme.New(true, colorprofile.ASCII), "Open", "", "", func(string) (tea.Cmd, string) { return nil, "" })
		p.Input.SetValue(directory)
		p.Input.CursorEnd()
		p.begun, p.listed = true, directory
		p.offer([]string{"a.txt", ".hidden", "red\x1b[31m.txt"})
		for i, typed := range []string{"", "."} {
			if typed != "" {
				p.Update(tea.KeyPressMsg{Code: '.', Text: typed})
			}
			if got := strings.Join(p.Input.AvailableSuggestions(), " "); got != want[i] {
				t.Errorf("%q is completed by %q, want %q", p.Input.Value(), got, want[i])
			}
		}
		if len(p.names) != 2 {
			t.Errorf("offered in %q are %q", directory, p.names)
		}
	}
}

// A title in a look of its own leaves that of the others as it is.
func TestATitleOfItsOwnLookLeavesTheOthers(t *testing.T) {
	table := Table{Columns: []Column{{Title: "one", Width: 4, Pen: "\x1b[31m"}, {Title: "two", Width: 4}}, Row: func(int) []Cell { return nil }, Cursor: -1}
	table.Styles.Header = "\x1b[1m"
	if got, want := table.Draw(12, 2)[0], "\x1b[1m\x1b[31mone \x1b[m\x1b[1m  two   \x1b[m"; got != want {
		t.Errorf("the header is %q, want %q", got, want)
	}
}

// What is typed without a folder is completed in the one that the program runs in.
func TestWithoutAFolderThePresentOneIsListed(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.txt", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("sub", 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"", "."} {
		if got := strings.Join(listDirectory(path, func(name string) bool { return name == "a.txt" }), " "); got != "a.txt sub"+string(filepath.Separator) {
			t.Errorf("of %q listed is %q", path, got)
		}
	}
}

// Wide characters stand in the middle by their columns.
func TestWideLinesStandInTheMiddle(t *testing.T) {
	th := theme.New(true, colorprofile.ASCII)
	if got := strings.Join(CenteredLines([]string{"日本"}, ui.Size{W: 10, H: 3}, th), "|"); ansi.Strip(got) != "          |   日本   |          " {
		t.Errorf("it is %q", ansi.Strip(got))
	}
}

// A hidden line shows neither what is typed nor where it goes on.
func TestAHiddenLineHasNoMarks(t *testing.T) {
	for mode, want := range map[textinput.EchoMode]string{textinput.EchoNormal: "› …defghij ", textinput.EchoPassword: "› ******** "} {
		in := NewInput(theme.New(true, colorprofile.ASCII), "")
		in.EchoMode = mode
		in.SetWidth(8)
		in.SetValue("abcdefghij")
		in.CursorEnd()
		if got := ansi.Strip(InputLine(in, 11)); got != want {
			t.Errorf("mode %v: %q, want %q", mode, got, want)
		}
	}
}

// A name that is typed whole is meant itself, also where another begins alike or differs in case.
func TestANameThatIsTypedIsMeant(t *testing.T) {
	for typed, want := range map[string]string{"": "", "b": "", "B": "", "A": "a.txt", "txt": "a.txt", "c": "c/"} {
		p := NewPathPrompt(theme.New(true, colorprofile.ASCII), "Open", "", "", func(string) (tea.Cmd, string) { return nil, "" })
		p.names = []string{"B", "a.txt", "b", "c/"}
		p.Input.SetValue(typed)
		p.filter()
		if got, ok := p.meant(); got != want || ok != (want != "") {
			t.Errorf("%q means %q, %t", typed, got, ok)
		}
	}
}

// Details stand under each other behind the widest label, by its columns, where there is room.
func TestDetailsStandUnderEachOther(t *testing.T) {
	c := &ui.Context{Theme: theme.New(true, colorprofile.ASCII), Notify: func(ui.NoticeLevel, string) {}}
	items := []PickItem{{Label: "日本語", Detail: "one"}, {Label: "a", Detail: "two"}}
	p := NewPicker(c, "Choose", "", func() []PickItem { return items })
	p.Aligned = true
	for room, want := range map[int]int{40: 5, 11: 5, 10: 0} {
		if got := len(p.aligning(items[1], room)); got != want {
			t.Errorf("in %d columns %d blanks stand before the detail, want %d", room, got, want)
		}
	}
	if p.aligning(items[0], 40) != "" {
		t.Error("behind the widest label there are blanks")
	}
}
