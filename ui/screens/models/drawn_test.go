package models

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"charm.land/bubbles/v2/textinput"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// offering is the explorer with these models alone.
func offering(t *testing.T, w int, models []api.Model, candidates ...string) (*shell.App, *Screen) {
	t.Helper()
	o := uitest.OptionsWith(t, uitest.Texts("one text", "two"), candidates...)
	o.Engine.Catalog = catalog.New(models)
	o.State.Screen = ID
	a := settled(t, w, 30, o)
	return a, a.Screen(ID).(*Screen)
}

// The arrow points the way that the rows go: scores begin with the highest, all else with the lowest.
func TestTheArrowPointsTheWayRowsAreSorted(t *testing.T) {
	a := settled(t, 200, 60, uitest.OptionsWith(t, grouped, uitest.Use))
	s := a.Screen(ID).(*Screen)
	for _, c := range []struct {
		by      catalogColumn
		reverse bool
		want    widget.SortMark
	}{{columnModel, false, widget.SortUp}, {columnModel, true, widget.SortDown}, {columnScore, false, widget.SortDown}, {columnScore, true, widget.SortUp}} {
		s.sort, s.reverse = c.by, c.reverse
		for _, column := range s.columns(200) {
			want := c.want
			if column.of != c.by {
				want = widget.SortNone
			}
			if column.Sort != want {
				t.Errorf("by column %d, reversed %t, %q has the arrow %v, want %v", c.by, c.reverse, column.Title, column.Sort, want)
			}
		}
	}
}

func TestACostIsWrittenAsFarAsItIsKnown(t *testing.T) {
	price, free := 2., 0.
	m := api.Model{Provider: "p", ID: "m", Kind: api.KindEmbedding, Dimensions: 8, Price: &price}
	with := func(change func(m *api.Model)) api.Model {
		m := m
		change(&m)
		return m
	}
	for _, c := range []struct {
		m       api.Model
		tokens  int
		counted bool
		want    string
	}{
		{m, 1_000_000, true, "≈$2.00"}, {m, 0, false, "counting…"}, {m, 1_000_000, false, "counting…"}, {m, 0, true, "-"},
		{with(func(m *api.Model) { m.Price = nil }), 1_000_000, true, "-"}, {with(func(m *api.Model) { m.Price = &free }), 0, false, "free"},
		{with(func(m *api.Model) { m.Kind = api.KindReranker }), 1_000_000, true, "-"},
	} {
		if got := costCell(c.m, c.tokens, c.counted); got != c.want {
			t.Errorf("%d tokens, counted %t, of %+v cost %q, want %q", c.tokens, c.counted, c.m, got, c.want)
		}
	}
}

// A score names its dimensions where they are others than the model's own, and those are known.
func TestAScoreNamesDimensionsThatAreNotTheModelsOwn(t *testing.T) {
	a := settled(t, 200, 60, uitest.OptionsWith(t, grouped, "local/use-lite@64"))
	s := a.Screen(ID).(*Screen)
	for own, want := range map[int]int{512: 64, 64: 0, 0: 0} {
		rows := []catalogRow{{model: api.Model{Provider: "local", ID: "use-lite", Dimensions: own}}}
		if s.measure(rows); !rows[0].scored || rows[0].dimensions != want || rows[0].bytes != 4*64 {
			t.Errorf("of a model of %d dimensions: %+v", own, rows[0].measured)
		}
	}
}

// A chart has the models with a score and a price.
func TestOnlyWhatHasAPriceIsInTheChart(t *testing.T) {
	a := settled(t, 200, 60, uitest.OptionsWith(t, grouped, uitest.Use, uitest.Glove))
	s := a.Screen(ID).(*Screen)
	if got := len(s.scored()); got != 2 {
		t.Fatalf("%d models are in the chart", got)
	}
	interval := func() bool { return strings.Contains(strings.Join(s.chartLines(ui.Size{W: 60, H: 30}), "\n"), " … ") }
	if a.Session.Verdict().Findings() != nil || interval() {
		t.Error("a score has an interval before one is known")
	}
	if uitest.Press(t, a, "1"); !interval() {
		t.Error("no score has an interval")
	}
	a.Session.Ready()[1].Row.Price = nil
	if got := s.scored(); len(got) != 1 || got[0].ID() != uitest.Use {
		t.Errorf("in the chart are %+v", got)
	}
	if lines := s.followsLines(400); len(lines) != 1 || !strings.HasPrefix(lines[0], "Verdict: ") {
		t.Errorf("what follows is %q", lines)
	}
	without, _ := offering(t, 200, nil)
	if lines := without.Screen(ID).(*Screen).followsLines(400); lines != nil {
		t.Errorf("without findings it follows %q", lines)
	}
}

