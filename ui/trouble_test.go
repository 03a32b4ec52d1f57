package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/term"
)

// noCredit is what a server says to somebody who has not paid, at length.
var noCredit = &api.ServerError{
	Provider: "shop", Status: 402, Message: "Insufficient balance ($0.0035 needed, $0.0001 left)", Advice: "add credit to the account", RequestID: "req-000007",
}

func TestTroublesSayWhatAndWhatToDo(t *testing.T) {
	at := time.Date(2030, 1, 2, 3, 4, 0, 0, time.Local)
	for _, c := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("embedding with shop/bad: %w", noCredit), "402: Insufficient balance ($0.0035 needed, $0.0001 left); add credit to the account"},
		{&api.ServerError{Provider: "shop", Status: 404}, "404: Not Found"},
		{&api.ServerError{Provider: "shop", Message: "nothing answers at 127.0.0.1:9", Advice: "start the server"}, "shop: nothing answers at 127.0.0.1:9; start the server"},
		{&api.ServerError{Provider: "shop", Status: 200, Message: "2 vectors for 3 texts", Advice: "check base_url"}, "unusable answer: 2 vectors for 3 texts; check base_url"},
		{&api.ServerError{Provider: "shop", Status: 429, Message: "daily limit", Advice: "try again later", OpensAt: at}, "429: daily limit; opens again at 2030-01-02 03:04 " + at.Format("MST")},
		{&api.KeyError{Provider: "shop", Env: "SHOP_KEY"}, "no key; set SHOP_KEY"},
		{&pipeline.NotReachableError{Provider: "shop"}, "shop is not set up; name its server in the settings file"},
		{errors.New("the file is full; make room"), "the file is full; make room"},
		{errors.New("\x1b[31mred\x1b[0m"), "red"},
	} {
		if got := problemOfError(c.err).line(far); got != c.want {
			t.Errorf("%v in short is\n%s\nwant\n%s", c.err, got, c.want)
		}
	}
}

func TestTroublesGiveUpTheirAdviceLast(t *testing.T) {
	why := problemOfError(noCredit)
	for w := 12; w <= 100; w++ {
		for h := 1; h <= 6; h++ {
			lines := why.lines(w, h)
			text := strings.Join(lines, " ")
			if len(lines) > h {
				t.Errorf("in %d×%d the trouble takes %d lines", w, h, len(lines))
			}
			for _, l := range lines {
				if term.Width(l) > w {
					t.Errorf("in %d×%d a line is %q", w, h, l)
				}
			}
			if room := w * h; room >= 120 && (!strings.Contains(text, "402") || !strings.Contains(text, why.advice)) || h > 1 && w >= 25 && !strings.Contains(text, "add credit to the account") {
				t.Errorf("in %d×%d the trouble is\n%s", w, h, strings.Join(lines, "\n"))
			}
		}
	}
}

func TestLongAdviceLeavesALineForWhatIsWrong(t *testing.T) {
	why := problem{"401: Invalid API key", "check SHOP_KEY or the key in /home/somebody/with/a/long/path/config/vecscope/config.toml"}
	lines := why.lines(36, 3)
	if lines[0] != why.what || !strings.HasPrefix(lines[1], "check SHOP_KEY or the key in") || len(lines) != 3 {
		t.Errorf("in three lines the trouble is\n%s", strings.Join(lines, "\n"))
	}
}

// failing is the explorer after three paid candidates have failed for two reasons.
func failing(t *testing.T, z size) *app {
	t.Helper()
	s := newShop()
	s.fails = map[string]error{"bad": noCredit, "good": &api.ServerError{Provider: "shop", Status: 401, Message: "Invalid API key", Advice: "check SHOP_KEY", RequestID: "req-000008"}}
	a := settled(t, z.w, z.h, shopOptions(t, s, "shop/bad@4", "shop/bad@2", "shop/good@4"))
	press(t, a, "E", "p")
	return a
}

func TestErrorsKeepTheirAdviceInEveryWindow(t *testing.T) {
	for _, z := range []size{{40, 10}, {60, 15}, {80, 24}, {200, 60}} {
		for _, k := range []string{"2", "3", "4"} {
			t.Run(fmt.Sprintf("%dx%d/%s", z.w, z.h, k), func(t *testing.T) {
				a := failing(t, z)
				press(t, a, k)
				checkFrame(t, a.draw(), z)
				body := flat(strings.Join(a.current.view(a.body), "\n"))
				if k == "2" && z.w < 200 {
					return // there the line of neighbours has no room for reasons
				}
				for _, want := range []string{"402: I", "add credit to the account"} {
					if !strings.Contains(body, want) {
						t.Errorf("%q is missing:\n%s", want, plain(a))
					}
				}
			})
		}
	}
}

// flat is a drawing as one line without its colours and its runs of blanks.
func flat(drawing string) string { return strings.Join(strings.Fields(ansi.Strip(drawing)), " ") }

