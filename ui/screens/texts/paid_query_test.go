package texts

import (
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// paidFor is how many tokens the paid models of the library have sold.
func paidFor(a *shell.App) int {
	return uitest.SpentOn(a, "library/wants").Tokens + uitest.SpentOn(a, "library/plain").Tokens
}

// What a paid model would cost is found out before the next candidate's turn comes.
func TestDocumentsOfTheNextCandidateAreEmbeddedBesideAPaidOne(t *testing.T) {
	l := &library{}
	o := libraryOptions(t, l, "library/plain@8", "library/nomic@8")
	price, free := 20.0, 0.0
	o.Engine.Catalog = catalog.New([]api.Model{
		{Provider: "library", ID: "plain", Kind: api.KindEmbedding, Dimensions: 8, Price: &price},
		{Provider: "library", ID: "nomic", Kind: api.KindEmbedding, Dimensions: 8, Price: &free, Roles: api.PresetRoles("nomic-embed-text")},
	})
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "E", "p")
	ask(t, a, "abba")
	uitest.Press(t, a, "tab")
	if asked := l.queries("abba"); len(asked) != 1 || asked[0].Model != "nomic" {
		t.Errorf("asked %+v", asked)
	}
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "library/nomic@8  2 of 2") || strings.Contains(drawn, "embedding the texts as documents") {
		t.Errorf("the documents do not come:\n%s", drawn)
	}
}

func TestAPaidQueryWaitsForAWord(t *testing.T) {
	l := &library{}
	a := settled(t, 80, 24, libraryOptions(t, l, "library/wants@8", "library/plain@8", "library/plain@4", "local/ngrams@64"))
	uitest.Press(t, a, "E", "p")
	texts := paidFor(a)
	ask(t, a, "hh")
	drawn := uitest.Plain(a)
	if len(l.queries("hh")) != 0 || !strings.Contains(drawn, "Run the query on paid models") || !strings.Contains(drawn, "plain@8 @4") || !strings.Contains(drawn, "Total: 2 texts to send") {
		t.Fatalf("%d queries were sent before a word:\n%s", len(l.queries("hh")), drawn)
	}
	uitest.Press(t, a, "enter", "esc")
	if drawn = uitest.Plain(a); len(l.queries("hh")) != 0 || !strings.Contains(drawn, "not asked") || !strings.Contains(drawn, "rank  wants@8 –  plain@8 –  plain@4 –  ngrams@64 ") {
		t.Fatalf("after esc:\n%s", drawn)
	}
	uitest.Press(t, a, "Q", "enter", "p")
	if q := l.queries("hh"); len(q) != 2 || q[0].Prefix+q[1].Prefix != "query: " {
		t.Errorf("sent were %+v", q)
	}
	if got := paidFor(a) - texts; got != 6 {
		t.Errorf("%d tokens were noted as spent, want 6", got)
	}
	if drawn = uitest.Plain(a); !strings.Contains(drawn, "prefix: “query:␣”") || strings.Contains(drawn, "–") {
		t.Errorf("after paying:\n%s", drawn)
	}
	uitest.Press(t, a, "esc")
	ask(t, a, "hh")
	if len(a.Overlays()) != 0 || strings.Contains(uitest.Plain(a), "–") || paidFor(a)-texts != 6 {
		t.Errorf("a cached query is not answered at once, for nothing:\n%s", uitest.Plain(a))
	}
}

func TestWhatAnEndedQueryBringsIsDroppedButPaidFor(t *testing.T) {
	l := &library{late: true}
	a := settled(t, 80, 24, libraryOptions(t, l, "library/plain@8"))
	uitest.Press(t, a, "E", "p")
	before := paidFor(a)
	ask(t, a, "hh")
	_, pay := a.Update(uitest.KeyPress("p"))
	uitest.Press(t, a, "esc", "y")
	uitest.Settle(t, a, pay)
	if strings.Contains(uitest.Plain(a), "Query") || paidFor(a) != before+3 {
		t.Errorf("%d tokens are noted, want 3 more than %d:\n%s", paidFor(a), before, uitest.Plain(a))
	}
}

func TestAWaitForAQueryIsVisibleAndCanBeStopped(t *testing.T) {
	a := settled(t, 80, 24, libraryOptions(t, &library{}, "library/gives@8"))
	uitest.Press(t, a, "Q", "h")
	_, sending := a.Update(uitest.KeyPress("enter"))
	s := a.Screen(ID).(*Screen)
	if len(s.query.asks) != 1 || !strings.Contains(uitest.Plain(a), "asking…") {
		t.Fatalf("%d askings:\n%s", len(s.query.asks), uitest.Plain(a))
	}
	s.query.asks[0].SetWaiting(api.Notice{Provider: "library", Wait: 30 * time.Second, Reason: "429 too many requests", Attempt: 2})
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "s: 429 too many requests, attempt 2") || !strings.Contains(drawn, "waits ") {
		t.Errorf("the wait is not shown:\n%s", drawn)
	}
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "Working, esc stops: gives ") {
		t.Errorf("the status does not say what is asked:\n%s", drawn)
	}
	uitest.Press(t, a, "ctrl+c")
	uitest.Settle(t, a, sending)
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "Q and enter ask again") || strings.Contains(drawn, "asking…") {
		t.Errorf("after stopping it:\n%s", drawn)
	}
	uitest.Press(t, a, "Q", "enter")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "rank   cosine") {
		t.Errorf("asked again:\n%s", drawn)
	}
}

