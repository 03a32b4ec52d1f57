package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// shelf is what servers have, as an explorer's options ask for it.
type shelf struct {
	mu    sync.Mutex
	asked []string
	found []string // what the next look round finds
	keys  map[string]api.Secret
}

// lookingRound are the explorer with a paid shop whose key is missing, the built-in list
// that is asked nothing without a key, and a free server that can be found.
func lookingRound(t *testing.T) (shell.Options, *shelf) {
	s := &shelf{keys: map[string]api.Secret{}}
	o := uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4")
	o.Engine.Providers["ollama"] = uitest.NewShop()
	o.Engine.HasKey = func(env string) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return !s.keys["shop"].Empty()
	}
	o.Servers = []string{"nanogpt", "shop"}
	o.Unasked = func() []string { return []string{"nanogpt"} }
	o.Origin = func(provider string) string {
		if provider == "ollama" {
			return "found on this machine"
		}
		return ""
	}
	o.Find = func(context.Context) []string {
		s.mu.Lock()
		defer s.mu.Unlock()
		found := s.found
		s.found = nil
		return found
	}
	o.Refresh = func(_ context.Context, provider string) (string, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked = append(s.asked, provider)
		if provider == "ollama" {
			o.Engine.Catalog.Replace("ollama", []api.Model{{ID: "nomic", Name: "nomic", Kind: api.KindEmbedding, Dimensions: 4, Price: new(float64), Source: api.SourceLive}})
		}
		return "", nil
	}
	o.SetKey = func(provider string, key api.Secret) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		if strings.Contains(key.Reveal(), "'") {
			return errors.New("the key is in quotes")
		}
		s.keys[provider] = key
		return nil
	}
	return o, s
}

func TestAModelWhoseListComesWhileAnotherIsAskedIsAskedAfterIt(t *testing.T) {
	o, s := lookingRound(t)
	shop := o.Engine.Providers["shop"].(*uitest.Shop)
	s.keys["shop"] = api.NewSecret("key")
	o.State.Candidates = append(o.State.Candidates, "ollama/nomic@4")
	a := settled(t, 200, 60, o)
	s.found = []string{"ollama"}
	uitest.WhileAsked(t, shop, a, func(a *shell.App) { uitest.Settle(t, a, a.Session.Lists().RefreshAll()) })
	if st := uitest.CandidateIn(t, a, "ollama/nomic@4"); st.Result == nil {
		t.Errorf("it was not asked: phase %d, %v", st.Phase, st.Err)
	}
}

func TestWhatIsFoundAtTheStartIsListedAndTheKeylessIsNotAsked(t *testing.T) {
	o, s := lookingRound(t)
	s.found = []string{"ollama"}
	a := settled(t, 200, 60, o)
	uitest.Settle(t, a, a.Init())
	if slices.Contains(s.asked, "nanogpt") || !slices.Contains(s.asked, "ollama") || !slices.Contains(s.asked, "shop") {
		t.Errorf("asked for their lists were %v", s.asked)
	}
	if text := a.Notice().Text; !strings.Contains(text, "ollama runs on this machine") || !strings.Contains(text, "discover = false") {
		t.Errorf("the notice is %q", text)
	}
	a.SetScreen("models")
	uitest.Press(t, a, "/", "n", "o", "m", "i", "c", "enter")
	drawn := uitest.Flat(a.Draw())
	if !strings.Contains(drawn, "ollama: found on this machine, not from") {
		t.Errorf("the details do not say where it comes from:\n%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "esc")
	if !strings.Contains(uitest.Flat(a.Draw()), "ollama (found on this machine): ") {
		t.Errorf("the lists do not say where it comes from:\n%s", uitest.Plain(a))
	}
}

func TestAListReadForTheFirstTimeIsAChange(t *testing.T) {
	o, s := lookingRound(t)
	o.Servers, o.Find = []string{"ollama"}, nil
	a := settled(t, 80, 24, o)
	a.SetScreen("models")
	for i, want := range []string{"read again: 1 model more.", "read again; nothing has changed."} {
		uitest.Press(t, a, "r")
		if text := a.Notice().Text; !strings.Contains(text, want) {
			t.Errorf("time %d, with %v asked, the notice is %q", i+1, s.asked, text)
		}
	}
}

func TestAServerStartedLaterIsFoundByReadingTheListsAgain(t *testing.T) {
	for _, z := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}} {
		o, s := lookingRound(t)
		a := settled(t, z.W, z.H, o)
		uitest.Settle(t, a, a.Init())
		a.SetScreen("models")
		s.asked = nil
		uitest.Press(t, a, "r")
		if text := a.Notice().Text; !strings.Contains(text, "read again") || !slices.Equal(s.asked, []string{"shop"}) {
			t.Errorf("asked were %v; the notice is %q", s.asked, text)
		}
		s.found = []string{"ollama"}
		uitest.Press(t, a, "r")
		if text := a.Notice().Text; !strings.Contains(text, "ollama runs on this machine") {
			t.Errorf("the notice is %q", text)
		}
		uitest.CheckFrame(t, a.Draw(), z)
		if _, err := a.Session.Engine().Catalog.Find("ollama/nomic"); err != nil {
			t.Error(err)
		}
	}
}

