package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/uitest"
)

// Equal rows stand as the catalog has them, whichever way the column goes; what does not look
// like an embedding model stands last, and what is unknown before that.
func TestEqualRowsStandAsInTheCatalogBothWays(t *testing.T) {
	price := func(usd float64) *float64 { return &usd }
	models := []api.Model{
		{Provider: "odd", ID: "c", Kind: api.KindEmbedding, Dimensions: 8, Price: price(1), MaxTokens: 10},
		{Provider: "odd", ID: "unlikely", Kind: api.KindEmbedding, Dimensions: 1, Price: price(0.5), MaxTokens: 1, Unlikely: true},
		{Provider: "odd", ID: "a", Kind: api.KindEmbedding, Dimensions: 8, Price: price(1), MaxTokens: 10},
		{Provider: "odd", ID: "unknown", Kind: api.KindEmbedding},
		{Provider: "odd", ID: "b", Kind: api.KindEmbedding, Dimensions: 4, Price: price(2), MaxTokens: 20},
	}
	o := uitest.LocalOptions(t)
	o.Engine.Catalog = catalog.New(models)
	o.State = config.State{Version: 1, Threshold: 0.95, Screen: ID, Texts: []config.Text{{Text: "one"}}}
	a := settled(t, 120, 40, o)
	s := a.Screen(ID).(*Screen)
	first := shownModels(s)
	if !slices.Equal(first, []string{"c", "a", "unknown", "b", "unlikely"}) {
		t.Fatalf("unsorted they stand %v", first)
	}
	for _, c := range []struct {
		column   catalogColumn
		up, down string
	}{
		{columnPrice, "c a b unknown unlikely", "b c a unknown unlikely"}, {columnCost, "c a b unknown unlikely", "b c a unknown unlikely"},
		{columnDimensions, "b c a unknown unlikely", "c a b unknown unlikely"}, {columnMaxTokens, "c a b unknown unlikely", "b c a unknown unlikely"},
		{columnModel, "a b c unknown unlikely", "unknown c b a unlikely"}, {columnProvider, "c a unknown b unlikely", "c a unknown b unlikely"},
		{columnLanguages, "c a unknown b unlikely", "c a unknown b unlikely"},
	} {
		s.sortBy(c.column)
		up := strings.Join(shownModels(s), " ")
		uitest.Press(t, a, "S")
		if down := strings.Join(shownModels(s), " "); up != c.up || down != c.down {
			t.Errorf("by %s they stand %s and %s, want %s and %s", columnWords[c.column][0], up, down, c.up, c.down)
		}
	}
}

// Chosen models stand in the order in which they were chosen.
func TestChosenModelsStandInTheirOrder(t *testing.T) {
	_, s := catalogApp(t, 120, 40, "local/ngrams@64", "local/use-lite@512", "local/ngrams@128", "local/glove@100")
	s.sortBy(columnChosen)
	if got := shownModels(s)[:4]; !slices.Equal(got, []string{"ngrams", "use-lite", "glove", got[3]}) {
		t.Errorf("they stand %v", got)
	}
	for i, want := range []string{"●2", "●", "●", ""} {
		r := s.rows()[i]
		pen := ""
		if want != "" {
			pen = s.Theme.Candidate([]int{0, 1, 3}[i])
		}
		if got := s.cells(r, 30, true, false)[columnChosen]; got.Text != want || got.Pen != pen {
			t.Errorf("%s is marked %+v, want %q in %q", r.model.Ref(), got, want, pen)
		}
	}
	s.reverse = true
	if got := shownModels(s)[:3]; !slices.Equal(got, []string{"glove", "use-lite", "ngrams"}) {
		t.Errorf("the other way they stand %v", got)
	}
}

// Every cell of a row is that of its own column.
func TestTheCellsOfARowAreItsFacts(t *testing.T) {
	m := api.Model{Provider: "prov", ID: "the-model", Kind: api.KindEmbedding, Dimensions: 300, NativeDimensions: 300, MaxTokens: 4096, Languages: "German", Use: "search"}
	_, s := catalogApp(t, 200, 60)
	r := catalogRow{model: m, measured: measured{score: 0.625, scored: true, bytes: 1200, latency: 40_000_000}}
	cells := s.cells(r, 30, true, false)
	for column, want := range map[catalogColumn]string{columnModel: "the-model", columnProvider: "prov", columnDimensions: "300, fewer cut here", columnMaxTokens: "4,096",
		columnScore: "0.625", columnLatency: "40 ms", columnBytes: "1,200", columnLanguages: "German · search", columnChosen: ""} {
		if got := cells[column].Text; got != want {
			t.Errorf("under %q stands %q, want %q", columnWords[column][0], got, want)
		}
	}
	if got := s.cells(r, 30, true, true)[columnModel].Text; got != "prov/the-model" {
		t.Errorf("with its provider it is called %q", got)
	}
}

