package models

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// said are the details of a model in a width, as one line.
func said(s *Screen, m api.Model, w int) string {
	return uitest.Flat(strings.Join(s.details(catalogRow{model: m}, w), "\n"))
}

func TestDetailsSayWhatIsKnownOfPriceLengthAndPrefix(t *testing.T) {
	_, s := catalogApp(t, 100, 40)
	price := func(usd float64) *float64 { return &usd }
	base := api.Model{Provider: "nanogpt", ID: "m", Kind: api.KindEmbedding, Dimensions: 8, Source: api.SourceLive}
	with := func(change func(m *api.Model)) api.Model {
		m := base
		change(&m)
		return m
	}
	cost := s.costs()
	usd := 2.5 * float64(cost.tokens) / 1e6 / float64(cost.texts) * 1e6
	for _, c := range []struct {
		m           api.Model
		has, hasNot []string
	}{
		{base, []string{"price unknown", "3 texts: cost unknown", "fewer are cut here", "not trained for truncation"}, []string{"free", "≈"}},
		{with(func(m *api.Model) { m.Price = price(0) }), []string{"price free", "3 texts: free"}, []string{"it runs here"}},
		{with(func(m *api.Model) { m.Price = price(2.5) }), []string{"$2.50 per 1M tokens", fmt.Sprintf("a million texts like them: ≈$%.2f", usd), "counted with OpenAI's cl100k_base"}, []string{"free"}},
		{with(func(m *api.Model) { m.Dimensions, m.ListedDimensions = 8, 1024 }), []string{"the list says 1024; the vectors that came have 8, and they count"}, nil},
		{with(func(m *api.Model) { m.NativeDimensions = 16 }), []string{"documented 8, model card 16"}, nil},
		{with(func(m *api.Model) { m.Matryoshka = "2..8" }), []string{"trained to be cut to 2–8"}, []string{"not trained"}},
		{with(func(m *api.Model) { m.Roles.From = api.RolesUnknown }), []string{"what it wants is not known"}, nil},
		{with(func(m *api.Model) { m.Mark = api.MarkVanished }), []string{"no longer on the newest list"}, nil},
	} {
		text := said(s, c.m, 200)
		for _, want := range c.has {
			if !strings.Contains(text, want) {
				t.Errorf("%+v lacks %q:\n%s", c.m, want, text)
			}
		}
		for _, not := range c.hasNot {
			if strings.Contains(text, not) {
				t.Errorf("of %+v it is said %q:\n%s", c.m, not, text)
			}
		}
	}
	if text := said(s, api.Model{Provider: "local", ID: "x", Kind: api.KindEmbedding, Dimensions: 8, Price: price(0), Source: api.SourceBinary, SupportsDimensions: true}, 200); !strings.Contains(text, "it runs here") || !strings.Contains(text, "computed anew at any length from 1 to 8") {
		t.Errorf("of a model inside the program it is said\n%s", text)
	}
}

func TestDimensionsInShortAndInFull(t *testing.T) {
	for _, c := range []struct {
		m           api.Model
		short, full string
	}{
		{api.Model{Dimensions: 7, ListedDimensions: 1024}, "7≠1024", "7 (list says 1024)"},
		{api.Model{}, "-", "-"},
		{api.Model{Dimensions: 512}, "512 ✂", "512, fewer cut here"},
		{api.Model{Dimensions: 1536, SupportsDimensions: true}, "1536→1", "1536 → any 1–1536"},
	} {
		if short, full := dimensionsCell(c.m, true), dimensionsCell(c.m, false); short != c.short || full != c.full {
			t.Errorf("%+v is %q, %q, want %q, %q", c.m, short, full, c.short, c.full)
		}
	}
}

