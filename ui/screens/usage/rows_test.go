package usage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// The sums stand over what they are of, what cost most first, and are inexact where anything is.
func TestASectionHasItsProvidersAndTheirModelsByCost(t *testing.T) {
	spent := func(ref string, usd float64, estimated int) api.Tally {
		s := splitRef(ref)
		s.USD, s.Tokens, s.Estimated, s.Texts = usd, 10, estimated, 1
		return s
	}
	all := []api.Tally{spent("a/cheap", 0.25, 5), spent("b/dear", 3, 0), spent("a/dearer", 1, 0), spent("b/free", 0, 0), spent("a/also", 0.25, 0)}
	for words, want := range map[string][]string{
		"":         {"now $4.50 5 ≈", " b $3.00 2", "  dear $3.00 1", "  free $0.00 1", " a $1.50 3 ≈", "  dearer $1.00 1", "  also $0.25 1", "  cheap $0.25 1 ≈"},
		"a/":       {"now $1.50 3 ≈", " a $1.50 3 ≈", "  dearer $1.00 1", "  also $0.25 1", "  cheap $0.25 1 ≈"},
		"A/ DEAR":  {"now $1.00 1", " a $1.00 1", "  dearer $1.00 1"},
		"no words": {"now $0.00 0 empty filtered", " none has these words $0.00 0 empty filtered"},
	} {
		var got []string
		for _, r := range usageSection(usageKey{}, "now", all, words) {
			line := fmt.Sprintf("%s $%.2f %d", r.title, r.Spent.USD, r.Spent.Texts)
			for _, mark := range []struct {
				is   bool
				sign string
			}{{r.Inexact, " ≈"}, {r.empty, " empty"}, {r.filtered, " filtered"}} {
				if mark.is {
					line += mark.sign
				}
			}
			got = append(got, line)
		}
		if !slices.Equal(got, want) {
			t.Errorf("with the words %q there are\n%s\nwant\n%s", words, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	for _, c := range []struct {
		key   usageKey
		title string
	}{{usageKey{}, " nothing yet"}, {usageKey{allTime: true}, " no server yet"}} {
		rows := usageSection(c.key, "now", nil, "")
		if len(rows) != 2 || !rows[0].empty || rows[0].filtered || rows[1].title != c.title || rows[1].key.allTime != c.key.allTime {
			t.Errorf("of nothing there is %+v", rows)
		}
	}
}

// Of a row that is gone the cursor stays where it was, as far as there are rows; the details
// are those of the row under it.
func TestTheCursorOfUsageStaysWhereItsRowWas(t *testing.T) {
	a := usageSample(t, ui.Size{W: 80, H: 40})
	u := a.Screen(ID).(*Screen)
	list := u.rows()
	for _, c := range []struct{ cursor, rows, want int }{{3, len(list), 3}, {len(list) - 1, len(list), len(list) - 1}, {5, 4, 3}, {0, 4, 0}} {
		u.selected, u.list.Cursor = usageKey{provider: "gone"}, c.cursor
		if got := u.at(list[:c.rows]); got != c.want {
			t.Errorf("from row %d of %d it goes to %d, want %d", c.cursor, c.rows, got, c.want)
		}
	}
	for i, r := range list {
		u.selected, u.list.Cursor = r.key, 0 // rows change their order while something is spent
		if got := u.at(list); got != i {
			t.Errorf("the cursor on row %d is on row %d", i, got)
		}
	}
	u.selected, u.list.Cursor = list[2].key, 0
	u.openDetails()
	box, ok := a.Top().(*widget.Reader)
	if !ok || uitest.Flat(box.Write(70, a.Theme)[0]) != list[2].name() || list[2].name() == list[0].name() {
		t.Errorf("of %s the details are opened in %+v", list[2].name(), a.Top())
	}
}
