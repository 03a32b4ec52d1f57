package corpus_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

func named(names string) []corpus.Text {
	var texts []corpus.Text
	for _, name := range strings.Fields(names) {
		texts = append(texts, corpus.Text{Text: name})
	}
	return texts
}

func show(c *corpus.Corpus) string {
	var names []string
	for i := range c.Len() {
		names = append(names, c.At(i).Text)
	}
	return strings.Join(names, " ")
}

func TestEveryChangeCanBeUndoneAndRedone(t *testing.T) {
	for _, tt := range []struct {
		change func(*corpus.Corpus)
		what   string
		after  string
	}{
		{func(c *corpus.Corpus) { c.Add(named("e f")...) }, "add 2 texts", "a b c d e f"},
		{func(c *corpus.Corpus) { c.Add(named("e")...) }, "add 1 text", "a b c d e"},
		{func(c *corpus.Corpus) { c.Insert(1, named("x y")...) }, "add 2 texts", "a x y b c d"},
		{func(c *corpus.Corpus) { c.Insert(-5, named("x")...) }, "add 1 text", "x a b c d"},
		{func(c *corpus.Corpus) { c.Insert(99, named("x")...) }, "add 1 text", "a b c d x"},
		{func(c *corpus.Corpus) { c.Replace(1, named("x")[0]) }, "edit text 2", "a x c d"},
		{func(c *corpus.Corpus) { c.Delete(3) }, "delete text 4", "a b c"},
		{func(c *corpus.Corpus) { c.Move(0, 2) }, "move text 1", "b c a d"},
		{func(c *corpus.Corpus) { c.Move(3, -1) }, "move text 4", "a b d c"},
		{func(c *corpus.Corpus) { c.Move(2, -99) }, "move text 3", "c a b d"},
		{func(c *corpus.Corpus) { c.Clear() }, "clear 4 texts", ""},
		{func(c *corpus.Corpus) { c.Set(named("x y z"), corpus.Origin{Source: "f.txt"}) }, "load 3 texts", "x y z"},
	} {
		t.Run(tt.what+": "+tt.after, func(t *testing.T) {
			c := corpus.New(named("a b c d"))
			tt.change(c)
			if got := show(c); got != tt.after {
				t.Fatalf("%q, want %q", got, tt.after)
			}
			if what, ok := c.Undo(); !ok || what != tt.what || show(c) != "a b c d" {
				t.Errorf("undo %q: %q", what, show(c))
			}
			if what, ok := c.Redo(); !ok || what != tt.what || show(c) != tt.after {
				t.Errorf("redo %q: %q", what, show(c))
			}
			if c.Revision() != 3 {
				t.Errorf("revision %d after three changes", c.Revision())
			}
		})
	}
}

func TestWhatChangesNothingCannotBeUndone(t *testing.T) {
	c := corpus.New(named("a b"))
	c.Add()
	c.Delete(-1)
	c.Delete(2)
	c.Replace(2, corpus.Text{})
	c.Replace(0, corpus.Text{Text: "a"})
	c.Set(named("a b"), corpus.Origin{})
	for _, move := range [][3]int{{0, -1, 0}, {1, 1, 1}, {5, -1, 5}, {0, 0, 0}} {
		if at := c.Move(move[0], move[1]); at != move[2] {
			t.Errorf("move %v ended at %d", move, at)
		}
	}
	empty := corpus.New(nil)
	empty.Clear()
	for _, c := range []*corpus.Corpus{c, empty} {
		if _, ok := c.Undo(); ok || c.Revision() != 0 {
			t.Errorf("%q at revision %d", show(c), c.Revision())
		}
		if _, ok := c.Redo(); ok {
			t.Error("redone what was never done")
		}
	}
}

func TestANewChangeForgetsWhatWasUndone(t *testing.T) {
	c := corpus.New(named("a"))
	c.Add(named("b")...)
	c.Undo()
	c.Add(named("c")...)
	if _, ok := c.Redo(); ok || show(c) != "a c" {
		t.Errorf("redone to %q", show(c))
	}
}

func TestACorpusSharesNoMemory(t *testing.T) {
	given := named("a b")
	c := corpus.New(given)
	more := named("c")
	c.Add(more...)
	given[0].Text, more[0].Text, c.Texts()[1].Text = "x", "x", "x"
	c.Delete(2)
	c.Undo()
	if got := show(c); got != "a b c" {
		t.Errorf("%q", got)
	}
}