func TestAFailedModelSaysWhyInTheStatusLine(t *testing.T) {
	s := uitest.NewShop()
	s.Fails = map[string]error{"bad": errors.New("the server is on fire")}
	o := uitest.ShopOptions(t, s, "shop/bad@4")
	o.State.Screen = ID
	a := settled(t, 120, 30, o)
	uitest.Press(t, a, "E", "p")
	screen := a.Screen(ID).(*Screen)
	screen.Filter("shop/bad")
	if got := screen.Status(); !strings.HasPrefix(got, "the server is on fire") || !strings.Contains(got, " · selected at 4") {
		t.Errorf("the status line says %q", got)
	}
	uitest.Happen(t, a, uitest.Nothing)
	for raw := range strings.SplitSeq(a.Draw(), "\n") {
		if strings.Contains(raw, "● selected at 4") && !strings.Contains(raw, screen.Theme.Codes.Warn+"● selected at 4") {
			t.Errorf("that it failed is drawn as %q", raw)
		}
	}
}

func TestListsOfServersSayWhatFailedFirstAndHowOldTheyAre(t *testing.T) {
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	refused := &api.ServerError{Provider: "c", Status: 404}
	models := []api.Model{
		{Provider: "a", ID: "x", Source: api.SourceSnapshot, Mark: api.MarkVanished},
		{Provider: "a", ID: "y", Source: api.SourceConfig},
		{Provider: "d", ID: "gone", Source: api.SourceLive, Mark: api.MarkVanished, Listed: now},
	}
	got := listWords([]session.ServerList{{Server: "a"}, {Server: "b", Err: &api.ServerError{Provider: "b"}}, {Server: "c", Err: refused}, {Server: "d"}, {Server: "e", Err: errors.New("no")}}, models, now)
	want := []string{"b unreachable", "c gives no list (404)", "e was not asked for its list", "a: models from the settings", "d: no list yet"}
	if !slices.Equal(got, want) {
		t.Errorf("it is said %q, want %q", got, want)
	}
	for d, want := range map[time.Duration]string{59 * time.Second: "just now", 61 * time.Second: "1 min ago", 47 * time.Hour: "47 hours ago", 48 * time.Hour: "2 days ago", time.Hour: "1 hour ago"} {
		if got := ageText(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

func TestClicksSortReadAndFilter(t *testing.T) {
	a, s := catalogApp(t, 120, 30, "local/glove@100")
	uitest.ClickOn(t, a, "model   ")
	if s.sort != columnModel || s.reverse {
		t.Errorf("a click on the title sorts by %v, reversed %v", s.sort, s.reverse)
	}
	uitest.ClickOn(t, a, "model ▲")
	if !s.reverse {
		t.Error("a second click does not turn the order round")
	}
	uitest.ClickOn(t, a, "$/1M")
	if s.sort != columnPrice || s.reverse {
		t.Errorf("a click on another title sorts by %v, reversed %v", s.sort, s.reverse)
	}
	l := s.layout(a.Body)
	uitest.Send(t, a, uitest.Click(l.details.X+2, 1+l.details.Y+2))
	if !s.reading {
		t.Error("a click on the details does not read them")
	}
	x, y := uitest.PlaceOf(t, a, "use-lite")
	uitest.Send(t, a, uitest.Click(x, y))
	if s.reading || s.selected != "local/use-lite" {
		t.Errorf("a click on a model: reading %v, cursor on %s", s.reading, s.selected)
	}
	uitest.Send(t, a, uitest.Click(0, y))
	if !a.Session.Has("local/use-lite") {
		t.Error("a click on the mark does not select the model")
	}
	uitest.Send(t, a, uitest.Click(0, y))
	if a.Session.Has("local/use-lite") {
		t.Error("a second click does not remove it")
	}
	uitest.Send(t, a, tea.MouseWheelMsg{X: 3, Y: 8, Button: tea.MouseWheelDown})
	uitest.Send(t, a, uitest.Click(5, 1))
	if !s.editing {
		t.Error("a click on the line over the table begins no filter")
	}
}

func TestTheBoxOfDimensionsMarksAddsAndRefuses(t *testing.T) {
	a, s := catalogApp(t, 120, 40, "local/use-lite@512", "local/use-lite@256")
	s.Filter("local/use-lite")
	uitest.Press(t, a, "D")
	uitest.WantShown(t, a, "● 512", "● 256", "  128")
	uitest.Letters(t, a, "100")
	uitest.Press(t, a, "enter")
	if !slices.Contains(a.Session.Candidates(), api.Candidate{Model: "local/use-lite", Dimensions: 100}) || a.Top() == nil {
		t.Errorf("selected are %v", a.Session.Candidates())
	}
	uitest.WantShown(t, a, "● 100")
	uitest.Letters(t, a, "100")
	uitest.Press(t, a, "enter")
	uitest.WantNotice(t, a, "Removed: local/use-lite@100.")
	uitest.Letters(t, a, "9999")
	uitest.Press(t, a, "enter")
	if n := len(a.Session.Candidates()); n != 2 {
		t.Errorf("%d are selected", n)
	}
	uitest.Press(t, a, "esc") // what was typed goes
	for _, n := range []string{"64", "32", "16", "8", "128"} {
		uitest.Letters(t, a, n)
		uitest.Press(t, a, "enter")
	}
	if n := len(a.Session.Candidates()); n != session.MaxCandidates {
		t.Errorf("%d are selected", n)
	}
	uitest.Press(t, a, "esc")
	uitest.Letters(t, a, "64")
	uitest.Press(t, a, "enter")
	if n := len(a.Session.Candidates()); n != session.MaxCandidates-1 {
		t.Errorf("what is selected cannot be removed when there are six: %d", n)
	}
}

func TestTheEditorOfPrefixesGoesRoundAndTakesWhatWasTyped(t *testing.T) {
	a, s := catalogApp(t, 120, 30, "local/glove@100")
	s.Filter("local/glove")
	uitest.Press(t, a, "p")
	e, ok := a.Top().(*rolesEditor)
	if !ok {
		for _, act := range s.Actions() {
			if act.ID == "models.prefix" {
				uitest.Happen(t, a, func() tea.Cmd { return a.Perform(act) })
			}
		}
		if e, ok = a.Top().(*rolesEditor); !ok {
			t.Fatalf("no editor opens: %q", a.Notice().Text)
		}
	}
	uitest.Press(t, a, "tab", "tab", "tab")
	if e.at != 0 {
		t.Errorf("three steps lead to field %d", e.at+1)
	}
	uitest.ClickOn(t, a, "document")
	if e.at != 1 {
		t.Errorf("a click on the second field leads to %d", e.at+1)
	}
	uitest.Letters(t, a, `doc\x`)
	uitest.Press(t, a, "tab", "enter")
	if e.at != 1 || a.Top() != e {
		t.Errorf("with a prefix that is none the field %d is typed into, over all lies %T", e.at+1, a.Top())
	}
	uitest.Press(t, a, "backspace", "backspace", "enter")
	if got := a.Session.Roles(e.model).Document.Prefix; got != "doc" {
		t.Errorf("the prefix of documents is %q", got)
	}
	uitest.WantNotice(t, a, "glove: ")
	if strings.HasPrefix(a.Notice().Text, "The catalog's own") {
		t.Errorf("of an edited prefix it says %q", a.Notice().Text)
	}
}

func TestRowsAreDrawnWithWhatIsTheirs(t *testing.T) {
	price := 3.0
	models := []api.Model{
		{Provider: "one", ID: "same", Kind: api.KindEmbedding, Dimensions: 8, Price: &price},
		{Provider: "two", ID: "same", Kind: api.KindEmbedding, Dimensions: 8, Price: new(float64)},
		{Provider: "one", ID: "perhaps", Kind: api.KindEmbedding, Dimensions: 8, Price: &price, Unlikely: true},
	}
	o := uitest.OptionsWith(t, uitest.Texts("one text"), "local/glove@100", "two/same@8")
	o.Engine.Catalog = catalog.New(o.Engine.Catalog.Models(), models)
	o.State.Screen = ID
	a := settled(t, 50, 24, o)
	s := a.Screen(ID).(*Screen)
	s.Filter("same")
	uitest.Happen(t, a, uitest.Nothing)
	uitest.WantShown(t, a, "one/same", "two/same")
	for raw := range strings.SplitSeq(a.Draw(), "\n") {
		if strings.Contains(raw, "two/") || strings.Contains(uitest.Flat(raw), "two/same") {
			if !strings.Contains(raw, s.Theme.Candidate(1)+"●") {
				t.Errorf("the mark of the second model is drawn as %q", raw)
			}
		}
	}
	s.Filter("perhaps")
	uitest.Send(t, a, uitest.WindowSize(ui.Size{W: 100, H: 24}))
	drawn := s.drawTable(s.table(s.rows(), ui.Size{W: 98, H: 5}), s.rows(), ui.Size{W: 98, H: 5})
	if !strings.Contains(drawn[1], s.Theme.Codes.Dim) {
		t.Errorf("what may embed nothing is drawn as %q", drawn[1])
	}
}

func TestTheScrollFollowsTheCursor(t *testing.T) {
	a, s := catalogApp(t, 120, 12)
	uitest.Press(t, a, "G")
	rows := s.rows()
	last := rows[len(rows)-1].model
	uitest.LineWith(t, a, last.ID[:min(len(last.ID), 12)], last.Provider)
	if s.list.Top == 0 || s.Page() < 2 {
		t.Errorf("the first row in sight is %d, a page %d rows", s.list.Top, s.Page())
	}
	uitest.Press(t, a, "enter", "G")
	top := s.detailTop
	uitest.Press(t, a, "down")
	if s.detailTop != top {
		t.Errorf("behind the last line the details go on from line %d to %d", top, s.detailTop)
	}
	uitest.Press(t, a, "esc", "up")
	if s.detailTop != 0 {
		t.Errorf("the details of another model begin at line %d", s.detailTop+1)
	}
}

func TestOfModelsOfOneScoreTheShorterVectorsCount(t *testing.T) {
	a, s := catalogApp(t, 160, 40, "local/use-lite@512", "local/use-lite@64")
	a.Session.Labels().Mark(0, 1, "same")
	uitest.Settle(t, a, a.Session.Labels().Mark(0, 2, "different"))
	uitest.Happen(t, a, uitest.Nothing)
	rows := s.rows()
	at := slices.IndexFunc(rows, func(r catalogRow) bool { return r.model.Ref() == "local/use-lite" })
	full, _ := s.scoreOf("local/use-lite@512")
	short, ok := s.scoreOf("local/use-lite@64")
	want := 512
	if ok && short >= full {
		want = 64
	}
	if r := rows[at]; r.bytes != 4*want || (r.dimensions == 64) != (want == 64) {
		t.Errorf("scores %v and %v: %d bytes, dimensions %d", full, short, r.bytes, r.dimensions)
	}
	if !strings.Contains(uitest.Plain(a), "candidate") && rows[at].first != 0 {
		t.Errorf("the first of its candidates is number %d", rows[at].first)
	}
}

// A model that was stopped has not failed.
func TestAModelThatWasStoppedIsSelected(t *testing.T) {
	shop := uitest.NewShop()
	o := uitest.ShopOptions(t, shop, "shop/good@4")
	o.State.Screen = ID
	a := settled(t, 120, 30, o)
	shop.After, shop.Meanwhile = 1, func() { uitest.Press(t, a, "esc", "y") }
	uitest.Press(t, a, "E", "p")
	s := a.Screen(ID).(*Screen)
	s.Filter("shop/good")
	if got, c := s.Status(), uitest.CandidateIn(t, a, "shop/good@4"); got != "selected at 4 dimensions · shop/good" || !errors.Is(c.Err, session.ErrStopped) {
		t.Errorf("of a model that has the error %v the status line says %q", c.Err, got)
	}
}
