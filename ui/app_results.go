package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// updateResults handles what commands have brought, whichever screen is shown.
func (a *app) updateResults(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	default:
		return a.updateAnswers(msg)
	}
}

// updateAnswers handles what providers have answered.
func (a *app) updateAnswers(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case vectorsMsg:
		a.accounted(msg.noted)
		return tea.Batch(a.store.embedded(msg), a.store.askNews()), true
	case lookedMsg:
		a.accounted(msg.noted)
		return tea.Batch(a.store.looked(msg), a.store.askNews()), true
	case reducedMsg:
		a.accounted(msg.noted)
		a.store.landed(msg.ask, msg.embedding)
		return a.toTop(msg), true
	case queryPricedMsg:
		return a.textsScreen().priced(msg, a.undisturbed(screenTexts)), true
	case queryMsg:
		a.accounted(msg.noted)
		a.store.landed(msg.ask, msg.embedding)
		return tea.Batch(a.screen(screenTexts).update(msg), a.store.askNews()), true
	default:
		return nil, false
	}
}

func (a *app) textsScreen() *textsScreen { return a.screen(screenTexts).(*textsScreen) }

// accounted says when what was spent could not be noted for later sessions.
func (a *app) accounted(n noteResult) {
	if n.done {
		a.store.logged++
	}
	if n.err != nil {
		a.notify(noticeWarn, fmt.Sprintf("What was spent is not noted for later: %v", n.err))
	}
}