// Prefixes are told in every role where one of them is sent or was edited.
func TestPrefixesAreToldWhereTheyAreSentOrEdited(t *testing.T) {
	asks := api.Model{Provider: "p", ID: "asks", Kind: api.KindEmbedding, Dimensions: 8, Source: api.SourceLive, Roles: api.Roles{Query: api.Manner{Prefix: "q: "}}}
	plain := api.Model{Provider: "p", ID: "plain", Kind: api.KindEmbedding, Dimensions: 8, Source: api.SourceLive}
	a, s := offering(t, 200, []api.Model{asks, plain})
	told := func(m api.Model) string {
		d := &widget.DetailText{W: 150, Theme: a.Theme}
		s.detailRoles(d, m)
		return uitest.Flat(strings.Join(d.Lines, "\n"))
	}
	for _, c := range []struct {
		m     api.Model
		roles api.Roles
		want  string
	}{
		{plain, api.Roles{}, "query prefix none, nor any before texts: what it wants is not known"},
		{asks, asks.Roles, "query prefix “q:␣” before queries documents none compared none"},
		{asks, api.Roles{}, "query prefix none edited (e); the catalog's own: “q:␣” documents none compared none"},
		{plain, api.Roles{Document: api.Manner{Prefix: "d"}}, "query prefix none documents “d” before texts that are searched edited (e); the catalog's own: none compared none"},
	} {
		uitest.Settle(t, a, a.Session.SetRoles(c.m, c.roles))
		if got := told(c.m); got != c.want {
			t.Errorf("of %s with %+v it is said %q, want %q", c.m.ID, c.roles, got, c.want)
		}
	}
}

// A model that is not trained for it loses quality where fewer dimensions are cut here, and there alone.
func TestOnlyWhatIsCutHereMayLoseQuality(t *testing.T) {
	for want, m := range map[bool]api.Model{
		true:  {Provider: "p", ID: "m", Kind: api.KindEmbedding, Dimensions: 8, Source: api.SourceLive},
		false: {Provider: "local", ID: "x", Kind: api.KindEmbedding, Dimensions: 8, Source: api.SourceBinary, SupportsDimensions: true},
	} {
		if _, derived := pipeline.SourceOf(m, api.Candidate{Model: m.Ref(), Dimensions: 7}); derived != want {
			t.Fatalf("%s is cut here: %t", m.ID, derived)
		}
		trained := m
		trained.Matryoshka = "4..8"
		if untrainedCut(m) != want || untrainedCut(trained) {
			t.Errorf("%s may lose quality: %t, when trained %t", m.ID, untrainedCut(m), untrainedCut(trained))
		}
	}
}

func TestModelsStandWithoutTheirProviderBesideTheColumnOfProviders(t *testing.T) {
	s := settled(t, 200, 60, twinOptions(t)).Screen(ID).(*Screen)
	s.Filter("text-embedding-3-small")
	for w, want := range map[int]string{200: "text-embedding-3-small", 60: "own/text"} {
		z := ui.Size{W: w, H: 10}
		drawn := s.drawTable(s.table(s.rows(), z), s.rows(), z)
		named := slices.ContainsFunc(drawn[1:], func(l string) bool { return strings.HasPrefix(uitest.Flat(l), want) })
		both := slices.ContainsFunc(drawn[1:], func(l string) bool { return strings.Contains(uitest.Flat(l), "own/text") })
		if !named || both != (w < 100) {
			t.Errorf("in %d columns:\n%s", w, uitest.Flat(strings.Join(drawn, "\n")))
		}
	}
}