func TestEscLeavesOneThingOfTheListAfterTheOther(t *testing.T) {
	a, s := catalogApp(t, 120, 40)
	uitest.Press(t, a, "w", "g", "e", "r", "m", "a", "n", "enter", "/", "b", "g", "e", "enter", "enter", "/")
	s.reading = true
	for step, want := range [][4]bool{{false, true, false, true}, {false, false, false, true}, {false, false, false, false}} {
		uitest.Press(t, a, "esc")
		if got := [4]bool{s.editing, s.reading, s.query != "", s.use != nil}; got != want {
			t.Fatalf("after esc %d filter, details, words and guide are %v, want %v", step+1, got, want)
		}
	}
	if s.Back() {
		t.Error("there is something to leave")
	}
	uitest.Press(t, a, "/", "b", "g", "e", "enter", "enter", "esc")
	if s.reading || s.query != "bge" {
		t.Errorf("from the details esc leads to the words %q, read %v", s.query, s.reading)
	}
}

func TestMouseOnTheListOfModels(t *testing.T) {
	a, s := catalogApp(t, 200, 60)
	l := s.layout(a.Body)
	x := func(title string) int {
		header := strings.Split(uitest.Plain(a), "\n")[1+l.list.Y]
		return len([]rune(header[:strings.Index(header, title)])) + 1
	}
	for _, step := range []struct {
		title   string
		column  catalogColumn
		reverse bool
	}{{"model", columnModel, false}, {"model", columnModel, true}, {"model", columnModel, false}, {"dimensions", columnDimensions, false}} {
		uitest.Send(t, a, uitest.Click(x(step.title), 1+l.list.Y))
		if s.sort != step.column || s.reverse != step.reverse {
			t.Errorf("a click on %q sorts by %q, reversed %v", step.title, columnWords[s.sort][0], s.reverse)
		}
	}
	s.sortBy(columnNone)
	uitest.Send(t, a, uitest.Click(x("model"), 1+l.list.Y+3))
	if got := shownModels(s)[2]; !strings.HasSuffix(s.selected, got) || len(a.Session.Candidates()) != 0 {
		t.Errorf("a click on the third row leads to %s and selects %v", s.selected, a.Session.Candidates())
	}
	uitest.Send(t, a, uitest.Click(l.list.X+1, 1+l.list.Y+2))
	if ids := a.Session.Candidates(); len(ids) != 1 || ids[0].Model != "local/"+shownModels(s)[1] {
		t.Errorf("a click on the mark of the second row selects %v", ids)
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: l.list.X + 5, Y: 1 + l.list.Y + 3, Button: tea.MouseWheelDown})
	if got := shownModels(s)[2]; !strings.HasSuffix(s.selected, got) {
		t.Errorf("the wheel leads to %s, want %s", s.selected, got)
	}
	uitest.Send(t, a, uitest.Click(10, 1))
	if !s.editing {
		t.Error("a click on the line above begins no filter")
	}
	uitest.Press(t, a, "esc")
	uitest.Send(t, a, uitest.Click(l.details.X+1, 1+l.details.Y+1))
	if !s.reading || s.selected == "" {
		t.Errorf("a click on the details leaves them unread")
	}
}

// Every key of the details and of the list moves its own part, and a page is what is in sight.
func TestMovingStartsTheDetailsOfAnotherModelAnew(t *testing.T) {
	a, s := catalogApp(t, 110, 15)
	uitest.Press(t, a, "tab", "down", "down")
	if s.detailTop != 2 {
		t.Fatalf("the details begin at line %d", s.detailTop+1)
	}
	selected := s.selected
	uitest.Press(t, a, "tab", "down")
	if s.detailTop != 0 || s.selected == selected || s.reading {
		t.Errorf("of %s the details begin at line %d, read %v", s.selected, s.detailTop+1, s.reading)
	}
	uitest.Press(t, a, "g", "pgdown")
	_, at, _ := s.current(s.rows())
	if at != s.Page() || at < 2 {
		t.Errorf("a page of %d leads to row %d", s.Page(), at+1)
	}
}

// What was typed into the box is taken for the model under the cursor alone.
func TestDimensionsAreThoseOfTheModelUnderTheCursor(t *testing.T) {
	a, s := catalogApp(t, 120, 40, "local/use-lite@512")
	goTo(t, s, "local/glove")
	uitest.Press(t, a, "D")
	uitest.WantShown(t, a, "Dimensions of glove", "or type any number from 1 to 100")
	uitest.Press(t, a, "5", "0", "enter")
	uitest.WantNotice(t, a, "Selected: local/glove@50")
	uitest.Press(t, a, "esc", "esc")
	var ids []string
	for _, c := range a.Session.Candidates() {
		ids = append(ids, c.ID())
	}
	if got := fmt.Sprint(ids); got != "[local/use-lite@512 local/glove@50]" {
		t.Errorf("selected are %s", got)
	}
	if got := s.Status(); !strings.HasPrefix(got, "selected at 50 dimensions · local/glove") {
		t.Errorf("the status is %q", got)
	}
}
