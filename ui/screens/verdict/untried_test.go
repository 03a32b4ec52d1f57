package verdict

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// marked is the explorer over the shop's texts with two marks, on Verdict.
func marked(t *testing.T, o shell.Options) *shell.App {
	t.Helper()
	a := settled(t, 120, 30, o)
	uitest.Settle(t, a, a.Session.Labels().Mark(0, 1, labels.Same), a.Session.Labels().Mark(0, 2, labels.Different))
	uitest.Press(t, a, "5")
	return a
}

func TestAModelThatFailedIsNamed(t *testing.T) {
	shop := uitest.NewShop()
	shop.Fails = map[string]error{"bad": &api.ServerError{Provider: "shop", Status: 402, Message: "no credit"}}
	a := marked(t, uitest.ShopOptions(t, shop, uitest.Use, "shop/bad@4"))
	wantSaid(t, a, "Not tried, for it costs money: bad@4. E ")
	uitest.Press(t, a, "E", "p", "5")
	wantSaid(t, a, "Not tried, for it failed: bad@4; ! tells why.")
	if said := uitest.Plain(a); strings.Contains(said, "costs money") {
		t.Error(said)
	}
}

func TestAModelWithoutAKeyHasNotFailed(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), uitest.Use, "shop/good@4")
	o.Engine.HasKey = func(string) bool { return false }
	wantSaid(t, marked(t, o), "Not tried, for it cannot be asked: good@4; ! tells why.")
}

// Rows of one model differ in their dimensions, which stand at the end of the name, those of
// one family in a word before them.
func TestLongNamesKeepWhatTellsThemApart(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), "shop/text-embedding-3-small@4", "shop/text-embedding-3-large@4")
	var family []api.Model
	for _, id := range []string{"text-embedding-3-small", "text-embedding-3-large"} {
		m, _ := o.Engine.Catalog.Find("shop/good")
		m.ID, m.Name = id, id
		family = append(family, m)
	}
	o.Engine.Catalog = catalog.New(o.Engine.Catalog.Models(), family)
	a := settled(t, 120, 30, o)
	uitest.Press(t, a, "E", "p", "5")
	s := a.Screen(ID).(*Screen)
	for w, want := range map[int]string{54: "large@4 ", 80: "agreement with text-embedding-3-small@4 "} {
		if drawn := uitest.Flat(strings.Join(s.agreement(w, mostChanged), "\n")); !strings.Contains(drawn, want) {
			t.Errorf("in %d columns the agreement lacks %q:\n%s", w, want, drawn)
		}
	}
	uitest.Settle(t, a, a.Session.Labels().Mark(0, 1, labels.Same), a.Session.Labels().Mark(0, 2, labels.Different))
	drawn := uitest.Flat(strings.Join(s.table(ui.Rect{W: 40, H: 10}).Draw(40, 10), "\n"))
	for _, want := range []string{"small@4 ", "large@4 "} {
		if !strings.Contains(drawn, want) {
			t.Errorf("a name has lost %q:\n%s", want, drawn)
		}
	}
}

func TestAModelThatFailedAtTheQueriesIsNamed(t *testing.T) {
	shop := uitest.NewShop()
	a := settled(t, 120, 30, uitest.ShopOptions(t, shop, uitest.Use, "shop/good@4"))
	uitest.Press(t, a, "E", "p", "5")
	queries, err := labels.ReadQueries(strings.NewReader("query,relevant\nwhich is first?,1\nthe last?,3\n"), "asked.csv", corpus.FormatCSV)
	if err != nil {
		t.Fatal(err)
	}
	uitest.Settle(t, a, a.Session.Labels().Open(labels.Labels{Queries: queries}, "asked.csv"))
	shop.Fails = map[string]error{"good": &api.ServerError{Provider: "shop", Status: 402, Message: "no credit"}}
	uitest.Press(t, a, "E", "p", "j")
	wantSaid(t, a, "Not tried, for it failed at the queries: good@4; enter on its row tells why.", "failed")
}

func TestAModelOfUnknownPriceIsNotSaidToCostMoney(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), uitest.Use, "shop/good@4")
	m, err := o.Engine.Catalog.Find("shop/good")
	if err != nil {
		t.Fatal(err)
	}
	m.Price = nil
	o.Engine.Catalog.Replace("shop", []api.Model{m})
	a := marked(t, o)
	wantSaid(t, a, "Not tried, for its price is unknown: good@4. E embeds what is missing once you agree.")
}

func TestAServerThatIsAwayIsNotOfferedForPayment(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop(), uitest.Use, "shop/good@4")
	o.Servers = []string{"shop"}
	o.Refresh = func(context.Context, string) (string, error) {
		return "", &api.ServerError{Provider: "shop", Message: "nothing answers"}
	}
	a := marked(t, o)
	uitest.Settle(t, a, a.Session.Lists().Begin())
	wantSaid(t, a, "Not tried, for its server cannot be reached: good@4.")
	if said := uitest.Plain(a); strings.Contains(said, "costs money") {
		t.Error(said)
	}
}

func TestWhileModelsAreAtWorkItDoesNotSayThatThereAreNoLabels(t *testing.T) {
	shop := uitest.NewShop()
	o := uitest.ShopOptions(t, shop, "shop/good@4")
	o.Texts = []corpus.Text{{Text: "one", Group: "a"}, {Text: "a second text", Group: "a"}, {Text: "and the third", Group: "b"}}
	uitest.WhileAsked(t, shop, settled(t, 80, 24, o), func(a *shell.App) {
		uitest.Press(t, a, "5")
		wantSaid(t, a, "The verdict follows when the models have their vectors.")
	})
}

