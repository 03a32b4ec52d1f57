package app

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// farShop is a shop on another machine that speaks plain http.
type farShop struct {
	*uitest.Shop
	allowed, refreshed *int
}

func (f farShop) Blocked() error {
	if *f.allowed == 0 {
		return &api.InsecureKeyError{Provider: "shop", Host: "example.com:8080"}
	}
	return nil
}

// farOptions are the explorer with a shop whose key needs leave.
func farOptions(t *testing.T, candidates ...string) (shell.Options, farShop) {
	f := farShop{uitest.NewShop(), new(int), new(int)}
	o := uitest.ShopOptions(t, f.Shop, candidates...)
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
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 200, H: 60}} {
		o, f := farOptions(t, "shop/good@4", "local/glove@100")
		a := settled(t, z.W, z.H, o)
		if got := candidate.Of(uitest.CandidateIn(t, a, "shop/good@4")).Line(ui.Unlimited); got != "not asked: the key would go unencrypted to example.com:8080; E asks whether to send it" {
			t.Errorf("before the question the pane says %q", got)
		}
		uitest.Press(t, a, "E")
		uitest.CheckFrame(t, a.Draw(), z)
		drawn := strings.Join(strings.FieldsFunc(uitest.Flat(a.Draw()), func(r rune) bool { return strings.ContainsRune(" │", r) }), " ")
		for _, want := range []string{leaveQuestion, "y yes, until", "n no"} {
			if !strings.Contains(drawn, want) {
				t.Errorf("%d columns: the question lacks %q:\n%s", z.W, want, uitest.Plain(a))
			}
		}
		uitest.Press(t, a, "n")
		if *f.allowed != 0 || !strings.Contains(uitest.Flat(a.Draw()), "Embed with paid models") {
			t.Errorf("after no %d leaves were given:\n%s", *f.allowed, uitest.Plain(a))
		}
		uitest.Press(t, a, "p", "esc")
		if f.Sent() != 0 || uitest.CandidateIn(t, a, "shop/good@4").Phase != session.PhaseUnavailable {
			t.Error("after no something was sent")
		}
		uitest.Press(t, a, "E", "y")
		if *f.allowed != 1 || *f.refreshed != 1 || !strings.Contains(uitest.Flat(a.Draw()), "p pay") {
			t.Errorf("after yes: %d leaves, %d lists read:\n%s", *f.allowed, *f.refreshed, uitest.Plain(a))
		}
		uitest.Press(t, a, "p")
		if c := uitest.CandidateIn(t, a, "shop/good@4"); c.Phase != session.PhaseReady || f.Sent() != 3 {
			t.Errorf("after yes and p the candidate is in phase %d, %d texts were sent", c.Phase, f.Sent())
		}
		uitest.Press(t, a, "E")
		if _, asks := a.Top().(*widget.Choice); asks {
			t.Error("E asks again after yes")
		}
	}
}

func TestChoosingACandidateAsksBeforeAKeyGoesUnencrypted(t *testing.T) {
	o, f := farOptions(t, "local/glove@100")
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "1", "/", "g", "o", "o", "d", "enter", "space")
	if drawn := uitest.Flat(a.Draw()); !strings.Contains(drawn, "The key for shop would go unencrypted") {
		t.Fatalf("choosing asks nothing:\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "y")
	if c := uitest.CandidateIn(t, a, "shop/good@4"); *f.allowed != 1 || c.Phase != session.PhaseUnpaid || f.Sent() != 0 {
		t.Errorf("after yes: %d leaves, phase %d, %d texts sent", *f.allowed, c.Phase, f.Sent())
	}
	if !strings.Contains(a.Notice().Text, "goes unencrypted to example.com:8080 until the program ends") {
		t.Errorf("the notice is %q", a.Notice().Text)
	}
}

func TestRefusedLeaveLeavesOthersAsTheyAre(t *testing.T) {
	o, f := farOptions(t, "shop/good@4", "local/glove@100")
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "E", "esc")
	if *f.allowed != 0 || f.Sent() != 0 || a.Top() != nil || uitest.CandidateIn(t, a, "local/glove@100").Phase != session.PhaseReady {
		t.Errorf("esc gives %d leaves", *f.allowed)
	}
	o.AllowInsecure = func(string) error { return errors.New("the key is in quotes; take them away") }
	a = settled(t, 80, 24, o)
	uitest.Press(t, a, "E", "y")
	if !strings.Contains(a.Notice().Text, "the key is in quotes") || f.Sent() != 0 {
		t.Errorf("a leave that does not help says %q", a.Notice().Text)
	}
}