func TestTheQuestionThatNarrowsTheListIsMarkedAlone(t *testing.T) {
	_, s := offering(t, 100, nil)
	marked := func() (list []string) {
		for _, item := range s.guideItems() {
			if item.Marked {
				list = append(list, item.Label)
			}
		}
		return list
	}
	if len(marked()) != 0 {
		t.Errorf("marked are %q", marked())
	}
	for _, use := range catalog.Guide() {
		s.use = &use
		if got := marked(); !slices.Equal(got, []string{use.Question}) {
			t.Errorf("of %q marked are %q", use.Question, got)
		}
	}
}

// A state that a person has to do something about stands out.
func TestWhatWaitsForAPersonStandsOut(t *testing.T) {
	shop := uitest.NewShop()
	shop.Fails = map[string]error{"bad": errors.New("the server is on fire")}
	o := uitest.ShopOptions(t, shop, "shop/good@4", "shop/bad@4", uitest.Glove)
	o.State.Screen = ID
	a := settled(t, 120, 40, o)
	s := a.Screen(ID).(*Screen)
	pen := func(ref string) string {
		goTo(t, s, ref)
		row, _, _ := s.current(s.rows())
		d := &widget.DetailText{W: 100, Theme: a.Theme}
		s.detailState(d, row)
		for name, code := range map[string]string{"warn": string(a.Theme.Codes.Warn), "good": string(a.Theme.Codes.Good)} {
			if strings.HasPrefix(d.Lines[0], code) && strings.Contains(d.Lines[0], "● selected at") {
				return name
			}
		}
		return d.Lines[0]
	}
	for _, c := range [][2]string{{"shop/good", "warn"}, {"local/glove", "good"}} {
		if got := pen(c[0]); got != c[1] {
			t.Errorf("of %s it is drawn as %q", c[0], got)
		}
	}
	uitest.Press(t, a, "E", "p")
	for _, c := range [][2]string{{"shop/good", "good"}, {"shop/bad", "warn"}} {
		if got := pen(c[0]); got != c[1] {
			t.Errorf("after it was paid for, of %s it is drawn as %q", c[0], got)
		}
	}
	// The title of details tells when the keys scroll them.
	for _, s.reading = range []bool{false, true} {
		row, _, _ := s.current(s.rows())
		d := &widget.DetailText{W: 100, Theme: a.Theme}
		s.detailTitle(d, row)
		if got := strings.Contains(d.Lines[0], string(a.Theme.Codes.Selected)); got != s.reading || !strings.HasPrefix(d.Lines[0], string(a.Theme.Codes.Header)) {
			t.Errorf("while they are read, %t, the title is drawn as %q", s.reading, d.Lines[0])
		}
	}
}

func TestAModelIsSelectedAtItsOwnLength(t *testing.T) {
	a, s := offering(t, 120, []api.Model{{Provider: "local", ID: "m", Kind: api.KindEmbedding, Dimensions: 8, MaxDimensions: 16, SupportsDimensions: true, Source: api.SourceCached}})
	goTo(t, s, "local/m")
	s.choose()
	if got := session.CandidateIDs(s.Session.Candidates()); !slices.Equal(got, []string{"local/m@8"}) || !strings.Contains(a.Notice().Text, "Selected: local/m@8") {
		t.Errorf("selected are %v, and it is said %q", got, a.Notice().Text)
	}
}

// A key is hidden while it is typed; where the settings can keep it, that is said.
func TestAKeyIsHiddenWhileItIsTyped(t *testing.T) {
	for env, want := range map[string]string{
		"":         "Kept until the program ends, sent to shop only, and written nowhere.",
		"SHOP_KEY": "Kept until the program ends, sent to shop only, and written nowhere. For good: set SHOP_KEY.",
	} {
		o := uitest.LocalOptions(t)
		o.Engine.Catalog = catalog.New([]api.Model{{Provider: "shop", ID: "m", Kind: api.KindEmbedding, KeyEnv: env, Source: api.SourceCached}})
		o.Servers = []string{"shop"}
		o.SetKey = func(string, api.Secret) error { return nil }
		o.State.Screen = ID
		a := settled(t, 120, 30, o)
		s := a.Screen(ID).(*Screen)
		goTo(t, s, "shop/m")
		s.askKey()
		p := a.Top().(*widget.Prompt)
		p.Input.SetValue("secret-7")
		if drawn := uitest.Flat(uitest.Plain(a)); !strings.Contains(strings.ReplaceAll(drawn, " │ │ ", " "), want) && !strings.Contains(uitest.Flat(strings.Join(p.View(ui.Size{W: 110, H: 20}, a.Theme), " ")), want) {
			t.Errorf("it is said\n%s", drawn)
		}
		if drawn := uitest.Plain(a); p.Input.EchoMode != textinput.EchoPassword || strings.Contains(drawn, "secret") || !strings.Contains(drawn, "••••••••") {
			t.Errorf("the key is drawn as\n%s", drawn)
		}
	}
}

