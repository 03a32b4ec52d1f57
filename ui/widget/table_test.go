package widget_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

func exampleTable(rows int, profile colorprofile.Profile) widget.Table {
	styles := uitest.StylesFor(profile)
	return widget.Table{
		Columns: []widget.Column{
			{Title: "", Width: 1},
			{Title: "Model", Width: 24, Min: 12, Flex: 2, Sort: widget.SortUp},
			{Title: "Provider", Width: 8, Priority: 2},
			{Title: "$ per 1M", Width: 8, Align: widget.AlignRight, Sort: widget.SortDown},
			{Title: "Use", Width: 20, Min: 8, Flex: 3, Priority: 3},
			{Title: "Max tokens", Width: 10, Align: widget.AlignRight, Priority: 1},
		},
		Rows: rows,
		Row: func(i int) []widget.Cell {
			return []widget.Cell{
				{Text: "●", Pen: styles.Accent},
				{Text: fmt.Sprintf("model-%d-日本語-embedding", i), Matches: []int{0, 1, 2}},
				{Text: "nanogpt", Pen: styles.Dim},
				{Text: fmt.Sprintf("0.%02d", i)},
				{Text: styles.Strong + "search" + theme.Reset + " and clustering of long texts"},
				{Text: "8192"},
			}
		},
		Cursor: 3, Styles: styles, Empty: "No texts yet: a adds one, o opens a file, x loads an example.",
	}
}

func TestTableDrawing(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ASCII} {
		for _, c := range []struct{ rows, w, h int }{{100, 80, 24}, {30, 200, 60}, {100, 40, 10}, {0, 40, 10}} {
			t.Run(fmt.Sprintf("%v-%dx%d-of-%d", profile, c.w, c.h, c.rows), func(t *testing.T) {
				drawing := strings.Join(exampleTable(c.rows, profile).Draw(c.w, c.h), "\n")
				uitest.RequireSize(t, drawing, c.w, c.h)
				golden.RequireEqual(t, drawing)
			})
		}
	}
}

func TestTableFillsItsSizeExactly(t *testing.T) {
	for w := 1; w < 130; w++ {
		for _, h := range []int{1, 2, 3, 9} {
			for _, rows := range []int{0, 1, 8, 1000} {
				table := exampleTable(rows, colorprofile.TrueColor)
				table.Top = 5000
				uitest.RequireSize(t, strings.Join(table.Draw(w, h), "\n"), w, h)
			}
		}
	}
}

func TestTableDropsColumnsByPriority(t *testing.T) {
	table := exampleTable(5, colorprofile.ASCII)
	for _, c := range []struct {
		width int
		want  string
	}{
		{120, "Model|Provider|$ per 1M|Use|Max tokens"},
		{50, "Model|Provider|$ per 1M|Max tokens"},
		{40, "Model|$ per 1M|Max tokens"},
		{30, "Model|$ per 1M"},
	} {
		g := table.Fit(c.width, 10)
		var shown []string
		for i, column := range table.Columns {
			if column.Title != "" && g.Shows(i) {
				shown = append(shown, column.Title)
			}
		}
		if got := strings.Join(shown, "|"); got != c.want {
			t.Errorf("%d columns wide: %s, want %s", c.width, got, c.want)
		}
	}
}

func TestTableGivesTheRestToFlexibleColumns(t *testing.T) {
	table := widget.Table{Columns: []widget.Column{{Title: "a", Width: 4}, {Title: "b", Width: 6, Flex: 1}, {Title: "c", Width: 6, Flex: 2}}}
	g := table.Fit(40, 5) // 20 left over
	if got := fmt.Sprint(g.Places); got != "[{0 0 4} {1 6 12} {2 20 20}]" {
		t.Errorf("columns lie at %s", got)
	}
}

func TestTableFindsRowsAndColumnsUnderTheMouse(t *testing.T) {
	table := exampleTable(100, colorprofile.ASCII)
	table.Top = 40
	g := table.Fit(80, 24)
	for _, c := range []struct {
		y, row int
		ok     bool
	}{{0, 0, false}, {1, 40, true}, {23, 62, true}, {24, 0, false}, {-1, 0, false}} {
		if row, ok := g.RowAt(c.y); ok != c.ok || ok && row != c.row {
			t.Errorf("line %d is row %d, %v; want %d, %v", c.y, row, ok, c.row, c.ok)
		}
	}
	if !g.OnHeader(0) || g.OnHeader(1) {
		t.Error("the header is line 0")
	}
	header := strings.Split(ansi.Strip(strings.Join(table.Draw(80, 24), "\n")), "\n")[0]
	for i, column := range table.Columns {
		if column.Title == "" || !g.Shows(i) {
			continue
		}
		x := term.Width(header[:strings.Index(header, column.Title[:3])])
		if got, ok := g.ColumnAt(x); !ok || got != i {
			t.Errorf("under %q lies column %d, %v", column.Title, got, ok)
		}
	}
	if _, ok := g.ColumnAt(79); ok {
		t.Error("the scroll bar is no column")
	}
}

