package matrices

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// manyTexts are texts about some subjects, one after the other.
func manyTexts(n int) []corpus.Text {
	subjects := []string{"a cat purrs on the mat", "shares fell on monday", "rain fell in the night", "the router is offline"}
	texts := make([]corpus.Text, n)
	for i := range texts {
		texts[i].Text = fmt.Sprintf("%s number %d", subjects[i*len(subjects)/n], i)
	}
	return texts
}

// overviewOfMany is the explorer on Matrices with very many texts as they are given.
func overviewOfMany(t *testing.T, w, h, n int) (*shell.App, *Screen) {
	o := uitest.OptionsWith(t, manyTexts(n), "local/ngrams@64", "local/ngrams@16")
	o.State.Order = session.OrderGiven.Key()
	a := settled(t, w, h, o)
	uitest.Press(t, a, "3")
	return a, a.Screen(ID).(*Screen)
}

func TestManyTextsAreSeenInBlocksAllAtOnce(t *testing.T) {
	for _, s := range []ui.Size{{W: 80, H: 24}, {W: 120, H: 40}, {W: 200, H: 60}, {W: 40, H: 10}} {
		a, m := overviewOfMany(t, s.W, s.H, 240)
		if m.over == nil || m.over.starts[1] != m.over.of.size {
			t.Fatalf("at %v there are no blocks: %+v", s, m.over)
		}
		uitest.CheckFrame(t, a.Draw(), s)
		if g := m.grid(a.Body).geometry; s.W >= 80 && (g.Rows < len(m.over.starts) || g.Cols < len(m.over.starts)) {
			t.Errorf("at %v %d×%d of %d blocks are in view", s, g.Rows, g.Cols, len(m.over.starts))
		}
	}
	if _, m := overviewOfMany(t, 80, 24, 200); m.over != nil {
		t.Error("200 texts are drawn in blocks")
	}
}

func TestABlockTellsItsTextsItsMeanAndItsStrongestPair(t *testing.T) {
	a, m := overviewOfMany(t, 120, 40, 240)
	uitest.Press(t, a, "g", "home", "l")
	size := m.over.of.size
	tiles := m.over.tiles[a.Session.States()[0].Result.Matrix]
	p, _ := tiles.Strongest(0, 1)
	if a.Session.CursorA() != int(p.A) || a.Session.CursorB() != int(p.B) {
		t.Errorf("the cursor is on %d and %d, the strongest pair of the block is %v", a.Session.CursorA(), a.Session.CursorB(), p)
	}
	mean, _ := tiles.At(0, 1)
	want := fmt.Sprintf("block: rows 1–%d × columns %d–%d of 240, mean ngrams@64 %.2f", size, size+1, 2*size, mean)
	if drawn := uitest.Flat(a.Draw()); !strings.Contains(drawn, want) || !strings.Contains(drawn, fmt.Sprintf("strongest pair %d and %d:", p.A+1, p.B+1)) {
		t.Errorf("%q is not said:\n%s", want, uitest.Plain(a))
	}
}

func TestZoomGoesFromBlocksToTextsAndBack(t *testing.T) {
	a, m := overviewOfMany(t, 120, 40, 240)
	whole := m.over.of.size
	uitest.Press(t, a, keyZoomOut.Keys()[0])
	if !strings.Contains(a.Notice().Text, "all texts are in view already") {
		t.Errorf("zooming out of all says %q", a.Notice().Text)
	}
	at := [2]int{a.Session.CursorA(), a.Session.CursorB()}
	for before := whole; m.over != nil; before = m.over.of.size {
		if uitest.Press(t, a, keyZoomIn.Keys()[0]); m.over == nil {
			break
		}
		if m.over.of.size >= before {
			t.Fatalf("zooming in leads from %d to %d texts a block", before, m.over.of.size)
		}
	}
	if got := [2]int{a.Session.CursorA(), a.Session.CursorB()}; got != at {
		t.Errorf("zooming moves the cursor from %v to %v", at, got)
	}
	uitest.Press(t, a, keyZoomOut.Keys()[0])
	if m.over == nil || m.over.of.size != 2 {
		t.Error("zooming out of texts does not lead to blocks of two")
	}
}