func TestWholeErrorOfTheFocusIsInTheStatusAndInABox(t *testing.T) {
	for _, z := range []size{{40, 10}, {80, 24}, {200, 60}} {
		a := failing(t, z)
		for _, k := range []string{"3", "4"} {
			press(t, a, k)
			status := ansi.Strip(a.restingStatus(z.w))
			want := []string{"▸bad@4: shop answered 402 Payment Required: Insufficient balance", "add credit to the account, then press E [request req-000007]"}
			if z.w < 200 {
				want = []string{"▸bad@4: shop", "req-000007] · ! in full"}
			}
			for _, w := range want {
				if !strings.Contains(status, w) {
					t.Errorf("%d columns: the status %q lacks %q", z.w, status, w)
				}
			}
		}
		press(t, a, "tab", "tab", "!")
		checkFrame(t, a.draw(), z)
		box, ok := a.top().(*reader)
		if !ok {
			t.Fatal("! opens nothing")
		}
		for _, want := range []string{"shop/good@4", "Invalid API key; check SHOP_KEY, then press E [request req-", "shop/bad@2", "left); add credit to the account, then press E [request req-"} {
			if !strings.Contains(flat(strings.Join(box.lines, " ")), want) {
				t.Errorf("the box lacks %q: %q", want, box.lines)
			}
		}
		if !strings.HasPrefix(flat(box.lines[0]), "shop/good@4") {
			t.Errorf("the candidate in focus is not first: %q", box.lines[0])
		}
		press(t, a, "G", "esc")
		if a.top() != nil {
			t.Error("esc does not close the box")
		}
	}
}

func TestNothingInTheWaySaysSo(t *testing.T) {
	a := settled(t, 80, 24, optionsWith(t, shopTexts, "local/glove@100"))
	press(t, a, "!")
	if a.notice.text != "errors in full: nothing is in the way of any candidate" {
		t.Errorf("! says %q", a.notice.text)
	}
}

func TestWaitingCandidatesAreInTheFooterOfEveryScreen(t *testing.T) {
	for _, z := range []size{{40, 10}, {80, 24}, {200, 60}} {
		a := settled(t, z.w, z.h, shopOptions(t, newShop(), "shop/good@4", "local/glove@100"))
		want := "? help E embed: ≈$0.00014"
		if z.w < 60 {
			want = "? help E embed…"
		}
		for _, k := range []string{"1", "2", "3", "4", "5"} {
			press(t, a, k)
			if got := flat(a.footer(z.w)); !strings.HasPrefix(got, want) {
				t.Errorf("screen %s at %d columns: the footer is %q", k, z.w, got)
			}
			if got := flat(a.restingStatus(z.w)); !strings.HasPrefix(got, "1 candidate waits: E shows its cost") {
				t.Errorf("screen %s at %d columns: the status is %q", k, z.w, got)
			}
		}
		press(t, a, "2", "/")
		if got := flat(a.footer(z.w)); strings.Contains(got, "E embed") {
			t.Errorf("while a filter is typed, where E is a letter, the footer is %q", got)
		}
		press(t, a, "esc", "E", "p")
		if got := flat(a.footer(z.w)); strings.Contains(got, "E embed") {
			t.Errorf("with nothing to pay for the footer is %q", got)
		}
	}
}

func TestHelpExplainsTheMarksOfEachScreen(t *testing.T) {
	for k, want := range map[string][]string{
		"1": {"● ●2 a candidate; 2 of them", "●256 beside the other lengths", "(new) was not on the list before", "7≠1024 its vectors have 7 dimensions"},
		"2": {"! a candidate has no vector of the text"},
		"3": {"▸ the candidate in focus"},
		"4": {"● at or over the candidate's threshold"},
	} {
		for _, z := range []size{{40, 10}, {80, 24}, {200, 60}} {
			a := settled(t, z.w, z.h, localOptions(t))
			press(t, a, k, "?")
			checkFrame(t, a.draw(), z)
			text := flat(strings.Join(a.top().(*help).lines, " "))
			for _, w := range want {
				if !strings.Contains(text, w) {
					t.Errorf("the help of screen %s lacks %q: %s", k, w, text)
				}
			}
		}
	}
}

func TestDerivedVectorsThatAreNotTrainedForItSaySo(t *testing.T) {
	a := settled(t, 80, 24, optionsWith(t, shopTexts, "local/use-lite@256", "local/glove@50", "local/ngrams@64"))
	if got := a.screen(screenMatrix).status(); !strings.HasPrefix(got, "use-lite@256 is derived, not trained for truncation") {
		t.Errorf("the status of a derived candidate is %q", got)
	}
	press(t, a, "tab", "tab")
	if got := a.screen(screenMatrix).status(); strings.Contains(got, "derived") {
		t.Errorf("the status of one that is computed at its length is %q", got)
	}
	m := api.Model{Provider: "own", ID: "m", Dimensions: 768, SupportsDimensions: true, Kind: api.KindEmbedding}
	d := &detailText{w: 80, theme: a.theme}
	detailDimensions(d, catalogRow{model: m})
	if got := flat(strings.Join(d.lines, " ")); !strings.Contains(got, "not trained for truncation") {
		t.Errorf("a model that is cut here without training says %q", got)
	}
}

func TestFailureIsInTheStatusOfItsModel(t *testing.T) {
	a := failing(t, size{80, 24})
	press(t, a, "1", "/", "b", "a", "d", "enter")
	if got := flat(a.restingStatus(80)); !strings.HasPrefix(got, "402: Insufficient balance ($0.0035 needed, $0.0001 left); add credit to the ac") {
		t.Errorf("the status of a model that failed is %q", got)
	}
}

func TestDuplicatesWithoutAnyResultSayWhatBringsOne(t *testing.T) {
	a := settled(t, 80, 24, shopOptions(t, newShop(), "shop/good@4"))
	press(t, a, "4")
	if drawn := flat(a.draw()); !strings.Contains(drawn, "No candidate has a result yet. E shows what embedding costs") || strings.Contains(drawn, "cost · ?") {
		t.Errorf("this is drawn:\n%s", plain(a))
	}
}

func TestWhatWasStoppedSaysHowItGoesOn(t *testing.T) {
	if got := problemOfError(errStopped).line(far); got != "stopped before all had arrived; R goes on" {
		t.Errorf("a candidate that was stopped says %q", got)
	}
}