func TestReadingTheListsAgainSaysWhoIsSilent(t *testing.T) {
	o, _ := lookingRound(t)
	o.Refresh = func(context.Context, string) (string, error) {
		return "", &api.ServerError{Provider: "shop", Message: "nothing answers"}
	}
	a := settled(t, 80, 24, o)
	a.SetScreen("models")
	uitest.Press(t, a, "r")
	if text := a.Notice().Text; !strings.Contains(text, "not the lists of shop") {
		t.Errorf("the notice is %q", text)
	}
}

func TestAKeyIsEnteredHiddenForThisSessionOnly(t *testing.T) {
	const key = "sk-entered-9e1c"
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 200, H: 60}} {
		o, s := lookingRound(t)
		var log strings.Builder
		o.Debug = &log
		var saved []config.State
		o.Save = func(st config.State) error { saved = append(saved, st); return nil }
		a := settled(t, z.W, z.H, o)
		a.SetScreen("models")
		uitest.Press(t, a, "/", "g", "o", "o", "d", "enter", "K")
		shown := ""
		look := func() { shown += uitest.Flat(a.Draw()); uitest.CheckFrame(t, a.Draw(), z) }
		look()
		if !strings.Contains(shown, "Key for shop") {
			t.Fatalf("K shows\n%s", uitest.Plain(a))
		}
		uitest.Press(t, a, "enter") // nothing is entered yet
		for _, r := range key[:3] {
			uitest.Send(t, a, tea.KeyPressMsg{Code: r, Text: string(r)})
			look()
		}
		uitest.Send(t, a, tea.PasteMsg{Content: key[3:]})
		look()
		uitest.Press(t, a, "enter")
		look()
		uitest.Settle(t, a, a.Save())
		if s.keys["shop"].Reveal() != key || !slices.Contains(s.asked, "shop") {
			t.Errorf("the key is %q; asked %v", s.keys["shop"].Reveal(), s.asked)
		}
		if text := a.Notice().Text; !strings.Contains(text, "kept until the program ends") {
			t.Errorf("the notice is %q", text)
		}
		for _, written := range append([]string{shown, log.String()}, strings.Fields(strings.Join(statesText(saved), " "))...) {
			if strings.Contains(written, "sk-") || strings.Contains(written, key[3:]) {
				t.Errorf("the key is in %.200s", written)
			}
		}
		if st := uitest.CandidateIn(t, a, "shop/good@4"); st.Unpaid == nil {
			t.Errorf("after the key the candidate waits for %v", st.Err)
		}
	}
}

// statesText is all that was saved, as text.
func statesText(states []config.State) (texts []string) {
	for _, s := range states {
		for _, t := range s.Texts {
			texts = append(texts, t.Text)
		}
		for _, kept := range s.Screens {
			texts = append(texts, string(kept))
		}
	}
	return texts
}

