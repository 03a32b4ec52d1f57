package app

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

// noCredit is what a server says to somebody who has not paid, at length.
var noCredit = &api.ServerError{
	Provider: "shop", Status: 402, Message: "Insufficient balance ($0.0035 needed, $0.0001 left)", Advice: "add credit to the account", RequestID: "req-000007",
}

// failing is the explorer after three paid candidates have failed for two reasons.
func failing(t *testing.T, z ui.Size) *shell.App {
	t.Helper()
	s := uitest.NewShop()
	s.Fails = map[string]error{"bad": noCredit, "good": &api.ServerError{Provider: "shop", Status: 401, Message: "Invalid API key", Advice: "check SHOP_KEY", RequestID: "req-000008"}}
	a := settled(t, z.W, z.H, uitest.ShopOptions(t, s, "shop/bad@4", "shop/bad@2", "shop/good@4"))
	uitest.Press(t, a, "E", "p")
	return a
}

func TestErrorsKeepTheirAdviceInEveryWindow(t *testing.T) {
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 200, H: 60}} {
		for _, k := range []string{"2", "3", "4"} {
			t.Run(fmt.Sprintf("%dx%d/%s", z.W, z.H, k), func(t *testing.T) {
				a := failing(t, z)
				uitest.Press(t, a, k)
				uitest.CheckFrame(t, a.Draw(), z)
				body := uitest.Flat(strings.Join(a.Current().View(a.Body), "\n"))
				if k == "2" && z.W < 200 {
					return // there the line of neighbours has no room for reasons
				}
				for _, want := range []string{"402: I", "add credit to the account"} {
					if !strings.Contains(body, want) {
						t.Errorf("%q is missing:\n%s", want, uitest.Plain(a))
					}
				}
			})
		}
	}
}

func TestWholeErrorOfTheFocusIsInTheStatusAndInABox(t *testing.T) {
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 200, H: 60}} {
		a := failing(t, z)
		for _, k := range []string{"3", "4"} {
			uitest.Press(t, a, k)
			status := ansi.Strip(a.RestingStatus(z.W))
			want := []string{"▸bad@4: shop answered 402 Payment Required: Insufficient balance", "add credit to the account, then press E [request req-000007]"}
			if z.W < 200 {
				want = []string{"▸bad@4: shop", "req-000007] · ! in full"}
			}
			for _, w := range want {
				if !strings.Contains(status, w) {
					t.Errorf("%d columns: the status %q lacks %q", z.W, status, w)
				}
			}
		}
		uitest.Press(t, a, "tab", "tab", "!")
		uitest.CheckFrame(t, a.Draw(), z)
		box, ok := a.Top().(*widget.Reader)
		if !ok {
			t.Fatal("! opens nothing")
		}
		for _, want := range []string{"shop/good@4", "Invalid API key; check SHOP_KEY, then press E [request req-", "shop/bad@2", "left); add credit to the account, then press E [request req-"} {
			if !strings.Contains(uitest.Flat(strings.Join(box.Lines(), " ")), want) {
				t.Errorf("the box lacks %q: %q", want, box.Lines())
			}
		}
		if !strings.HasPrefix(uitest.Flat(box.Lines()[0]), "shop/good@4") {
			t.Errorf("the candidate in focus is not first: %q", box.Lines()[0])
		}
		uitest.Press(t, a, "G", "esc")
		if a.Top() != nil {
			t.Error("esc does not close the box")
		}
	}
}

func TestNothingInTheWaySaysSo(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.ShopTexts, "local/glove@100"))
	uitest.Press(t, a, "!")
	if a.Notice().Text != "error details: no model has an error" {
		t.Errorf("! says %q", a.Notice().Text)
	}
}

func TestWaitingCandidatesAreInTheFooterOfEveryScreen(t *testing.T) {
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 200, H: 60}} {
		a := settled(t, z.W, z.H, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4", "local/glove@100"))
		want := "? help E embed: ≈$0.00014"
		if z.W < 60 {
			want = "? help E embed…"
		}
		for _, s := range a.Screens() {
			a.SetScreen(s.Info().ID)
			if got := uitest.Flat(a.Footer(z.W)); !strings.HasPrefix(got, want) {
				t.Errorf("%s at %d columns: the footer is %q", s.Info().Title, z.W, got)
			}
			if got := uitest.Flat(a.RestingStatus(z.W)); !strings.HasPrefix(got, "1 model not embedded: E shows its cost") {
				t.Errorf("%s at %d columns: the status is %q", s.Info().Title, z.W, got)
			}
		}
		uitest.Press(t, a, "2", "/")
		if got := uitest.Flat(a.Footer(z.W)); strings.Contains(got, "E embed") {
			t.Errorf("while a filter is typed, where E is a letter, the footer is %q", got)
		}
		uitest.Press(t, a, "esc", "E", "p")
		if got := uitest.Flat(a.Footer(z.W)); strings.Contains(got, "E embed") {
			t.Errorf("with nothing to pay for the footer is %q", got)
		}
	}
}

func TestHelpExplainsTheMarksOfEachScreen(t *testing.T) {
	for k, want := range map[string][]string{
		"1": {"● ●2 selected; twice", "●256 beside the other lengths", "(new) was not on the list before", "7≠1024 its vectors have 7 dimensions"},
		"2": {"! a model has no vector of the text"},
		"3": {"▸ the model in focus"},
		"4": {"● at or over the model's threshold"},
	} {
		for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 200, H: 60}} {
			a := settled(t, z.W, z.H, uitest.LocalOptions(t))
			uitest.Press(t, a, k, "?")
			uitest.CheckFrame(t, a.Draw(), z)
			text := uitest.Flat(strings.Join(a.Top().(*widget.Reader).Lines(), " "))
			for _, w := range want {
				if !strings.Contains(text, w) {
					t.Errorf("the help of screen %s lacks %q: %s", k, w, text)
				}
			}
		}
	}
}

func TestFailureIsInTheStatusOfItsModel(t *testing.T) {
	a := failing(t, ui.Size{W: 80, H: 24})
	uitest.Press(t, a, "1", "/", "b", "a", "d", "enter")
	if got := uitest.Flat(a.RestingStatus(80)); got != "402: Insufficient balance ($0.0035 needed, $0.0001 left); add credit to the …" {
		t.Errorf("the status of a model that failed is %q", got)
	}
}

func TestDuplicatesWithoutAnyResultSayWhatBringsOne(t *testing.T) {
	a := settled(t, 80, 24, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
	uitest.Press(t, a, "4")
	if drawn := uitest.Flat(a.Draw()); !strings.Contains(drawn, "No model has a result yet. E shows what embedding costs") || strings.Contains(drawn, "cost · ?") {
		t.Errorf("this is drawn:\n%s", uitest.Plain(a))
	}
}

// In a line the name stands beside what is wrong, and there is room for what to do.
func TestWhatToDoAboutAnUnknownModelIsSaidInLinesAndInFull(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.ShopTexts, uitest.Use, "own/a-model-with-a-long-name-small@256"))
	uitest.Press(t, a, "c")
	uitest.WantShown(t, a, "own/a-model-with-a-long-name-small@256  no such model")
	uitest.Press(t, a, "esc", "!")
	uitest.WantShown(t, a, "there is no model own/a-model-with-a-long-name-small; start its server", "then r on Models")
}
