package widget_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// written is an editor with the text before and after "|", the place of its
// cursor, in a drawing of 10 columns and 4 lines.
func written(marked string) *widget.Editor {
	before, after, _ := strings.Cut(marked, "|")
	e := widget.NewEditor(before + after)
	e.MoveTo(len(before))
	e.Fit(10, 4)
	return e
}

func TestEditorKeys(t *testing.T) {
	runs := map[string]func(*widget.Editor){
		"type x": func(e *widget.Editor) { e.Insert("x") },
		"accent": func(e *widget.Editor) { e.Insert("\u0301") },
	}
	for _, k := range append(slices.Clone(widget.WritingErasers), widget.WritingMotions...) {
		runs[k.ID] = k.Run
	}
	for _, tt := range []struct{ before, run, after string }{
		{"ab|c", "type x", "abx|c"},
		{"e|", "accent", "e\u0301|"},
		{"|e", "accent", "\u0301|e"},
		{"ab|c", "erase", "a|c"},
		{"|abc", "erase", "|abc"},
		{"e\u0301|", "erase", "e|"},
		{"a\n|b", "erase", "a|b"},
		{"a\r\n|b", "erase", "a|b"},
		{"a|bc", "delete", "a|c"},
		{"a|e\u0301c", "delete", "a|c"},
		{"abc|", "delete", "abc|"},
		{"one two|", "word", "one |"},
		{"one, | two", "word", "| two"},
		{"one\ntwo th|ree", "tostart", "one\n|ree"},
		{"one|\ntwo", "toend", "one|two"},
		{"o|ne\ntwo", "toend", "o|\ntwo"},
		{"a|b", "left", "|ab"},
		{"👩‍👩‍👧|", "left", "|👩‍👩‍👧"},
		{"a\r\n|b", "left", "a|\r\nb"},
		{"a|\r\nb", "right", "a\r\n|b"},
		{"|🇩🇪x", "right", "🇩🇪|x"},
		{"one |two", "wordleft", "|one two"},
		{"|one, two", "wordright", "one|, two"},
		{"one\nt|wo", "linestart", "one\n|two"},
		{"o|ne\ntwo", "lineend", "one|\ntwo"},
		{"one\rt|wo", "linestart", "one\r|two"},
		{"o|ne\rtwo", "lineend", "one|\rtwo"},
		{"one\r\ntw|o", "linestart", "one\r\n|two"},
		{"cafe\u0301s |", "wordleft", "|cafe\u0301s "},
		{"|cafe\u0301s", "wordright", "cafe\u0301s|"},
		{"n1 2b|", "wordleft", "n1 |2b"},
		{"a\n|\u0301b", "erase", "a\u0301|b"},
		{"one\nt|wo", "textstart", "|one\ntwo"},
		{"o|ne\ntwo", "textend", "one\ntwo|"},
		{"abcd\nx\nabc|d", "up", "abcd\nx|\nabcd"},
		{"ab|cd\nabcd", "down", "abcd\nab|cd"},
		{"abcdefgh ij|k", "up", "ab|cdefgh ijk"},
		{"ab|cdefgh ijk", "down", "abcdefgh ij|k"},
		{"a|\nb\nc\nd\ne\nf", "pagedown", "a\nb\nc\nd|\ne\nf"},
		{"a\nb\nc\nd\ne\nf|", "pageup", "a\nb\nc|\nd\ne\nf"},
	} {
		e := written(tt.before)
		runs[tt.run](e)
		if got := e.Marked(); got != tt.after {
			t.Errorf("%s in %q: %q, want %q", tt.run, tt.before, got, tt.after)
		}
	}
}

func TestMovingUpAndDownKeepsTheColumn(t *testing.T) {
	e := written("abcd|\nx\nabcde")
	e.Vertical(1)
	e.Vertical(1)
	if got := e.Marked(); got != "abcd\nx\nabcd|e" {
		t.Errorf("two lines down the cursor is at %q", got)
	}
	e = written("abcd|\nx\nabcde")
	e.Vertical(1)
	e.Insert("y")
	e.Vertical(1)
	if got := e.Marked(); got != "abcd\nxy\nab|cde" {
		t.Errorf("after something was written the column of before is kept: %q", got)
	}
	e = written("abcdefgh ijklmnop|") // of two lines, the first one blank wider
	e.Vertical(-1)
	if e.Vertical(1); e.Marked() != "abcdefgh ijklmnop|" {
		t.Errorf("up and down again the cursor is at %q", e.Marked())
	}
}