func TestTableScrollKeepsTheCursorVisible(t *testing.T) {
	table := exampleTable(100, colorprofile.ASCII)
	g := table.Fit(80, 11) // ten rows
	for _, c := range []struct{ cursor, top, want int }{{0, 0, 0}, {9, 0, 0}, {10, 0, 1}, {3, 20, 3}, {99, 0, 90}, {50, 45, 45}, {-1, 500, 90}} {
		if got := g.Scroll(c.cursor, c.top); got != c.want {
			t.Errorf("Scroll(%d, %d) = %d, want %d", c.cursor, c.top, got, c.want)
		}
	}
}

func TestTableHeaderShowsTheSortEvenWhenNarrow(t *testing.T) {
	for _, align := range []widget.Align{widget.AlignLeft, widget.AlignRight} {
		for w := 1; w < 20; w++ {
			table := widget.Table{Columns: []widget.Column{{Title: "Max tokens", Width: w, Align: align, Sort: widget.SortDown}}}
			header, _, _ := strings.Cut(strings.Join(table.Draw(w, 3), "\n"), "\n")
			if !strings.Contains(header, "▼") {
				t.Errorf("%d columns wide: %q", w, header)
			}
		}
	}
}

func TestTableKeepsTheSelectionUnderStyledText(t *testing.T) {
	table := exampleTable(5, colorprofile.TrueColor)
	row := table.Draw(120, 10)[1+table.Cursor]
	row = strings.TrimSuffix(row, theme.Reset)
	for _, part := range strings.SplitAfter(row, theme.Reset)[1:] {
		if !strings.HasPrefix(part, table.Styles.Selected) {
			t.Errorf("after a reset the selection is not restored: %q in %q", part, row)
		}
	}
}

func TestTableHighlightsWholeCharacters(t *testing.T) {
	table := widget.Table{Styles: theme.Codes{Match: "<"}}
	for _, c := range []struct {
		text    string
		matches []int
		want    string
	}{
		{"bge-m3", []int{0, 1, 4}, "<bg|e-<m|3"},
		{"日本語", []int{3}, "日<本|語"},
		{"e\u0301x", []int{0}, "<e\u0301|x"},
		{"a\u200db", []int{0}, "<a\u200d|b"},
		{"a\u200cb", []int{0}, "<a\u200c|b"},
		{"abc", []int{2, 9}, "ab<c|"},
		{"abc", nil, "abc"},
	} {
		got := strings.ReplaceAll(table.Styled(widget.Cell{Text: c.text, Matches: c.matches}, ""), theme.Reset, "|")
		if got != c.want {
			t.Errorf("%q with %v is %q, want %q", c.text, c.matches, got, c.want)
		}
	}
}