func TestManyTextsThatAreLoadedAreListedOnce(t *testing.T) {
	c := corpus.New(named("a"))
	given := named("b c d")
	if err := c.Set(given, corpus.Origin{}); err != nil {
		t.Fatal(err)
	}
	if &c.Snapshot()[0] != &given[0] {
		t.Error("loading texts copies their list")
	}
	if err := c.Replace(0, corpus.Text{Text: "x"}); err != nil {
		t.Fatal(err)
	}
	c.Delete(1)
	if given[0].Text != "b" || given[1].Text != "c" || show(c) != "x d" {
		t.Errorf("an edit makes the list that was loaded %v, and the texts %q", given, show(c))
	}
	for range 3 {
		c.Undo()
	}
	if show(c) != "a" {
		t.Errorf("undone: %q", show(c))
	}
	for range 3 {
		c.Redo()
	}
	if show(c) != "x d" || given[0].Text != "b" {
		t.Errorf("made again: %q, the list that was loaded is %v", show(c), given)
	}
}

func TestACorpusKeepsItsLimits(t *testing.T) {
	full := make([]corpus.Text, corpus.MaxTexts)
	for i := range full {
		full[i].Text = "a"
	}
	c := corpus.New(full[1:])
	if err := c.Add(named("b")...); err != nil {
		t.Errorf("the last one: %v", err)
	}
	long := corpus.Text{Text: strings.Repeat("a", corpus.MaxTextLength+1)}
	for what, err := range map[string]error{
		"add to a full one": c.Add(named("c")...),
		"insert":            c.Insert(0, named("c")...),
		"set too many":      c.Set(append(full, full...), corpus.Origin{}),
		"edit to too long":  c.Replace(0, long),
		"set a long one":    c.Set([]corpus.Text{long}, corpus.Origin{}),
	} {
		var limit *corpus.LimitError
		if !errors.As(err, &limit) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := corpus.New(nil).Add(corpus.Text{Text: long.Text[1:]}); err != nil {
		t.Errorf("the longest text: %v", err)
	}
	if err := c.Replace(0, named("z")[0]); err != nil || c.Len() != corpus.MaxTexts || c.Revision() != 2 {
		t.Errorf("%d texts, revision %d, %v", c.Len(), c.Revision(), err)
	}
}

func TestAnyWayBackLeadsBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	c := corpus.New(named("a b c"))
	states := []string{show(c)}
	for range 150 {
		before := c.Revision()
		switch r.IntN(5) {
		case 0:
			c.Insert(r.IntN(9), named("d e")...)
		case 1:
			c.Delete(r.IntN(6))
		case 2:
			c.Move(r.IntN(6), r.IntN(9)-4)
		case 3:
			c.Replace(r.IntN(6), corpus.Text{Text: string(rune('f' + r.IntN(20)))})
		case 4:
			if r.IntN(8) == 0 {
				c.Clear()
			}
		}
		if c.Revision() != before {
			states = append(states, show(c))
		}
	}
	for i := len(states) - 2; i >= 0; i-- {
		if _, ok := c.Undo(); !ok || show(c) != states[i] {
			t.Fatalf("back at %d: %q, want %q", i, show(c), states[i])
		}
	}
	for i := 1; i < len(states); i++ {
		if _, ok := c.Redo(); !ok || show(c) != states[i] {
			t.Fatalf("again at %d: %q, want %q", i, show(c), states[i])
		}
	}
}

func TestUndoHasAnEnd(t *testing.T) {
	c := corpus.New(nil)
	for range 300 {
		c.Add(named("a")...)
	}
	undone := 0
	for _, ok := c.Undo(); ok; _, ok = c.Undo() {
		undone++
	}
	if undone != 200 || c.Len() != 100 {
		t.Errorf("%d undone, %d texts left", undone, c.Len())
	}
}