func TestPairsThatAllSayTheSameSayWhyThereIsNoVerdict(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), "local/glove@100"))
	uitest.Settle(t, a, a.Session.Labels().Mark(0, 1, labels.Same), a.Session.Labels().Mark(0, 2, labels.Same))
	uitest.Press(t, a, "5")
	wantSaid(t, a, "all 2 say same, so nothing is to be told apart; mark pairs that say otherwise too")
	uitest.Press(t, a, "enter")
	uitest.WantNotice(t, a, "marks: all 2 say same, so nothing is to be told apart; mark pairs that say otherwise too")
}

func TestACutThatStandsForAModelIsShownWithoutTheCuts(t *testing.T) {
	a := settled(t, 120, 40, withSet(t, "polysemy"))
	uitest.Settle(t, a, a.Session.Verdict().SetLimits(evaluate.Limits{Dimensions: 200}))
	uitest.Press(t, a, "5", "v")
	wantSaid(t, a, "use-lite@512 is cut to 128 for your limits.", "✂ use-lite@128")
	if said := uitest.Plain(a); strings.Contains(said, "✂ use-lite@64") {
		t.Errorf("other cuts are shown:\n%s", said)
	}
	uitest.Press(t, a, "v")
	if line := uitest.LineWith(t, a, "✂ use-lite@256"); !strings.Contains(line, "limits") {
		t.Errorf("a cut beyond the limits stands as %q", line)
	}
}

func TestOneTextMakesNoVerdict(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("a text alone"), uitest.Use, uitest.Glove))
	uitest.Press(t, a, "5")
	wantSaid(t, a, "One text makes no verdict: on Texts a adds another")
	if said := uitest.Plain(a); strings.Contains(said, "agreement") {
		t.Error(said)
	}
}

func TestOneTextThatFailedIsOne(t *testing.T) {
	texts := []corpus.Text{{Text: "a cat purrs", Group: "cats"}, {Text: "the cat purrs", Group: "cats"}, {Text: "stocks fell down", Group: "money"}, {Text: "stocks fell far down", Group: "money"}, {Text: "all the stocks fell", Group: "cats"}}
	a := settled(t, 120, 40, uitest.OptionsWith(t, texts, "local/ngrams@4096"))
	uitest.Press(t, a, "5", "enter")
	uitest.WantShown(t, a, "1 text whose nearest text is of another group")
}

// What the person stopped has not failed, and is not named among what is not tried.
func TestAModelThatWasStoppedHasNotFailed(t *testing.T) {
	a := marked(t, uitest.ShopOptions(t, uitest.NewShop(), uitest.Use))
	m, err := a.Session.Find("local/glove")
	if err != nil {
		t.Fatal(err)
	}
	a.Session.ToggleModel(m) // and before it begins
	a.Session.Stop()
	if c := uitest.CandidateIn(t, a, uitest.Glove); c.Phase != session.PhaseFailed || !errors.Is(c.Err, session.ErrStopped) {
		t.Fatalf("the model is in phase %d, with %v", c.Phase, c.Err)
	}
	if said := a.Screen(ID).(*Screen).missing(); len(said) != 0 {
		t.Errorf("it is said %q", said)
	}
}

// Models of which only some texts wait for the person's word have been tried: nothing sends
// the person to others.
func TestAModelOfWhichTextsAreNotPaidForIsTriedInPart(t *testing.T) {
	shop := uitest.NewShop()
	o := uitest.ShopOptions(t, shop, uitest.Use, "shop/good@4", "shop/bad@4")
	var texts []corpus.Text
	for i := range 24 {
		texts = append(texts, corpus.Text{Text: strings.Repeat("x", i) + " and a word", Group: string(rune('a' + i%2))})
	}
	for i, text := range texts {
		shop.Knows["good"+text.Text], shop.Knows["bad"+text.Text] = i > 5, i > 0
	}
	o.Texts = texts
	a := settled(t, 120, 30, o)
	uitest.Press(t, a, "5")
	wantSaid(t, a, "Tried in part, for the rest costs money: good@4, bad@4. E embeds what is missing: 7 texts, ")
	if said := uitest.Flat(uitest.Plain(a)); strings.Contains(said, "Not tried") || strings.Contains(said, "try a model that reads") {
		t.Error(said)
	}
}

// What keeps several models from being tried is said of several.
func TestWhyModelsAreNotTriedIsSaidInTheirNumber(t *testing.T) {
	for want, u := range map[string]untried{
		"Not tried, for it costs money: a. E embeds it.":       {how: notTried, why: [2]string{"it costs money", "they cost money"}, names: []string{"a"}, advice: ". E embeds it."},
		"Not tried, for they cost money: a, b. E embeds them.": {how: notTried, why: [2]string{"it costs money", "they cost money"}, names: []string{"a", "b"}, advice: ". E embeds them."},
		"Tried in part, for the rest costs money: a, b, c.":    {how: triedInPart, why: [2]string{restCosts, restCosts}, names: []string{"a", "b", "c"}, advice: "."},
	} {
		if got := u.sentence(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	o := uitest.ShopOptions(t, uitest.NewShop(), uitest.Use, "shop/good@4", "shop/bad@4")
	wantSaid(t, marked(t, o), "Not tried, for they cost money: good@4, bad@4. E ")
}
