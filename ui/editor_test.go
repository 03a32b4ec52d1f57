package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/term"
)

// written is an editor with the text before and after "|", the place of its
// cursor, in a drawing of 10 columns and 4 lines.
func written(marked string) *editor {
	before, after, _ := strings.Cut(marked, "|")
	e := newEditor(before + after)
	e.moveTo(len(before))
	e.fit(10, 4)
	return e
}

func (e *editor) marked() string { return e.text[:e.cursor] + "|" + e.text[e.cursor:] }

func TestEditorKeys(t *testing.T) {
	runs := map[string]func(*editor){
		"type x": func(e *editor) { e.insert("x") },
		"accent": func(e *editor) { e.insert("\u0301") },
	}
	for _, k := range append(slices.Clone(writingErasers), writingMotions...) {
		runs[k.id] = k.run
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
		if got := e.marked(); got != tt.after {
			t.Errorf("%s in %q: %q, want %q", tt.run, tt.before, got, tt.after)
		}
	}
}

func TestMovingUpAndDownKeepsTheColumn(t *testing.T) {
	e := written("abcd|\nx\nabcde")
	e.vertical(1)
	e.vertical(1)
	if got := e.marked(); got != "abcd\nx\nabcd|e" {
		t.Errorf("two lines down the cursor is at %q", got)
	}
}

func TestEveryPlaceIsReachedFromBothSides(t *testing.T) {
	for _, x := range hostile {
		e := newEditor(x.Text)
		e.fit(17, 3)
		var back, forth []int
		for e.textEnd(); e.cursor > 0; e.left() {
			back = append(back, e.cursor)
		}
		for ; e.cursor < len(e.text); e.right() {
			forth = append(forth, e.cursor)
		}
		back, forth = append(back, 0), append(forth, len(e.text))
		slices.Reverse(back)
		if !slices.Equal(back, forth) {
			t.Errorf("%.30q: from the end %v, from the start %v", x.Text, back, forth)
		}
	}
}

func TestEditorShowsAndKeepsEveryCharacter(t *testing.T) {
	th := newTheme(true, colorprofile.TrueColor)
	for _, x := range append(slices.Clone(hostile), hostile[0]) {
		for _, w := range []int{1, 2, 9, 40} {
			e := newEditor(x.Text)
			for e.textStart(); ; e.right() {
				e.fit(w, 5)
				lines := e.draw(th, "")
				checkFrame(t, strings.Join(lines, "\n"), size{w, 5})
				if drawn := strings.Join(lines, ""); w > 2 && strings.Count(drawn, sgrReverse) != 1 {
					t.Fatalf("%.30q at byte %d, %d columns: the cursor is drawn %d times in %q", x.Text, e.cursor, w, strings.Count(drawn, sgrReverse), drawn)
				}
				if plain := ansi.Strip(strings.Join(lines, "")); term.Safe(plain) != plain {
					t.Fatalf("%.30q: unsafe %q", x.Text, plain)
				}
				if e.cursor == len(e.text) || e.cursor > 300 {
					break
				}
			}
			if e.text != x.Text {
				t.Errorf("%.30q became %.30q", x.Text, e.text)
			}
		}
	}
}

func TestWrappingLosesNothing(t *testing.T) {
	for _, x := range hostile {
		for w := 1; w < 30; w += 3 {
			e := newEditor(x.Text)
			e.fit(w, 5)
			at := 0
			for _, l := range e.lines {
				if gap := x.Text[at:l.from]; strings.Trim(gap, "\r\n") != "" {
					t.Errorf("%.30q at %d columns: %q is on no line", x.Text, w, gap)
				}
				at = l.to
			}
			if at != len(x.Text) {
				t.Errorf("%.30q at %d columns ends at byte %d", x.Text, w, at)
			}
		}
	}
}

func TestWordsAreNotCutWhereTheyFit(t *testing.T) {
	e := newEditor("one two three four")
	e.fit(10, 4)
	var lines []string
	for _, l := range e.lines {
		lines = append(lines, e.text[l.from:l.to])
	}
	if want := []string{"one two ", "three ", "four"}; !slices.Equal(lines, want) {
		t.Errorf("%q, want %q", lines, want)
	}
}

func BenchmarkEditorKeyIn100000Characters(b *testing.B) {
	for name, text := range map[string]string{"latin": strings.Repeat("word and ", 11_111), "han": strings.Repeat("漢字とかなの文", 14_285)} {
		b.Run(name, func(b *testing.B) {
			e := newEditor(text)
			e.fit(80, 20)
			th := newTheme(true, colorprofile.TrueColor)
			for b.Loop() {
				e.insert("x")
				e.draw(th, "")
				e.eraseBack()
			}
		})
	}
}