func TestEveryPlaceIsReachedFromBothSides(t *testing.T) {
	for _, x := range uitest.Hostile {
		e := widget.NewEditor(x.Text)
		e.Fit(17, 3)
		var back, forth []int
		for e.TextEnd(); e.Cursor() > 0; e.Left() {
			back = append(back, e.Cursor())
		}
		for ; e.Cursor() < len(e.Text); e.Right() {
			forth = append(forth, e.Cursor())
		}
		back, forth = append(back, 0), append(forth, len(e.Text))
		slices.Reverse(back)
		if !slices.Equal(back, forth) {
			t.Errorf("%.30q: from the end %v, from the start %v", x.Text, back, forth)
		}
	}
}

func TestEditorShowsAndKeepsEveryCharacter(t *testing.T) {
	th := theme.New(true, colorprofile.TrueColor)
	for _, x := range append(slices.Clone(uitest.Hostile), uitest.Hostile[0]) {
		for _, w := range []int{1, 2, 9, 40} {
			e := widget.NewEditor(x.Text)
			for e.TextStart(); ; e.Right() {
				e.Fit(w, 5)
				lines := e.Draw(th, "")
				uitest.CheckFrame(t, strings.Join(lines, "\n"), ui.Size{W: w, H: 5})
				if drawn := strings.Join(lines, ""); w > 2 && strings.Count(drawn, theme.Reverse) != 1 {
					t.Fatalf("%.30q at byte %d, %d columns: the cursor is drawn %d times in %q", x.Text, e.Cursor(), w, strings.Count(drawn, theme.Reverse), drawn)
				}
				if plain := ansi.Strip(strings.Join(lines, "")); term.Safe(plain) != plain {
					t.Fatalf("%.30q: unsafe %q", x.Text, plain)
				}
				if e.Cursor() == len(e.Text) || e.Cursor() > 300 {
					break
				}
			}
			if e.Text != x.Text {
				t.Errorf("%.30q became %.30q", x.Text, e.Text)
			}
		}
	}
}

func TestWrappingLosesNothing(t *testing.T) {
	for _, x := range uitest.Hostile {
		for w := 1; w < 30; w += 3 {
			e := widget.NewEditor(x.Text)
			e.Fit(w, 5)
			at := 0
			for _, l := range e.Lines() {
				if gap := x.Text[at:l.From()]; strings.Trim(gap, "\r\n") != "" {
					t.Errorf("%.30q at %d columns: %q is on no line", x.Text, w, gap)
				}
				at = l.To()
			}
			if at != len(x.Text) {
				t.Errorf("%.30q at %d columns ends at byte %d", x.Text, w, at)
			}
		}
	}
}

func TestWordsAreNotCutWhereTheyFit(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"one two three four", []string{"one two ", "three ", "four"}},
		{"123456789 abc", []string{"123456789 ", "abc"}}, // the last column has room for a blank
		{"123456789  abc", []string{"123456789 ", " abc"}},
		{"1234567890abc", []string{"123456789", "0abc"}},
		{"漢字漢字abc", []string{"漢字漢字", "abc"}}, // behind a wide character a line can end
		{"漢字漢字漢", []string{"漢字漢字", "漢"}},
		{"one\r\ntwo\n\nx\r", []string{"one", "two", "", "x", ""}},
		{"", []string{""}},
	} {
		e := widget.NewEditor(c.text)
		e.Fit(10, 4)
		var lines []string
		for _, l := range e.Lines() {
			lines = append(lines, e.Text[l.From():l.To()])
		}
		if !slices.Equal(lines, c.want) {
			t.Errorf("%q is in lines %q, want %q", c.text, lines, c.want)
		}
	}
}

// What nobody sees can be seen, so that it can be erased.
func TestAnEditorShowsWhatTerminalsHide(t *testing.T) {
	th := theme.New(true, colorprofile.ASCII)
	for text, want := range map[string]string{"a\u200bb": "a�b", "a\x1bb": "a�b", "a\tb": "a⇥b", "a\u202eb": "a�b", "e\u0301": "e\u0301", "漢": "漢"} {
		e := widget.NewEditor(text)
		e.Fit(12, 1)
		if got := strings.TrimRight(ansi.Strip(e.Draw(th, "")[0]), " "); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
	e := widget.NewEditor("")
	e.Fit(8, 2)
	if got := ansi.Strip(strings.Join(e.Draw(th, "write here"), "|")); got != " write …|        " {
		t.Errorf("before anything is written it says %q", got)
	}
}

func BenchmarkEditorKeyIn100000Characters(b *testing.B) {
	for name, text := range map[string]string{"latin": strings.Repeat("word and ", 11_111), "han": strings.Repeat("漢字とかなの文", 14_285)} {
		b.Run(name, func(b *testing.B) {
			e := widget.NewEditor(text)
			e.Fit(80, 20)
			th := theme.New(true, colorprofile.TrueColor)
			for b.Loop() {
				e.Insert("x")
				e.Draw(th, "")
				e.EraseBack()
			}
		})
	}
}