// A cell that ends a look of its own goes on in that of the row.
func TestALookInsideACellEndsInThatOfItsRow(t *testing.T) {
	for text, want := range map[string]string{
		"a\x1b[1mb\x1b[0mc": "a\x1b[1mb\x1b[mROWc", "a\x1b[1mb\x1b[mc": "a\x1b[1mb\x1b[mROWc", "plain": "plain",
	} {
		if got := (widget.Table{}).Styled(widget.Cell{Text: text}, "ROW"); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestTheScrollBarShowsWhereTheRowsAre(t *testing.T) {
	table := exampleTable(100, colorprofile.ASCII)
	for top, want := range map[int]string{0: "┃│││││││││", 1: "│┃││││││││", 45: "││││┃│││││", 89: "││││││││┃│", 90: "│││││││││┃", 500: "│││││││││┃"} {
		table.Top = top
		bar := ""
		for _, l := range table.Draw(40, 11)[1:] {
			runes := []rune(ansi.Strip(l))
			bar += string(runes[len(runes)-1])
		}
		if bar != want {
			t.Errorf("from row %d on it is %s, want %s", top, bar, want)
		}
	}
	for _, c := range []struct {
		rows, width, height int
		want                bool
	}{{100, 9, 11, true}, {100, 8, 11, false}, {10, 40, 11, false}, {11, 40, 11, true}, {100, 40, 3, true}, {100, 40, 2, false}, {100, 40, 1, false}} {
		if g := exampleTable(c.rows, colorprofile.ASCII).Fit(c.width, c.height); g.Bar != c.want {
			t.Errorf("%d rows in %d×%d have a scroll bar: %v", c.rows, c.width, c.height, g.Bar)
		}
	}
	table.Top = 95
	if g := table.Fit(40, 11); g.Top != 90 || g.Rows != 10 {
		t.Errorf("from row 95 on %d rows from %d on are shown", g.Rows, g.Top)
	}
}

func TestOfColumnsOfOnePriorityTheRightmostGoesFirst(t *testing.T) {
	table := widget.Table{Columns: []widget.Column{{Title: "a", Width: 4}, {Title: "b", Width: 4, Priority: 1}, {Title: "c", Width: 4, Priority: 1}}}
	for width, want := range map[int]string{16: "[{0 0 4} {1 6 4} {2 12 4}]", 15: "[{0 0 4} {1 6 4}]", 9: "[{0 0 4}]"} {
		if got := fmt.Sprint(table.Fit(width, 3).Places); got != want {
			t.Errorf("in %d columns there are %s, want %s", width, got, want)
		}
	}
}

func BenchmarkTable(b *testing.B) {
	table := exampleTable(20_000, colorprofile.TrueColor)
	b.ReportAllocs()
	for b.Loop() {
		table.Draw(200, 60)
	}
}

func TestTheHeaderSaysHowManyColumnsHaveNoRoom(t *testing.T) {
	for _, rows := range []int{5, 1000} { // without a scroll bar and with one
		table := exampleTable(rows, colorprofile.ASCII)
		table.TellHidden = true
		for _, c := range []struct{ width, hidden int }{{120, 0}, {53, 1}, {43, 2}, {33, 3}} {
			header := strings.TrimRight(ansi.Strip(table.Draw(c.width, 10)[0]), " ")
			if g := table.Fit(c.width, 10); g.Hidden != c.hidden {
				t.Errorf("in %d columns %d are hidden, want %d", c.width, g.Hidden, c.hidden)
			}
			if told := strings.HasSuffix(header, fmt.Sprintf(" +%d", c.hidden)) || strings.HasSuffix(header, fmt.Sprintf("▼+%d", c.hidden)); told != (c.hidden > 0) {
				t.Errorf("in %d columns the header is %q, %d are hidden", c.width, header, c.hidden)
			}
		}
		for w := 1; w < 130; w++ {
			uitest.RequireSize(t, strings.Join(table.Draw(w, 9), "\n"), w, 9)
		}
	}
}

func TestNamesOfModelsAreCutInTheirMiddle(t *testing.T) {
	table := widget.Table{
		Columns: []widget.Column{{Title: "model", Width: 12, CutMiddle: true}, {Title: "text", Width: 12}},
		Rows:    1, Cursor: -1, Row: func(int) []widget.Cell {
			return []widget.Cell{{Text: "bge-base-en-v1.5@768"}, {Text: "bge-base-en-v1.5@768"}}
		},
	}
	if drawn := ansi.Strip(strings.Join(table.Draw(30, 3), "\n")); !strings.Contains(drawn, "bge-ba…5@768  bge-base-en…") {
		t.Errorf("drawn is\n%s", drawn)
	}
}

func TestTightColumnsStandOneColumnApart(t *testing.T) {
	table := widget.Table{Columns: []widget.Column{{Title: "one", Width: 3}, {Title: "two", Width: 3, Tight: true}, {Title: "six", Width: 3}}}
	if header := strings.TrimRight(ansi.Strip(table.Draw(20, 2)[0]), " "); header != "one two  six" {
		t.Errorf("the header is %q", header)
	}
	g := table.Fit(20, 2)
	for x, want := range map[int]int{0: 0, 3: 0, 4: 1, 8: 1, 9: 2} {
		if column, _ := g.ColumnAt(x); column != want {
			t.Errorf("at %d lies column %d, want %d", x, column, want)
		}
	}
	if got := len(table.Fit(12, 2).Places); got != 3 {
		t.Errorf("%d columns have room in 12, want 3", got)
	}
}
