package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

// withServers starts the explorer with those servers, whose lists read brings.
func withServers(t *testing.T, read func(o shell.Options, provider string) (string, error), servers ...string) *uitest.Terminal {
	t.Helper()
	o := uitest.LocalOptions(t)
	o.Servers = servers
	o.Refresh = func(_ context.Context, provider string) (string, error) { return read(o, provider) }
	return start(t, 120, 30, o)
}

func TestANewListIsShownAndToldOf(t *testing.T) {
	term := withServers(t, func(o shell.Options, provider string) (string, error) {
		models := slices.DeleteFunc(o.Engine.Catalog.Models(), func(m api.Model) bool { return m.Provider != provider })
		o.Engine.Catalog.Replace(provider, append(models, api.Model{
			ID: "fresh-one", Name: "Fresh One", Kind: api.KindEmbedding, Dimensions: 12, Source: api.SourceLive,
			Listed: time.Date(2026, 3, 4, 5, 6, 0, 0, time.Local), Mark: api.MarkNew,
		}))
		return "1 new", nil
	}, "nanogpt")
	term.WaitFor("The list of nanogpt: 1 new.")
	term.Press("1")
	term.WaitFor("28 models")
	term.Press("G")
	term.WaitFor("Fresh One", "2026-03-04 05:06", "new on the list")
}

func TestAServerThatRefusesIsToldOf(t *testing.T) {
	term := withServers(t, func(shell.Options, string) (string, error) {
		return "", fmt.Errorf("listing: %w", &api.ServerError{Provider: "nanogpt", Status: 503, Message: "under repair"})
	}, "nanogpt")
	term.WaitFor("The list of models could not be read", "under repair")
}

func TestEveryServerThatRefusesIsToldOf(t *testing.T) {
	o := uitest.LocalOptions(t)
	o.Servers = []string{"one", "two"}
	o.Refresh = func(_ context.Context, name string) (string, error) {
		return "", &api.ServerError{Provider: name, Status: 503, Message: "under repair"}
	}
	a := settled(t, 100, 30, o)
	uitest.Settle(t, a, a.Session.Lists().RefreshAll())
	if text := a.Notice().Text; !strings.Contains(text, "one") || !strings.Contains(text, "; two") {
		t.Errorf("after two refusals the notice is %q", text)
	}
}

func TestLimitsAreForgottenOnlyWhenThePersonReadsTheListsAnew(t *testing.T) {
	o := uitest.LocalOptions(t)
	o.Servers = []string{"one", "two"}
	o.Refresh = func(context.Context, string) (string, error) { return "", nil }
	var forgotten []string
	o.ForgetLimits = func(provider string) { forgotten = append(forgotten, provider) }
	a := settled(t, 100, 30, o)
	if forgotten != nil {
		t.Errorf("at the start the limits of %q are forgotten", forgotten)
	}
	uitest.Settle(t, a, a.Session.Lists().RefreshAll())
	if !slices.Equal(forgotten, o.Servers) {
		t.Errorf("the limits of %q are forgotten", forgotten)
	}
}

func TestNewsAreShownOnce(t *testing.T) {
	o := uitest.LocalOptions(t)
	lines := make(chan []string, 1)
	lines <- []string{"Vectors are kept in memory only."}
	o.News = func() []string {
		select {
		case l := <-lines:
			return l
		default:
			return nil
		}
	}
	term := start(t, 120, 30, o)
	term.WaitFor("Vectors are kept in memory only.")
}
