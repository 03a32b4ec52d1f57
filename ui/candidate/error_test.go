package candidate

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
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
		{errors.New("one; two; make room"), "one; two; make room"},
		{errors.New("\x1b[31mred\x1b[0m"), "red"},
	} {
		if got := OfError(c.err).Line(ui.Unlimited); got != c.want {
			t.Errorf("%v in short is\n%s\nwant\n%s", c.err, got, c.want)
		}
	}
	if got := OfError(errors.New("one; two; make room")); got.What != "one; two" || got.Advice != "make room" {
		t.Errorf("the advice is what stands last: %+v", got)
	}
}

// The whole error names the key that asks again wherever it says to, once.
func TestWholeErrorsNameTheKeyThatAsksAgain(t *testing.T) {
	at := time.Date(2030, 1, 2, 3, 4, 0, 0, time.Local)
	opens := "; opens again at 2030-01-02 03:04 " + at.Format("MST")
	answer := func(advice string, opens time.Time) error {
		return fmt.Errorf("embedding: %w", &api.ServerError{Provider: "shop", Status: 429, Message: "slow down. ", Advice: advice, OpensAt: opens})
	}
	const said = "shop answered 429 Too Many Requests: slow down"
	for _, c := range []struct {
		err         error
		again, want string
	}{
		{answer("", time.Time{}), "E", said},
		{answer("try again", time.Time{}), "E", said + "; press E to try again"},
		{answer("add credit", time.Time{}), "E", said + "; add credit, then press E"},
		{answer("add credit", time.Time{}), "", said + "; add credit"},
		{answer("", at), "E", said + opens + "; press E then"},
		{answer("", at), "", said + opens},
		{answer("add credit", at), "E", said + opens + "; add credit, then press E"},
		{errors.New("the file is full; make room"), "E", "the file is full; make room"},
		{&api.UnknownModelError{Ref: "own/m"}, "R", (&api.UnknownModelError{Ref: "own/m"}).Error() + "; start its server, then r on Models"},
		{&api.UnknownModelError{Ref: "own/m", Known: []string{"own/n"}}, "R", (&api.UnknownModelError{Ref: "own/m", Known: []string{"own/n"}}).Error()},
		{session.ErrStopped, "E", "stopped before all had arrived"},
	} {
		if got := wholeError(session.State{Err: c.err, Again: c.again}); got != c.want {
			t.Errorf("%v with %q:\n%s, want\n%s", c.err, c.again, got, c.want)
		}
	}
	if got := OfError(answer("", time.Time{})).What; got != "429: slow down" {
		t.Errorf("in short it is %q", got)
	}
}

func TestTroublesGiveUpTheirAdviceLast(t *testing.T) {
	why := OfError(noCredit)
	for w := 12; w <= 100; w++ {
		for h := 1; h <= 6; h++ {
			lines := why.Block(w, h)
			text := strings.Join(lines, " ")
			if len(lines) > h {
				t.Errorf("in %d×%d the trouble takes %d lines", w, h, len(lines))
			}
			for _, l := range lines {
				if term.Width(l) > w {
					t.Errorf("in %d×%d a line is %q", w, h, l)
				}
			}
			if room := w * h; room >= 120 && (!strings.Contains(text, "402") || !strings.Contains(text, why.Advice)) || h > 1 && w >= 25 && !strings.Contains(text, "add credit to the account") {
				t.Errorf("in %d×%d the trouble is\n%s", w, h, strings.Join(lines, "\n"))
			}
		}
	}
}

func TestLongAdviceLeavesALineForWhatIsWrong(t *testing.T) {
	why := Status{What: "401: Invalid API key", Advice: "check SHOP_KEY or the key in /home/somebody/with/a/long/path/config/vecscope/config.toml"}
	lines := why.Block(36, 3)
	if lines[0] != why.What || !strings.HasPrefix(lines[1], "check SHOP_KEY or the key in") || len(lines) != 3 {
		t.Errorf("in three lines the trouble is\n%s", strings.Join(lines, "\n"))
	}
}

func TestWhatWasStoppedSaysHowItGoesOn(t *testing.T) {
	if got := OfError(session.ErrStopped).Line(ui.Unlimited); got != "stopped before all had arrived; R goes on" {
		t.Errorf("a candidate that was stopped says %q", got)
	}
}
