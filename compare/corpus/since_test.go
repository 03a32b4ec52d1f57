package corpus

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// A run of white space is counted in pieces, wherever it stands: its time would grow with
// the square of its length.
func TestLongBlanksAreCut(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"a b", 3}, {strings.Repeat(" ", maxBlank), maxBlank}, {strings.Repeat(" ", maxBlank+1), maxBlank}, {"word" + strings.Repeat("\n", maxBlank+5) + "word", 4 + maxBlank},
		{strings.Repeat(" ", maxBlank) + "x" + strings.Repeat(" ", maxBlank), 2*maxBlank + 1},
	} {
		if got := blankEnd(c.text); got != c.want {
			t.Errorf("%d characters are cut at %d, want %d", len(c.text), got, c.want)
		}
	}
}

func TestSinceTellsWhatHasChanged(t *testing.T) {
	c := New([]Text{{Text: "a"}, {Text: "b"}, {Text: "c"}, {Text: "d"}, {Text: "e"}, {Text: "f"}})
	before, was := c.Revision(), c.Texts()
	check := func(what string) {
		t.Helper()
		at, gone, come, ok := c.Since(before)
		if now := c.Texts(); !ok || !slices.Equal(slices.Concat(was[:at], now[at:at+come], was[at+gone:]), now) {
			t.Errorf("%s: from %d on %d are gone and %d have come, %v: %v was %v", what, at, gone, come, ok, now, was)
		}
	}
	check("nothing")
	c.Delete(2)
	if at, gone, come, _ := c.Since(before); at != 2 || gone != 1 || come != 0 {
		t.Errorf("one is deleted: %d, %d, %d", at, gone, come)
	}
	check("deleted")
	_ = c.Insert(4, Text{Text: "x"}, Text{Text: "y"})
	check("inserted behind")
	_ = c.Replace(0, Text{Text: "z"})
	check("replaced before")
	c.Move(1, 3)
	check("moved")
	c.Undo()
	check("undone")
	c.Undo()
	c.Undo()
	c.Redo()
	check("done again")
	random := rand.New(rand.NewPCG(5, 6))
	for round := range 200 {
		before, was = c.Revision(), c.Texts()
		for range 1 + random.IntN(5) {
			switch at := random.IntN(c.Len() + 1); random.IntN(4) {
			case 0:
				_ = c.Insert(at, Text{Text: fmt.Sprint("new ", round)})
			case 1:
				c.Move(at, random.IntN(5)-2)
			case 2:
				c.Undo()
			default:
				if c.Len() > 3 {
					c.Delete(at)
				}
			}
		}
		check(fmt.Sprint("round ", round))
	}
	c.Clear()
	check("cleared")
	e := c.AddText(0)
	for _, word := range []string{"t", "te", "tex", "text"} {
		before, was = c.Revision(), c.Texts()
		_ = e.Set(word)
		check("typed")
	}
	for range 2 * mostSplices {
		c.Undo()
		c.Redo()
	}
	if _, _, _, ok := c.Since(before); ok {
		t.Error("what was so long ago is still known")
	}
}

func TestFoldedTextsFollowAChange(t *testing.T) {
	all := []Text{{Text: "One"}, {Text: "Two", ID: "B"}, {Text: "Three", Group: "G"}}
	f := Fold(all)
	now := f.With(1, 1, []Text{{Text: "FOUR"}, {Text: "Five", ID: "X"}})
	if want := Fold([]Text{all[0], {Text: "FOUR"}, {Text: "Five", ID: "X"}, all[2]}); !reflect.DeepEqual(now, want) || !reflect.DeepEqual(f, Fold(all)) {
		t.Errorf("they are %v, want %v", now, want)
	}
}
