package candidate_test

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/models"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

// shopping is the explorer with models of a shop in which some fail.
func shopping(t *testing.T, s *uitest.Shop, candidates ...string) *shell.App {
	t.Helper()
	return uitest.Settled(t, 100, 30, uitest.ShopOptions(t, s, candidates...), []func(*ui.Context) ui.Screen{models.New, matrices.New})
}

// Problems are told of the model in focus first and then round, of those that have one;
// what the program itself has warned of stands last under one heading.
func TestProblemsAreToldOfTheModelInFocusFirst(t *testing.T) {
	s := uitest.NewShop()
	s.Fails = map[string]error{"bad": &api.ServerError{Provider: "shop", Status: 402, Message: "no credit", RequestID: "req-1"}}
	a := shopping(t, s, "shop/bad@4", "local/ngrams@64", "shop/good@4", "local/glove@100")
	const unpaid = "not embedded yet: E shows its cost"
	if why := candidate.NothingInTheWay(a.Session); why != "" {
		t.Errorf("nothing is said to be in the way: %s", why)
	}
	if keys := candidate.RetryKeys(a.Session); len(keys) != 0 {
		t.Errorf("what was not tried is asked again by %v", keys)
	}
	uitest.Press(t, a, "E", "p")
	refused := a.Session.States()[0].Err.Error()
	a.Session.Warn("the cache\x1b[1m cannot be written", "the log neither")
	warned := [][2]string{{"Besides", "the cache cannot be written"}, {"", "the log neither"}}
	for focus := range 4 {
		a.Session.SetFocus(focus)
		if got, want := candidate.Problems(a.Session), append([][2]string{{"shop/bad@4", refused}}, warned...); !reflect.DeepEqual(got, want) {
			t.Errorf("with %d in focus: %q, want %q", focus, got, want)
		}
		want := ""
		if focus == 0 {
			want = "▸bad@4: " + refused
		}
		if got := candidate.FocusProblem(a.Session, 200); got != want {
			t.Errorf("with %d in focus it is said %q, want %q", focus, got, want)
		}
	}
	if got := slices.Collect(maps.Keys(candidate.RetryKeys(a.Session))); !slices.Equal(got, []string{"E"}) {
		t.Errorf("it is asked again by %v", got)
	}
	a.Session.SetFocus(0)
	whole := candidate.FocusProblem(a.Session, 200)
	for w := 30; w <= term.Width(whole); w++ {
		got := candidate.FocusProblem(a.Session, w)
		if cut := w < term.Width(whole); term.Width(got) > w || strings.HasSuffix(got, " · ! in full") != cut || cut && !strings.Contains(got, "req-1]") || !strings.HasPrefix(got, "▸bad@4: ") {
			t.Errorf("in %d columns it is said %q", w, got)
		}
	}
	// Two that wait are told of from the one in focus on, round the end.
	a = shopping(t, uitest.NewShop(), "shop/bad@4", "local/ngrams@64", "shop/good@4")
	for focus, first := range []string{"shop/bad@4", "shop/good@4", "shop/good@4"} {
		a.Session.SetFocus(focus)
		got := candidate.Problems(a.Session)
		if len(got) != 2 || got[0] != [2]string{first, unpaid} || got[1][1] != unpaid || got[1][0] == first {
			t.Errorf("with %d in focus: %q", focus, got)
		}
	}
	a = shopping(t, uitest.NewShop(), "local/ngrams@64")
	if why := candidate.NothingInTheWay(a.Session); why != "no model has an error" {
		t.Errorf("without a problem it is said %q", why)
	}
}

// What fails after some of it has come is asked again by its key, too.
func TestARestThatFailedIsAskedAgain(t *testing.T) {
	s := uitest.NewShop()
	s.Knows["badone"] = true
	s.Fails = map[string]error{"bad": errors.New("out of order")}
	a := shopping(t, s, "shop/bad@4")
	if got := len(candidate.RetryKeys(a.Session)); got != 0 {
		t.Errorf("before anything failed there are %d keys", got)
	}
	uitest.Press(t, a, "E", "p")
	st := a.Session.States()[0]
	if got := candidate.RetryKeys(a.Session); st.Phase != session.PhaseReady || st.Missing != 2 || !maps.Equal(got, map[string]bool{"E": true}) {
		t.Errorf("%d are missing in phase %d, and it is asked again by %v", st.Missing, st.Phase, got)
	}
}