func TestUndoOfVeryManyTextsKeepsWithinMemory(t *testing.T) {
	lists := [2][]corpus.Text{named(strings.Repeat("a ", 100_000)), named(strings.Repeat("b ", 100_000))}
	c := corpus.New(lists[0])
	for i := range 52 {
		if err := c.Set(lists[1-i%2], corpus.Origin{}); err != nil {
			t.Fatal(err)
		}
	}
	undone := 0
	for _, ok := c.Undo(); ok; _, ok = c.Undo() {
		undone++
		if want := lists[undone%2]; !slices.Equal(c.Texts(), want) {
			t.Fatalf("undo %d leaves other texts", undone)
		}
	}
	if undone < 4 || undone > 10 {
		t.Errorf("%d changes of 100,000 texts are kept", undone)
	}

	huge := corpus.Text{Text: strings.Repeat("x", corpus.MaxTextLength)}
	c = corpus.New(slices.Repeat([]corpus.Text{huge}, 1000)) // more than everything that is kept
	c.Add(named("a")...)
	c.Clear()
	if _, ok := c.Undo(); !ok || c.Len() != 1001 {
		t.Errorf("the last change is not taken back: %d texts", c.Len())
	}
	if _, ok := c.Undo(); ok {
		t.Error("the change before it is kept too")
	}
}

func TestSplitPaste(t *testing.T) {
	got := corpus.SplitPaste("\n one \r\n\t\r\ntwo\rthree\n\n")
	if want := []string{"one", "two", "three"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := corpus.SplitPaste(" \n\r "); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestReplacedOwnTextsAreRemembered(t *testing.T) {
	own, file, other := named("own"), named("file"), named("other")
	c := corpus.New(own)
	wantReplaced := func(when string, want []corpus.Text) {
		t.Helper()
		if got, _ := c.Replaced(); !slices.Equal(got, want) {
			t.Errorf("%s the replaced own texts are %v, want %v", when, got, want)
		}
	}
	load := func(texts []corpus.Text, source string) {
		t.Helper()
		if err := c.Set(texts, corpus.Origin{Source: source}); err != nil {
			t.Fatal(err)
		}
	}
	wantReplaced("at first", nil)
	load(file, "a.txt")
	wantReplaced("after a file", own)
	load(other, "b.txt")
	wantReplaced("after another file", own)
	for i := range 250 { // more than can be undone
		if err := c.Replace(0, corpus.Text{Text: strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	wantReplaced("after many edits", own)
	edited := c.Texts()
	load(file, "a.txt")
	wantReplaced("after the edited file was replaced too", edited)
	c.Undo()
	wantReplaced("with the edited file back", own)

	c = corpus.New(own)
	load(file, "a.txt")
	c.Undo()
	wantReplaced("with the own texts back", nil)
	load(file, "a.txt")
	c.Clear()
	load(other, "b.txt")
	wantReplaced("after a file was loaded where nothing stood", own)
}

func TestASnapshotStaysAndIsCopiedOnceAChange(t *testing.T) {
	texts := make([]corpus.Text, 1000)
	for i := range texts {
		texts[i].Text = "a text"
	}
	c := corpus.New(texts)
	before := c.Snapshot()
	if allocated := testing.AllocsPerRun(10, func() { c.Snapshot() }); allocated > 0 {
		t.Errorf("looking again allocates %v times", allocated)
	}
	for i := range 3 {
		if err := c.Replace(i, corpus.Text{Text: "changed"}); err != nil {
			t.Fatal(err)
		}
	}
	c.Delete(500)
	if len(before) != 1000 || before[0].Text != "a text" || c.Len() != 999 || c.At(0).Text != "changed" {
		t.Errorf("the snapshot has %d texts and begins with %q; the corpus has %d", len(before), before[0].Text, c.Len())
	}
	after := c.Snapshot()
	if cap(after) != len(after) {
		t.Error("who appends to a snapshot writes into the corpus")
	}
	if c.Undo(); len(after) != 999 || c.Len() != 1000 || after[499].Text != "a text" {
		t.Errorf("an undo changes a snapshot: %d texts", len(after))
	}
}

func TestTheSameTextsFromElsewhereHaveAnotherOrigin(t *testing.T) {
	var c corpus.Corpus
	for _, source := range []string{"a.csv", "b.csv"} {
		if err := c.Set(named("x y"), corpus.Origin{Source: source}); err != nil || c.Origin().Source != source {
			t.Errorf("of %s the origin is %+v, %v", source, c.Origin(), err)
		}
	}
	if what := c.Undoable(); what != "load 2 texts" {
		t.Errorf("to be undone is %q", what)
	}
	if err := c.Set(slices.Repeat([]corpus.Text{{Text: "x"}}, 1200), corpus.Origin{}); err != nil || c.Undoable() != "load 1,200 texts" {
		t.Errorf("to be undone is %q, %v", c.Undoable(), err)
	}
}
