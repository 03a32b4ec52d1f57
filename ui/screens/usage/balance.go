package usage

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// balances are what providers told of what is left, by provider.
type balances struct {
	answers map[string]balance
	// requested are those whose answer is awaited.
	requested map[string]bool
	// spent is how many requests the session had sent when they were asked last.
	spent map[string]int
}

func newBalances() balances {
	return balances{answers: map[string]balance{}, requested: map[string]bool{}, spent: map[string]int{}}
}

func (b *balances) take(provider string, answer balance) {
	delete(b.requested, provider)
	if !errors.Is(answer.err, context.Canceled) {
		b.answers[provider] = answer
	}
}

// balance is what a provider has answered.
type balance struct {
	api.Balance
	at  time.Time // when it was asked
	err error
}

// askBalance asks a provider what is left to spend.
func (u *Screen) askBalance(provider string) tea.Cmd {
	return loop.Async(u.Session.Life(), u.Session.Engine().Providers[provider].Balance, func(left api.Balance, err error) tea.Cmd {
		u.balances.take(provider, balance{left, time.Now(), err})
		u.Move(0, 0)
		return nil
	})
}

// balancers are the providers whose key is set, who may tell their balance.
func (u *Screen) balancers() []string {
	var names []string
	for _, m := range u.Session.Engine().Catalog.Models() {
		if _, ok := u.Session.Engine().Providers[m.Provider]; !ok || slices.Contains(names, m.Provider) {
			continue
		}
		if m.KeyEnv != "" && u.Session.Engine().HasKey(m.KeyEnv) {
			names = append(names, m.Provider)
		}
	}
	return names
}

func (u *Screen) askBalances() tea.Cmd { return u.ask(u.balancers()) }

// askSpentBalances asks those again from whom something was asked since, once
// nothing runs any more. What was stopped still spends until it has ended.
func (u *Screen) askSpentBalances() tea.Cmd {
	if u.Session.Running() || u.Session.Requests().Open() > 0 {
		return nil
	}
	sent := u.requestsSent()
	return u.ask(slices.DeleteFunc(u.balancers(), func(name string) bool { return sent[name] == u.balances.spent[name] }))
}

func (u *Screen) ask(names []string) tea.Cmd {
	sent := u.requestsSent()
	var cmds []tea.Cmd
	for _, name := range names {
		if !u.balances.requested[name] {
			u.balances.requested[name], u.balances.spent[name] = true, sent[name]
			cmds = append(cmds, u.askBalance(name))
		}
	}
	return tea.Batch(cmds...)
}

// requestsSent counts the requests of this session by provider.
func (u *Screen) requestsSent() map[string]int {
	sent := map[string]int{}
	for _, s := range u.Session.Payments().Ledger().Session() {
		sent[s.Provider] += s.Requests
	}
	return sent
}

// balanceOf says what is left at a provider and how it looks; empty for those who
// do not tell.
func (u *Screen) balanceOf(name string) (text, pen string) {
	if !slices.Contains(u.balancers(), name) {
		return "", ""
	}
	answer, ok := u.balances.answers[name]
	switch {
	case u.balances.requested[name] && !ok:
		return "asking…", u.Theme.Codes.Dim
	case !ok:
		return "B asks for it", u.Theme.Codes.Dim
	case answer.err != nil:
		return term.Safe(answer.err.Error()), u.Theme.Codes.Bad
	}
	text = balanceText(answer.Balance) + ", asked at " + answer.at.Format("15:04")
	if u.balances.requested[name] {
		text += ", asking anew…"
	}
	return text, ""
}

// balanceLines say what is left at every provider that tells.
func (u *Screen) balanceLines(w int) []string {
	var lines []string
	for _, name := range u.balancers() {
		text, pen := u.balanceOf(name)
		// What went wrong names the provider itself.
		if !strings.HasPrefix(text, term.Safe(name)) {
			text = "Balance at " + term.Safe(name) + ": " + text
		}
		wrapped := term.SafeLines(text, max(w-2, 1))
		for _, l := range wrapped[:min(len(wrapped), 3)] {
			lines = append(lines, pen+term.Fit(" "+l, w)+theme.Reset)
		}
	}
	return lines
}

func balanceText(b api.Balance) string {
	var parts []string
	if b.USD != nil {
		parts = append(parts, format.Signed(*b.USD))
	}
	for _, currency := range slices.Sorted(maps.Keys(b.Other)) {
		// An account in dollars has all other currencies too, empty.
		if amount := format.ShortAmount(b.Other[currency]); amount != "0" || b.USD == nil {
			parts = append(parts, term.Safe(amount+" "+currency))
		}
	}
	if len(parts) == 0 {
		return "the answer tells none"
	}
	return strings.Join(parts, ", ") + " left"
}
