package widget_test

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// drawnBox is a box in a window as it is drawn, without its colours.
func drawnBox(o ui.Overlay, z ui.Size, t *theme.Theme) []string {
	if f, ok := o.(interface{ Fit(ui.Size, *theme.Theme) }); ok {
		f.Fit(z, t)
	}
	return strings.Split(ansi.Strip(strings.Join(o.View(z, t), "\n")), "\n")
}

// clickIn clicks on the line of a box that has a text.
func clickIn(t *testing.T, o ui.Overlay, z ui.Size, th *theme.Theme, text string) {
	t.Helper()
	for y, line := range drawnBox(o, z, th) {
		if strings.Contains(line, text) {
			o.Mouse(ui.Mouse{X: 2, Y: y})
			return
		}
	}
	t.Fatalf("%q is not shown: %q", text, drawnBox(o, z, th))
}

func TestAMenuBeginsOnWhatCanBeChosenAndIsTakenByEnterTheKeyOrAClick(t *testing.T) {
	a := boxesApp(t)
	z := ui.Size{W: 80, H: 20}
	chosen := ""
	open := func() *widget.Choice {
		chosen = ""
		option := func(key string, why string) widget.Option {
			return widget.Option{Key: key, Label: "the " + key, Guard: func() string { return why }, Run: func() tea.Cmd { chosen += key; return nil }}
		}
		m := widget.NewMenu(&a.Context, "Copy", ui.KeyCopy, []widget.Option{option("a", "not now"), option("b", ""), option("c", "")})
		m.Fit(z, a.Theme)
		return m
	}
	for _, c := range []struct{ keys, want string }{{"enter", "b"}, {"y", "b"}, {"c", "c"}, {"down enter", "c"}, {"up enter", ""}, {"a", ""}, {"q", ""}, {"esc", ""}} {
		m := open()
		for _, k := range strings.Fields(c.keys) {
			m.Update(uitest.KeyPress(k))
		}
		if closed := chosen != "" || c.keys == "q" || c.keys == "esc"; chosen != c.want || m.Closed() != closed {
			t.Errorf("%s chooses %q and closes %v", c.keys, chosen, m.Closed())
		}
	}
	for _, key := range []string{"b", "c"} {
		m := open()
		if clickIn(t, m, z, a.Theme, "the "+key); chosen != key {
			t.Errorf("a click on %s chooses %q", key, chosen)
		}
	}
	m := open()
	m.Mouse(ui.Mouse{Wheel: 1, Y: 2})
	if m.Update(uitest.KeyPress("enter")); chosen != "c" {
		t.Errorf("the wheel leads to %q", chosen)
	}
	m = open()
	m.Update(uitest.KeyPress("x"))
	if got := a.Notice().Text; got != "Press a, b, c or esc." || chosen != "" {
		t.Errorf("another key says %q", got)
	}
}

func TestAQuestionIsAnsweredByItsKeysAlone(t *testing.T) {
	a := boxesApp(t)
	z := ui.Size{W: 80, H: 20}
	answered := ""
	ask := func(keys ...string) *widget.Choice {
		answered = ""
		var options []widget.Option
		for _, k := range keys {
			options = append(options, widget.Option{Key: k, Label: "yes to " + k, Run: func() tea.Cmd { answered = k; return nil }})
		}
		q := widget.NewQuestion(&a.Context, "Stop?", []string{"It costs money."}, options...)
		q.Fit(z, a.Theme)
		return q
	}
	for _, c := range []struct {
		options    []string
		key, want  string
		closes     bool
		saysOthers string
	}{
		{[]string{"y"}, "y", "y", true, ""}, {[]string{"y"}, "n", "", true, ""}, {[]string{"y"}, "esc", "", true, ""},
		{[]string{"y"}, "enter", "", false, "Press y, n or esc."}, {[]string{"1", "2"}, "n", "", false, "Press 1, 2 or esc."},
		{[]string{"1", "2"}, "2", "2", true, ""},
	} {
		q := ask(c.options...)
		q.Update(uitest.KeyPress(c.key))
		if answered != c.want || q.Closed() != c.closes || c.saysOthers != "" && a.Notice().Text != c.saysOthers {
			t.Errorf("%s among %v answers %q, closes %v and says %q", c.key, c.options, answered, q.Closed(), a.Notice().Text)
		}
	}
	q := ask("1", "2")
	if clickIn(t, q, z, a.Theme, "yes to 2"); answered != "2" {
		t.Errorf("a click on the second answers %q", answered)
	}
	q = ask("1", "2")
	if q.Mouse(ui.Mouse{Wheel: 1, Y: 2}); answered != "" || q.Closed() {
		t.Errorf("the wheel answers %q", answered)
	}
	if clickIn(t, q, z, a.Theme, "esc cancel"); answered != "" || !q.Closed() {
		t.Errorf("a click on cancel answers %q, closes %v", answered, q.Closed())
	}
	q = ask("1")
	if clickIn(t, q, z, a.Theme, "It costs money"); answered != "" || q.Closed() {
		t.Errorf("a click on what is known answers %q", answered)
	}
}

// pickerOf is a picker with those labels, of which some cannot be chosen.
func pickerOf(a *ui.Context, chosen *string, labels ...string) *widget.Picker {
	return widget.NewPicker(a, "Choose", "one of them", func() []widget.PickItem {
		var items []widget.PickItem
		for _, l := range labels {
			item := widget.PickItem{Label: strings.TrimPrefix(l, "!"), Detail: "detail", Choose: func() tea.Cmd { *chosen += l; return nil }}
			if strings.HasPrefix(l, "!") {
				item.Reason = "not now"
			}
			items = append(items, item)
		}
		return items
	})
}