// A field with what is none shows it as it was typed, made safe.
func TestAFieldOfPrefixesIsDrawnSafely(t *testing.T) {
	e := rolesOf(t, "local/glove")
	e.inputs[1].SetValue("doc\\x\u202eb")
	if got := e.field(1, 60, e.Theme); strings.ContainsRune(got, '\u202e') || !strings.Contains(got, `doc\x`) {
		t.Errorf("it is drawn as %q", got)
	}
}

// What failed is said in as many words as have room, the other lists counted behind it.
func TestFailedListsAreSaidInFewerWordsWhereTheyMust(t *testing.T) {
	o := uitest.LocalOptions(t)
	o.Servers = []string{"nanogpt", "other"}
	o.Refresh = func(_ context.Context, p string) (string, error) {
		if p == "other" {
			return "", nil
		}
		return "", &api.ServerError{Provider: p, Message: "nothing answers"}
	}
	a := settled(t, 200, 30, o)
	s := a.Screen(ID).(*Screen)
	if full := s.listsInFull(); s.listsNeed(columnsOf(full)-1, 99) || s.listsText(columnsOf(full)-1) != "" {
		t.Errorf("nothing has failed, and %q needs room", full)
	}
	uitest.Settle(t, a, a.Session.Lists().Refresh("nanogpt"))
	full := s.listsInFull()
	const origin, brief = "nanogpt unreachable: built-in list, autumn 2026", "nanogpt unreachable"
	forms := []string{full, origin + " · +1 list", origin, brief + " · +1 list", brief}
	if !strings.HasPrefix(full, origin+" · other: ") {
		t.Fatalf("in full it is %q", full)
	}
	for i, form := range forms {
		if got := s.listsText(columnsOf(form)); got != form {
			t.Errorf("in %d columns it is said %q, want %q", columnsOf(form), got, form)
		}
		if i > 0 {
			if got := s.listsText(columnsOf(forms[i-1]) - 1); got != form {
				t.Errorf("in %d columns it is said %q, want %q", columnsOf(forms[i-1])-1, got, form)
			}
		}
	}
	if got := s.listsText(columnsOf(brief) - 1); got != "1 list not read: r" {
		t.Errorf("in %d columns it is said %q", columnsOf(brief)-1, got)
	}
	// The order of the rows gives way where the lists have room without it.
	n := columnsOf(full)
	for _, c := range []struct {
		room, more int
		want       bool
	}{{n, 9, false}, {n - 1, 9, true}, {n - 9, 9, true}, {n - 10, 9, false}} {
		if got := s.listsNeed(c.room, c.more); got != c.want {
			t.Errorf("with %d columns of %d and %d more they need those: %t", c.room, n, c.more, got)
		}
	}
	if s.query = "x"; s.listsNeed(n-1, 9) {
		t.Error("where a filter stands in their place they need room")
	}
}

// What scores are over is said of models that have one.
func TestWhatScoresAreOverIsSaidOfSelectedModels(t *testing.T) {
	partly := append(slices.Clone(grouped), corpus.Text{Text: "☃☃☃", Group: "refund"}) // which glove cannot read
	a := settled(t, 200, 60, uitest.OptionsWith(t, partly, uitest.Glove))
	s := a.Screen(ID).(*Screen)
	over, _ := labelling.Basis(a.Session)
	for ref, said := range map[string]bool{"local/glove": true, "local/use-lite": false} {
		goTo(t, s, ref)
		if got := strings.Contains(s.Status(), " · "+over); over == "" || got != said {
			t.Errorf("of %s the status says %q", ref, s.Status())
		}
	}
}