func TestAKeyThatCannotBeIsNotTaken(t *testing.T) {
	o, s := lookingRound(t)
	a := settled(t, 80, 24, o)
	a.SetScreen("models")
	uitest.Press(t, a, "/", "g", "o", "o", "d", "enter", "K", "enter")
	uitest.WantShown(t, a, "nothing is entered")
	uitest.Press(t, a, "'", "x", "y", "z", "'")
	if strings.Contains(uitest.Plain(a), "xyz") {
		t.Error("a key is seen while it is typed")
	}
	uitest.Press(t, a, "enter")
	if text := a.Notice().Text; !strings.Contains(text, "in quotes") || len(s.keys) != 0 {
		t.Errorf("%q, %d keys", text, len(s.keys))
	}
	uitest.Press(t, a, "esc", "/", "n", "g", "r", "a", "m", "s", "enter", "K")
	if text := a.Notice().Text; !strings.Contains(text, "local needs no key") {
		t.Errorf("%q", text)
	}
}

func TestAModelWithoutAKeySaysHowToEnterOne(t *testing.T) {
	o, _ := lookingRound(t)
	a := settled(t, 80, 24, o)
	a.SetScreen("models")
	uitest.Press(t, a, "/", "b", "a", "d", "enter", "space")
	if text := a.Notice().Text; text != "Selected: shop/bad@4 · needs key: set SHOP_KEY, or K on Models" {
		t.Errorf("%q", text)
	}
}

// A built-in model needs no key: K on it asks for that of the only provider that needs one.
func TestAKeyIsAskedForWhereOnlyOneProviderNeedsOne(t *testing.T) {
	for servers, want := range map[string]string{"shop": "Key for shop", "shop market": "", "": ""} {
		o, _ := lookingRound(t)
		o.Servers = strings.Fields(servers)
		market := o.Engine.Catalog.Models()[0]
		market.Provider, market.ID, market.KeyEnv = "market", "stall", "MARKET_KEY"
		o.Engine.Catalog.Replace("market", []api.Model{market})
		a := settled(t, 80, 24, o)
		a.SetScreen("models")
		uitest.Press(t, a, "/", "n", "g", "r", "a", "m", "s", "enter", "K")
		drawn := uitest.Plain(a)
		if refused := strings.Contains(a.Notice().Text, "local needs no key"); strings.Contains(drawn, "Key for") == refused || !strings.Contains(drawn, want) {
			t.Errorf("with the servers %q (refused: %t):\n%s", servers, refused, drawn)
		}
	}
}

func TestCandidatesWaitForAServerThatIsNotThere(t *testing.T) {
	o, s := lookingRound(t)
	o.State.Candidates = []string{"ollama/nomic@4", "local/glove@100", "own/typo@8"}
	var saved config.State
	o.Save = func(st config.State) error { saved = st; return nil }
	for _, z := range []ui.Size{{W: 80, H: 24}, {W: 200, H: 60}} {
		a := settled(t, z.W, z.H, o)
		uitest.Settle(t, a, a.Save())
		if !slices.Equal(saved.Candidates, o.State.Candidates) {
			t.Fatalf("remembered are %v", saved.Candidates)
		}
		for _, screen := range a.Screens() {
			a.SetScreen(screen.Info().ID)
			for _, act := range screen.Actions() {
				if act.ID == "models.key" || act.ID == "models.choose" {
					continue
				}
				uitest.Press(t, a, act.Key.Keys()[0])
				uitest.CheckFrame(t, a.Draw(), z)
				uitest.Press(t, a, "esc", "esc")
			}
		}
	}
	a := settled(t, 200, 60, o)
	s.found = []string{"ollama"}
	uitest.Settle(t, a, a.Init())
	if st := uitest.CandidateIn(t, a, "ollama/nomic@4"); st.Result == nil {
		t.Errorf("after its server was found it waits for %v", st.Err)
	}
	if st := uitest.CandidateIn(t, a, "own/typo@8"); st.Err == nil || !strings.Contains(st.Err.Error(), "there is no model own/typo") {
		t.Errorf("%v", st.Err)
	}
}