func TestAPaidQueryThatIsForgottenMeanwhileWaitsForAWord(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	uitest.Press(t, a, "E", "p", "2")
	s.Knows["goodhh"], s.Forgets = true, true
	ask(t, a, "hh")
	if drawn := uitest.Plain(a); s.Sent() != 3 || !strings.Contains(drawn, "not asked") || !strings.Contains(drawn, "Q and enter show what it costs") {
		t.Errorf("%d texts were sent:\n%s", s.Sent(), drawn)
	}
}

func TestStoppingAQuerySaysHowItIsAskedAgain(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	uitest.Press(t, a, "E", "p", "2")
	ask(t, a, "hh")
	said := ""
	s.After, s.Meanwhile = 1, func() { uitest.Press(t, a, "3", "esc", "y"); said = a.Notice().Text }
	uitest.Press(t, a, "p")
	if want := "Stopped: the query has no answer yet; ask it again."; said != want {
		t.Errorf("the notice is %q, want %q", said, want)
	}
	uitest.Press(t, a, "2")
	if drawn := uitest.Plain(a); strings.Contains(drawn, "asking") || !strings.Contains(drawn, "Q and enter ask again") {
		t.Errorf("after stopping it:\n%s", drawn)
	}
}

func TestLeavingAPaidQueryUnderWayAsksFirst(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	uitest.Press(t, a, "E", "p", "2")
	ask(t, a, "hh")
	s.After, s.Meanwhile = 1, func() {
		uitest.Press(t, a, "esc")
		if drawn := uitest.Flat(a.Draw()); !a.Session.Running() || !strings.Contains(drawn, "The query is being asked of 1 paid model.") {
			t.Errorf("esc asks nothing or stops:\n%s", uitest.Plain(a))
		}
		uitest.Press(t, a, "n")
		if !a.Session.Running() || a.Top() != nil {
			t.Error("n stops the query or leaves the question open")
		}
		uitest.Press(t, a, "esc", "y")
		if a.Session.Running() {
			t.Error("y does not stop the query")
		}
	}
	uitest.Press(t, a, "p")
	if drawn := uitest.Plain(a); strings.Contains(drawn, "Query “") {
		t.Errorf("after stopping it:\n%s", drawn)
	}
}

// Texts of a paid model that are not known as documents are searched as they are.
func TestAQueryOfTextsThatAreNoDocumentsSaysThatItGoesAsTheyDo(t *testing.T) {
	for known, want := range map[bool]string{false: "prefix: “s:␣”, as before the texts, which are not embedded as documents", true: "prefix: “q:␣”"} {
		s := uitest.NewShop()
		a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
		uitest.Settle(t, a, a.Session.SetRoles(a.Session.States()[0].Row, api.Roles{Query: api.Manner{Prefix: "q: "}, Document: api.Manner{Prefix: "d: "}, Symmetric: api.Manner{Prefix: "s: "}}))
		uitest.Press(t, a, "E", "p", "2")
		if !known {
			s.Knows = map[string]bool{}
		}
		ask(t, a, "hh")
		uitest.Press(t, a, "p")
		if line := strings.TrimSpace(uitest.LineWith(t, a, "prefix: ")); line != want {
			t.Errorf("with known documents %t it says %q, want %q", known, line, want)
		}
	}
}

// What a query costs that has ended meanwhile is asked of nobody.
func TestThePriceOfAQueryThatHasEndedOpensNothing(t *testing.T) {
	a := settled(t, 80, 24, libraryOptions(t, &library{}, "library/wants@8", "local/ngrams@64"))
	uitest.Press(t, a, "E", "p")
	ask(t, a, "hh")
	uitest.Press(t, a, "esc") // the box of costs
	s := a.Screen(ID).(*Screen)
	q := s.query
	q.offer = true
	for _, ended := range []bool{false, true} {
		source := q.searched["library/wants@8"].Query
		priced := s.price(q, []session.WantedSource{{Source: source, Candidates: []string{"library/wants@8"}}})()
		if ended {
			s.endQuery()
		}
		uitest.Send(t, a, priced)
		if open := len(a.Overlays()); (open > 0) == ended || ended != (s.query == nil) {
			t.Errorf("ended %t: %d boxes are open", ended, open)
		}
		if !ended {
			uitest.Press(t, a, "esc")
		}
	}
}