func TestAPickerFiltersMovesAndChooses(t *testing.T) {
	a := boxesApp(t)
	z := ui.Size{W: 80, H: 20}
	for _, c := range []struct{ keys, want string }{
		{"enter", "jackal"}, {"down enter", "kite"}, {"j enter", "kite"}, {"j k enter", "jackal"}, {"j a enter", "jackal"}, {"k i enter", "kite"},
		{"r enter", "raven"}, {"r backspace j enter", "kite"}, {"r esc j enter", "kite"}, {"/ j enter", "jackal"}, {"/ esc j enter", "kite"},
		{"j j enter", "raven"}, {"j j a enter", "raven"}, {"o enter", ""}, {"z z enter", ""}, {"down down down down enter", ""}, {"end enter", "jackal"},
	} {
		chosen := ""
		p := pickerOf(&a.Context, &chosen, "jackal", "kite", "raven", "!owl")
		p.Fit(z, a.Theme)
		for _, k := range strings.Fields(c.keys) {
			p.Update(uitest.KeyPress(k))
		}
		if chosen != c.want {
			t.Errorf("%s chooses %q, want %q", c.keys, chosen, c.want)
		}
		if p.Closed() != (chosen != "") {
			t.Errorf("%s leaves the picker closed: %v", c.keys, p.Closed())
		}
	}
	chosen := ""
	p := pickerOf(&a.Context, &chosen, "jackal", "kite", "raven", "!owl")
	if clickIn(t, p, z, a.Theme, "kite"); chosen != "kite" {
		t.Errorf("a click on kite chooses %q", chosen)
	}
	p = pickerOf(&a.Context, &chosen, "jackal", "!owl")
	clickIn(t, p, z, a.Theme, "owl")
	if got := a.Notice().Text; got != "owl: not now" || p.Closed() {
		t.Errorf("what cannot be chosen says %q", got)
	}
	for range 9 {
		p.Update(uitest.KeyPress("z"))
	}
	if p.Update(uitest.KeyPress("enter")); a.Notice().Text != "Nothing matches." {
		t.Errorf("enter on nothing says %q", a.Notice().Text)
	}
}

func TestAPickerThatStaysMarksSeveral(t *testing.T) {
	a := boxesApp(t)
	chosen := ""
	p := pickerOf(&a.Context, &chosen, "jackal", "kite", "raven")
	p.Stays = true
	p.Fit(ui.Size{W: 80, H: 20}, a.Theme)
	for _, k := range []string{"space", "r", "a", "v", "enter", "space"} {
		p.Update(uitest.KeyPress(k))
	}
	if chosen != "jackalravenjackal" && chosen != "jackalravenkite" && chosen != "jackalravenraven" || p.Closed() || p.Input.Value() != "" {
		t.Errorf("marked are %q, the filter is %q", chosen, p.Input.Value())
	}
	if p.Update(uitest.KeyPress("esc")); !p.Closed() {
		t.Error("esc does not end it")
	}
}

func TestOtherWordsForAnItemComeBehindThoseThatSayIt(t *testing.T) {
	a := boxesApp(t)
	p := widget.NewPicker(&a.Context, "Choose", "", func() []widget.PickItem {
		return []widget.PickItem{{Label: "colours", Words: []string{"theme", "darkness"}}, {Label: "the theme of texts"}, {Label: "other"}}
	})
	for _, k := range []string{"t", "h", "e", "m"} {
		p.Update(uitest.KeyPress(k))
	}
	var got []string
	for _, m := range p.Matches {
		got = append(got, m.Item.Label)
	}
	if fmt.Sprint(got) != "[the theme of texts colours]" {
		t.Errorf("found are %q", got)
	}
	for _, k := range []string{"esc", "n", "e", "s", "s"} {
		p.Update(uitest.KeyPress(k))
	}
	if len(p.Matches) != 0 {
		t.Errorf("the end of another word finds %d", len(p.Matches))
	}
}

func TestAPromptKeepsWhatItRefusesAndTakesNoBlanks(t *testing.T) {
	a := boxesApp(t)
	var taken []string
	p := widget.NewPrompt(a.Theme, "A number", "from 1 to 9", "number", func(typed string) (tea.Cmd, string) {
		taken = append(taken, typed)
		if typed == "0" {
			return nil, "not 0"
		}
		return nil, ""
	})
	for _, k := range []string{"space", "0", "space", "enter"} {
		p.Update(uitest.KeyPress(k))
	}
	if p.Closed() || p.Problem != "not 0" || fmt.Sprint(taken) != "[0]" {
		t.Fatalf("closed %v, problem %q, taken %q", p.Closed(), p.Problem, taken)
	}
	if p.Update(uitest.KeyPress("backspace")); p.Problem != "" {
		t.Errorf("while it is mended the problem stays: %q", p.Problem)
	}
	for _, k := range []string{"backspace", "7", "enter"} {
		p.Update(uitest.KeyPress(k))
	}
	if !p.Closed() || fmt.Sprint(taken) != "[0 7]" {
		t.Errorf("closed %v, taken %q", p.Closed(), taken)
	}
}
