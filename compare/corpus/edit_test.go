package corpus_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

// typed gives an edit the words one after another.
func typed(t *testing.T, e *corpus.Edit, words ...string) {
	t.Helper()
	for _, w := range words {
		if err := e.Set(w); err != nil {
			t.Fatalf("%q: %v", w, err)
		}
	}
}

func TestAnEditingSessionIsOneChange(t *testing.T) {
	for _, tt := range []struct {
		name  string
		begin func(*corpus.Corpus) *corpus.Edit
		words []string
		after string
		what  string
	}{
		{"a text is edited", func(c *corpus.Corpus) *corpus.Edit { return c.EditText(1) }, []string{"bx", "bxy", "bxyz"}, "a bxyz c", "edit text 2"},
		{"a text is emptied", func(c *corpus.Corpus) *corpus.Edit { return c.EditText(1) }, []string{"bx", "b", ""}, "a c", "delete text 2"},
		{"a text is emptied and written anew", func(c *corpus.Corpus) *corpus.Edit { return c.EditText(1) }, []string{"", "x"}, "a x c", "edit text 2"},
		{"a text is added", func(c *corpus.Corpus) *corpus.Edit { return c.AddText(1) }, []string{"n", "ne", "new"}, "a new b c", "add 1 text"},
		{"a text is added at the end", func(c *corpus.Corpus) *corpus.Edit { return c.AddText(99) }, []string{"n"}, "a b c n", "add 1 text"},
		{"an added text is emptied and written anew", func(c *corpus.Corpus) *corpus.Edit { return c.AddText(0) }, []string{"n", " ", "x"}, "x a b c", "add 1 text"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := corpus.New(named("a b c"))
			typed(t, tt.begin(c), tt.words...)
			if got := show(c); got != tt.after {
				t.Fatalf("%q, want %q", got, tt.after)
			}
			if what, ok := c.Undo(); !ok || what != tt.what || show(c) != "a b c" {
				t.Errorf("undo of %q leaves %q", what, show(c))
			}
			if what, ok := c.Undo(); ok {
				t.Errorf("a second change %q", what)
			}
			if c.Redo(); show(c) != tt.after {
				t.Errorf("redone to %q", show(c))
			}
		})
	}
}

func TestTypingThatComesToNothingIsNoChange(t *testing.T) {
	for name, run := range map[string]func(*corpus.Corpus){
		"typed and taken back": func(c *corpus.Corpus) { typed(t, c.EditText(0), "ax", "a") },
		"added and emptied":    func(c *corpus.Corpus) { typed(t, c.AddText(1), "n", "") },
		"added and blanked":    func(c *corpus.Corpus) { typed(t, c.AddText(1), "n", " \t") },
		"nothing typed":        func(c *corpus.Corpus) { c.AddText(1) },
	} {
		c := corpus.New(named("a b"))
		c.SetOrigin(corpus.Origin{Source: "Set", Set: "set"})
		run(c)
		if what := c.Undoable(); what != "" || show(c) != "a b" || c.Origin().Set != "set" {
			t.Errorf("%s: undo %q, %q of %+v", name, what, show(c), c.Origin())
		}
	}
}

func TestAnEditKeepsIDAndGroup(t *testing.T) {
	c := corpus.New([]corpus.Text{{ID: "i", Text: "a", Group: "g"}})
	e := c.EditText(0)
	typed(t, e, "", "b")
	if got, want := c.At(0), (corpus.Text{ID: "i", Text: "b", Group: "g"}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	for at, want := range map[int]int{-3: 0, 0: 0, 1: 1, 99: 1} {
		if added := c.AddText(at); added.At() != want || !added.Adding() || added.Present() {
			t.Errorf("a text added at %d is at %d, adding %v, present %v", at, added.At(), added.Adding(), added.Present())
		}
	}
	if e.At() != 0 || e.Adding() || !e.Present() {
		t.Errorf("the edit is at %d, adding %v, present %v", e.At(), e.Adding(), e.Present())
	}
}

func TestAnEditRefusesWithoutLosingWhatWasTyped(t *testing.T) {
	c := corpus.New(named("a"))
	e := c.EditText(0)
	typed(t, e, "ab")
	var limit *corpus.LimitError
	if err := e.Set(strings.Repeat("x", corpus.MaxTextLength+1)); !errors.As(err, &limit) || show(c) != "ab" {
		t.Errorf("too long: %v, the text is %q", err, show(c))
	}
	c.Add(named("c")...)
	if err := e.Set("abc"); !errors.Is(err, corpus.ErrOvertaken) || show(c) != "ab c" {
		t.Errorf("overtaken: %v, the texts are %q", err, show(c))
	}
}

func TestAFullCorpusCanBeEditedButNotAddedTo(t *testing.T) {
	full := make([]corpus.Text, corpus.MaxTexts)
	for i := range full {
		full[i].Text = "a"
	}
	c := corpus.New(full)
	typed(t, c.EditText(3), "b", "bc")
	var limit *corpus.LimitError
	if err := c.AddText(0).Set("n"); !errors.As(err, &limit) || c.Len() != corpus.MaxTexts {
		t.Errorf("%v with %d texts", err, c.Len())
	}
}

func TestTheOriginFollowsEveryChange(t *testing.T) {
	set, file := corpus.Origin{Source: "Set", Set: "set"}, corpus.Origin{Source: "f.txt"}
	c := corpus.New(named("a b"))
	c.SetOrigin(set)
	steps := []corpus.Origin{set}
	step := func(want corpus.Origin, title string, own bool) {
		t.Helper()
		got := c.Origin()
		if got != want || got.Title() != title || got.Own() != own {
			t.Errorf("%+v (%q, own %v), want %+v (%q, own %v)", got, got.Title(), got.Own(), want, title, own)
		}
		steps = append(steps, want)
	}
	c.Delete(0)
	step(corpus.Origin{Source: "Set", Edited: true}, "Set, edited", true)
	c.Set(named("c d"), file)
	step(file, "f.txt", false)
	c.Move(0, 1)
	step(corpus.Origin{Source: "f.txt", Edited: true}, "f.txt, edited", true)
	c.Clear()
	step(corpus.Origin{}, "your texts", true)
	c.Add(named("e")...)
	step(corpus.Origin{}, "your texts", true)
	for i := len(steps) - 2; i >= 0; i-- {
		if c.Undo(); c.Origin() != steps[i] {
			t.Errorf("undone to step %d: %+v, want %+v", i, c.Origin(), steps[i])
		}
	}
	for i := 1; i < len(steps); i++ {
		if c.Redo(); c.Origin() != steps[i] {
			t.Errorf("redone to step %d: %+v, want %+v", i, c.Origin(), steps[i])
		}
	}
}

func TestTouchedIsWhereTheLastChangeWas(t *testing.T) {
	c := corpus.New(named("a b c"))
	for _, tt := range []struct {
		change func()
		want   int
	}{
		{func() { c.Delete(2) }, 2},
		{func() { c.Insert(1, named("x")...) }, 1},
		{func() { c.Undo() }, 1},
		{func() { c.Undo() }, 2},
		{func() { c.Redo() }, 2},
	} {
		if tt.change(); c.Touched() != tt.want {
			t.Errorf("touched %d, want %d", c.Touched(), tt.want)
		}
	}
	if c.Undoable() != "delete text 3" || c.Redoable() != "add 1 text" {
		t.Errorf("undo %q, redo %q", c.Undoable(), c.Redoable())
	}
}