func TestWhatIsMissingToBeginWithIsSaid(t *testing.T) {
	const noTexts = "No texts yet: on Texts a adds one, o opens a file, x loads an example."
	one, two := uitest.Texts("one"), uitest.Texts("one", "two")
	for name, c := range map[string]struct {
		n          int
		candidates []string
		cleared    bool
		want, pair string
	}{
		"no models":      {2, nil, false, "No models yet: space on Models selects one.", "No models yet: space on Models selects one."},
		"no texts":       {0, []string{"local/ngrams@64"}, false, noTexts, noTexts},
		"one text":       {1, []string{"local/ngrams@64"}, false, "", "One text makes no pair: on Texts a adds another, o opens a file."},
		"two texts":      {2, []string{"local/ngrams@64"}, false, "", ""},
		"two just gone":  {2, []string{"local/ngrams@64"}, true, "", ""},
		"one just gone":  {2, []string{"local/ngrams@64"}, false, "", ""},
		"no model, text": {0, nil, false, "No models yet: space on Models selects one.", "No models yet: space on Models selects one."},
	} {
		texts := two[:c.n]
		a := uitest.Settled(t, 100, 30, uitest.OptionsWith(t, texts, c.candidates...), []func(*ui.Context) ui.Screen{models.New})
		if c.cleared {
			a.Session.Edits().Delete(1)
			a.Session.Edits().Delete(0) // the results are of those of before yet
		}
		if name == "one just gone" {
			a.Session.Edits().Delete(0)
		}
		if got := candidate.EmptyText(a.Session); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if got := candidate.EmptyOfTwo(a.Session, "pair"); got != c.pair {
			t.Errorf("%s: of two %q, want %q", name, got, c.pair)
		}
	}
	// A text comes to one that has results: there are two, of which nothing is known yet.
	a := uitest.Settled(t, 100, 30, uitest.OptionsWith(t, one, "local/ngrams@64"), []func(*ui.Context) ui.Screen{models.New})
	if _, err := a.Session.Edits().Insert(1, two[1]); err != nil {
		t.Fatal(err)
	}
	if got := candidate.EmptyOfTwo(a.Session, "pair"); got != "" {
		t.Errorf("of two texts, the second new: %q", got)
	}
}

// What is selected says what it waits for, and which key gives it that.
func TestWhatIsSelectedSaysWhatItLacks(t *testing.T) {
	for name, c := range map[string]struct {
		key, takes bool
		want       string
		level      ui.NoticeLevel
	}{
		"it can be asked":   {true, true, "Selected: shop/good@4", ui.NoticeGood},
		"a key is lacking":  {false, true, "Selected: shop/good@4 · needs key: set SHOP_KEY, or K on Models", ui.NoticeWarn},
		"none can be given": {false, false, "Selected: shop/good@4 · needs key: set SHOP_KEY", ui.NoticeWarn},
	} {
		o := uitest.ShopOptions(t, uitest.NewShop())
		o.Engine.HasKey = func(string) bool { return c.key }
		if c.takes {
			o.Servers, o.SetKey = []string{"shop"}, func(string, api.Secret) error { return nil }
		}
		a := uitest.Settled(t, 100, 30, o, []func(*ui.Context) ui.Screen{models.New})
		m, err := a.Session.Find("shop/good")
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		a.Context.Chosen = func(m api.Model) { told = append(told, m.Ref()) }
		if candidate.TellChosen(&a.Context, m, 4); len(told) != 1 || told[0] != "shop/good" {
			t.Errorf("%s: consent is looked for of %q", name, told)
		}
		if a.Notice().Text != c.want || a.Notice().Level != c.level {
			t.Errorf("%s: %q at level %v", name, a.Notice().Text, a.Notice().Level)
		}
	}
}

// Models at the same point of one source are told of together, others each.
func TestWhatIsUnderWayIsToldOfEachSource(t *testing.T) {
	s := uitest.NewShop()
	s.Knows["good"+uitest.ShopTexts[0].Text] = true
	a := shopping(t, s, "shop/good@4", "shop/good@2", "shop/bad@4")
	if got := candidate.UnderWay(a.Session); len(got) != 0 {
		t.Errorf("at first there is %q", got)
	}
	told := [][2]string(nil)
	uitest.WhileAsked(t, s, a, func(a *shell.App) { told = candidate.UnderWay(a.Session) })
	if len(told) != 2 || told[0][0] != "good@4 @2" || told[1][0] != "bad@4" {
		t.Errorf("while they are asked: %q", told)
	}
}
