package widget_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// labelled are the labels of what a picker lets through.
func labelled(p *widget.Picker) (out []string) {
	for _, m := range p.Matches {
		out = append(out, m.Item.Label)
	}
	return out
}

// itemsOf are items with those labels that do nothing.
func itemsOf(labels ...string) func() []widget.PickItem {
	return func() (items []widget.PickItem) {
		for _, l := range labels {
			items = append(items, widget.PickItem{Label: l, Choose: func() tea.Cmd { return nil }})
		}
		return items
	}
}

func TestWhatSaysTheQueryStandsFirst(t *testing.T) {
	a := boxesApp(t)
	long := "text of a name that goes on and on for a long while"
	for _, c := range []struct {
		query string
		items []string
		want  []string
	}{
		{"text", []string{"a text", long, "t-e-x-t"}, []string{long, "a text", "t-e-x-t"}},
		{"TEXT", []string{"a text", long}, []string{long, "a text"}},
	} {
		p := widget.NewPicker(&a.Context, "Choose", "", itemsOf(c.items...))
		p.Input.SetValue(c.query)
		p.Filter()
		if got := labelled(p); !slices.Equal(got, c.want) {
			t.Errorf("%q finds %q, want %q", c.query, got, c.want)
		}
	}
}

func TestLettersFromAllOverANameDoNotMatch(t *testing.T) {
	texts := map[string]bool{"axxb": true, "axxxb": false, "xaxxbx": true, "xaxxxbx": false, "ab": true, "zabz": true, "a": false, "ba": false}
	for _, sign := range "/-_ .," {
		texts["zz"+string(sign)+"azzzz"+string(sign)+"bz"] = true
	}
	texts["zz:azzzz:bz"] = false
	for text, want := range texts {
		if got := len(widget.Gathered("ab", []string{text})) == 1; got != want {
			t.Errorf("ab is found in %s: %v", text, got)
		}
	}
}

func TestThePlacesOfTheQueryAreMarkedInLabelAndDetail(t *testing.T) {
	a := boxesApp(t)
	p := widget.NewPicker(&a.Context, "Choose", "", func() []widget.PickItem {
		return []widget.PickItem{{Label: "one"}, {Label: "two", Detail: "needles"}}
	})
	p.Input.SetValue("need")
	p.Filter()
	z := ui.Size{W: 60, H: 12}
	p.Fit(z, a.Theme)
	row := p.View(z, a.Theme)[2]
	match := a.Theme.Codes.Match
	var marked string
	for _, part := range strings.Split(row, match)[1:] {
		marked += string([]rune(part)[0])
	}
	if marked != "need" {
		t.Errorf("marked is %q in %q", marked, row)
	}
}

func TestAPickerIsDrawnInItsRoom(t *testing.T) {
	a := boxesApp(t)
	note := strings.TrimSpace(strings.Repeat("word ", 20)) // 99 columns
	items := func() []widget.PickItem {
		return []widget.PickItem{
			{Label: "long label", Detail: "detail", Hint: "k", Marked: true}, {Label: "b", Detail: "more", Note: note}, {Label: "c", Reason: "not now"},
		}
	}
	draw := func(p *widget.Picker, z ui.Size) (lines []string) {
		p.Fit(z, a.Theme)
		for _, l := range p.View(z, a.Theme) {
			lines = append(lines, strings.TrimRight(ansi.Strip(l), " "))
		}
		return lines
	}
	p := widget.NewPicker(&a.Context, "Choose", "about it", items)
	p.Aligned = true
	p.Update(uitest.KeyPress("down"))
	if got, want := strings.Join(draw(p, ui.Size{W: 80, H: 12}), "\n"), strings.Join([]string{
		"Choose  3 of 3", "about it", "› type to filter",
		"● long label  detail                                             k",
		"  b           more", "  c",
		"word word word word word word word word word word word word word", "word word word word word word word",
		"F1 keys  enter choose  esc back",
	}, "\n"); got != want {
		t.Errorf("it is drawn as\n%s\nwant\n%s", got, want)
	}
	// The note keeps its lines under any item, until fewer than three rows are left.
	p.Update(uitest.KeyPress("up"))
	for h, want := range map[int]int{12: 9, 9: 9, 8: 7, 6: 6} {
		z := ui.Size{W: 80, H: h}
		if got := len(draw(p, z)); got != want {
			t.Errorf("in %d lines it takes %d, want %d", h, got, want)
		}
	}
	if got := draw(p, ui.Size{W: 24, H: 12})[3]; got != "● long label  detail   k" {
		t.Errorf("in a narrow window the first is %q", got)
	}
	if got := draw(p, ui.Size{W: 24, H: 20})[4]; got != "  b           more" {
		t.Errorf("in a narrow window the second is %q", got)
	}
	if got := draw(p, ui.Size{W: 17, H: 20})[4]; got != "  b  more" {
		t.Errorf("where there is no room for it details are aligned: %q", got)
	}
	p.Input.SetValue("zz")
	p.Filter()
	if got := strings.Join(draw(p, ui.Size{W: 60, H: 12})[:4], "|"); got != "Choose  0 of 3|about it|› zz|  nothing matches" {
		t.Errorf("without a match it is %q", got)
	}
}

// What a choice changes may be shorter than what there was.
func TestDetailsAlignWithTheLabelsThereAreNow(t *testing.T) {
	a, labels := boxesApp(t), []string{"a very long label", "b"}
	p := widget.NewPicker(&a.Context, "Choose", "", func() (items []widget.PickItem) {
		for _, l := range labels {
			items = append(items, widget.PickItem{Label: l, Detail: "detail"})
		}
		return items
	})
	p.Aligned = true
	labels = labels[1:]
	p.Renew()
	z := ui.Size{W: 60, H: 12}
	p.Fit(z, a.Theme)
	if row := strings.TrimRight(ansi.Strip(p.View(z, a.Theme)[2]), " "); row != "  b  detail" {
		t.Errorf("the row is %q", row)
	}
}

// A letter that moves the cursor begins a word with the one after it, also after a filter
// was cleared.
func TestALetterThatMovedBeginsAWordOnlyAtFirst(t *testing.T) {
	a := boxesApp(t)
	for keys, want := range map[string]string{"j a": "ja", "j j a": "a", "j down a": "a", "r esc j a": "ja", "j a esc j a": "ja", "/ j": "j", "j esc": ""} {
		p := widget.NewPicker(&a.Context, "Choose", "", itemsOf("jackal", "kite", "raven"))
		p.Fit(ui.Size{W: 60, H: 12}, a.Theme)
		for _, k := range strings.Fields(keys) {
			p.Update(uitest.KeyPress(k))
		}
		if got := p.Input.Value(); got != want {
			t.Errorf("%s types %q, want %q", keys, got, want)
		}
	}
}

func TestAPickerThatStaysClearsItsFilterAfterAChoice(t *testing.T) {
	a, chosen := boxesApp(t), ""
	p := pickerOf(&a.Context, &chosen, "jackal", "kite", "raven")
	p.Stays = true
	p.Fit(ui.Size{W: 60, H: 12}, a.Theme)
	for _, k := range strings.Fields("r enter") {
		p.Update(uitest.KeyPress(k))
	}
	if got := fmt.Sprint(labelled(p)); chosen != "raven" || p.Closed() || p.Input.Value() != "" || got != "[jackal kite raven]" {
		t.Errorf("chosen is %q, closed %v, typed %q, shown %s", chosen, p.Closed(), p.Input.Value(), got)
	}
}