func TestBlocksOfADifferenceAndOfGroups(t *testing.T) {
	texts := manyTexts(240)
	for i := range texts {
		texts[i].Group = fmt.Sprintf("group %d", i*7/240)
	}
	a := settled(t, 200, 60, uitest.OptionsWith(t, texts, "local/ngrams@64", "local/ngrams@16"))
	uitest.Press(t, a, "3")
	m := a.Screen(ID).(*Screen)
	for block := range m.over.starts {
		first, last := m.over.order[m.over.starts[block]], m.over.order[m.over.end(block)-1]
		if texts[first].Group != texts[last].Group {
			t.Errorf("block %d is of %q and %q", block, texts[first].Group, texts[last].Group)
		}
	}
	uitest.WantShown(t, a, "Strongest disagreements", "Block: rows 1–")
	uitest.Press(t, a, "f")
	uitest.CheckFrame(t, a.Draw(), ui.Size{W: 200, H: 60})
	at, most := m.blockDelta(), m.apart.most
	x, _ := m.over.tiles[m.deltaOf[0]].At(0, 1)
	y, _ := m.over.tiles[m.deltaOf[1]].At(0, 1)
	if v, ok := at(0, 1); !ok || v != m.delta.Of(x, y) || most <= 0 {
		t.Errorf("the difference of the first blocks is %v, %v", v, ok)
	}
}

func TestBlocksAreNeverMoreThanCanBeKept(t *testing.T) {
	for n, want := range map[int]int{1: 2, 2000: 2, 2001: 5, 20_000: 20, 100_000: 100} {
		if size := blockSizes()[leastSize(n)]; size != want {
			t.Errorf("the least block of %d texts has %d, want %d", n, size, want)
		}
	}
	_, m := overviewOfMany(t, 120, 40, 240)
	for m.blockSize() > 1 {
		before := m.blockSize()
		if m.resizeBlocks(-1); m.blockSize() >= before {
			t.Fatalf("zooming in leads from %d to %d", before, m.blockSize())
		}
	}
	if m.resizeBlocks(1); m.blockSize() != 2 {
		t.Errorf("zooming out from single texts leads to %d", m.blockSize())
	}
	// Where blocks of two would be too many, those of five lead to single texts and back.
	_, m = overviewOfMany(t, 120, 40, 2001)
	m.zoom = 5
	for by, want := range map[int]int{-1: 1, 1: 10} {
		m.zoom = 5
		if m.resizeBlocks(by); m.zoom != want {
			t.Errorf("from blocks of five %+d leads to %d, want %d", by, m.zoom, want)
		}
	}
}

func TestAnOverviewThatIsNotWantedAnyMoreIsNotMade(t *testing.T) {
	for name, zoom := range map[string]int{"the one before is wanted again": 0, "texts are": 1} {
		_, m := overviewOfMany(t, 120, 40, 240)
		before, ended := m.over, false
		m.averaging, m.endAveraging = overviewOf{size: 7}, func() { ended = true }
		m.zoom = zoom
		m.followOverview()
		if !ended || m.averaging != (overviewOf{}) || zoom == 0 && m.over != before {
			t.Errorf("%s: ended %v, %+v is being made", name, ended, m.averaging)
		}
	}
}

func TestTheBlocksOfADifferenceAreLookedThroughOnce(t *testing.T) {
	a, m := overviewOfMany(t, 120, 40, 240)
	uitest.Press(t, a, "f")
	if m.apart.most <= 0 {
		t.Fatalf("the blocks lie %v apart", m.apart.most)
	}
	most := m.apart.most
	m.apart.most = 0.77
	uitest.WantShown(t, a, "0.77")
	a.Session.CycleFocus(1) // turns the difference round
	uitest.Happen(t, a, uitest.Nothing)
	if m.apart.most != most {
		t.Errorf("the other way round the blocks lie %v apart, not %v", m.apart.most, most)
	}
	uitest.Press(t, a, "f")
	if m.apart.most != 0 {
		t.Error("without a difference its blocks are remembered")
	}
}

func TestTheWholeIsShownInBlocksAsSmallAsHaveRoom(t *testing.T) {
	exact := 0
	for n := 201; n <= 260; n++ {
		_, m := overviewOfMany(t, 80, 24, n)
		room, size := m.blocksInView(), m.wholeSize()
		smaller := 1
		for _, s := range blockSizes() {
			if s < size {
				smaller = s
			}
		}
		if (n+size-1)/size > room || (n+smaller-1)/smaller <= room {
			t.Errorf("%d texts with room for %d blocks are shown in blocks of %d", n, room, size)
		}
		if (n+size-1)/size == room {
			exact++
		}
	}
	if exact == 0 {
		t.Error("no number of texts fills the room")
	}
}

func TestPartsFlowIntoLinesThatTheyFill(t *testing.T) {
	for _, c := range []struct {
		parts []string
		w     int
		want  []string
	}{
		{nil, 10, []string{""}},
		{[]string{"ab", "cd"}, 8, []string{"  ab  cd"}},
		{[]string{"ab", "cd"}, 7, []string{"  ab", "  cd"}},
		{[]string{"too long for it", "b"}, 6, []string{"  too long for it", "  b"}},
	} {
		if got := flowed(c.parts, c.w); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d columns: %q, want %q", c.parts, c.w, got, c.want)
		}
	}
}
