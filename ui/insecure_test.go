package ui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// farShop is a shop on another machine that speaks plain http.
type farShop struct {
	*shop
	allowed, refreshed *int
}

func (f farShop) Blocked() error {
	if *f.allowed == 0 {
		return &api.InsecureKeyError{Provider: "shop", Host: "example.com:8080"}
	}
	return nil
}

// farOptions are the explorer with a shop whose key needs leave.
func farOptions(t *testing.T, candidates ...string) (Options, farShop) {
	f := farShop{newShop(), new(int), new(int)}
	o := shopOptions(t, f.shop, candidates...)
	o.Engine.Providers["shop"] = f
	o.AllowInsecure = func(provider string) error {
		if provider != "shop" {
			return errors.New("another provider was allowed")
		}
		*f.allowed++
		return nil
	}
	o.Servers = []string{"shop"}
	o.Refresh = func(context.Context, string) (string, error) {
		*f.refreshed++
		return "", nil
	}
	return o, f
}

const leaveQuestion = "The key for shop would go unencrypted to example.com:8080. Send it for this session?"

func TestPressingEAsksBeforeAKeyGoesUnencrypted(t *testing.T) {
	for _, z := range []size{{40, 10}, {80, 24}, {200, 60}} {
		o, f := farOptions(t, "shop/good@4", "local/glove@100")
		a := settled(t, z.w, z.h, o)
		if got := phaseText(candidateIn(t, a, "shop/good@4")); got != "not asked: the key would go unencrypted to example.com:8080; E asks whether to send it" {
			t.Errorf("before the question the pane says %q", got)
		}
		press(t, a, "E")
		checkFrame(t, a.draw(), z)
		drawn := strings.Join(strings.FieldsFunc(flat(a.draw()), func(r rune) bool { return strings.ContainsRune(" │", r) }), " ")
		for _, want := range []string{leaveQuestion, "y yes, until", "n no"} {
			if !strings.Contains(drawn, want) {
				t.Errorf("%d columns: the question lacks %q:\n%s", z.w, want, plain(a))
			}
		}
		press(t, a, "n")
		if *f.allowed != 0 || !strings.Contains(flat(a.draw()), "Embed with paid models") {
			t.Errorf("after no %d leaves were given:\n%s", *f.allowed, plain(a))
		}
		press(t, a, "p", "esc")
		if f.sent() != 0 || candidateIn(t, a, "shop/good@4").phase != phaseUnavailable {
			t.Error("after no something was sent")
		}
		press(t, a, "E", "y")
		if *f.allowed != 1 || *f.refreshed != 1 || !strings.Contains(flat(a.draw()), "p pay") {
			t.Errorf("after yes: %d leaves, %d lists read:\n%s", *f.allowed, *f.refreshed, plain(a))
		}
		press(t, a, "p")
		if c := candidateIn(t, a, "shop/good@4"); c.phase != phaseReady || f.sent() != 3 {
			t.Errorf("after yes and p the candidate is in phase %d, %d texts were sent", c.phase, f.sent())
		}
		press(t, a, "E")
		if _, asks := a.top().(*confirm); asks {
			t.Error("E asks again after yes")
		}
	}
}

func TestChoosingACandidateAsksBeforeAKeyGoesUnencrypted(t *testing.T) {
	o, f := farOptions(t, "local/glove@100")
	a := settled(t, 80, 24, o)
	press(t, a, "1", "/", "g", "o", "o", "d", "enter", "space")
	if drawn := flat(a.draw()); !strings.Contains(drawn, "The key for shop would go unencrypted") {
		t.Fatalf("choosing asks nothing:\n%s", plain(a))
	}
	press(t, a, "y")
	if c := candidateIn(t, a, "shop/good@4"); *f.allowed != 1 || c.phase != phaseUnpaid || f.sent() != 0 {
		t.Errorf("after yes: %d leaves, phase %d, %d texts sent", *f.allowed, c.phase, f.sent())
	}
	if !strings.Contains(a.notice.text, "goes unencrypted to example.com:8080 until the program ends") {
		t.Errorf("the notice is %q", a.notice.text)
	}
}

func TestRefusedLeaveLeavesOthersAsTheyAre(t *testing.T) {
	o, f := farOptions(t, "shop/good@4", "local/glove@100")
	a := settled(t, 80, 24, o)
	press(t, a, "E", "esc")
	if *f.allowed != 0 || f.sent() != 0 || a.top() != nil || candidateIn(t, a, "local/glove@100").phase != phaseReady {
		t.Errorf("esc gives %d leaves", *f.allowed)
	}
	o.AllowInsecure = func(string) error { return errors.New("the key is in quotes; take them away") }
	a = settled(t, 80, 24, o)
	press(t, a, "E", "y")
	if !strings.Contains(a.notice.text, "the key is in quotes") || f.sent() != 0 {
		t.Errorf("a leave that does not help says %q", a.notice.text)
	}
}
