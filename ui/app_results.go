package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// updateResults handles what commands have brought, whichever screen is shown.
func (a *app) updateResults(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case runMsg:
		return a.store.run(msg), true
	case resultMsg:
		return a.store.computed(msg), true
	case tickMsg:
		return a.store.ticked(), true
	case tokensMsg:
		a.store.counted(msg)
		return nil, true
	case orderMsg:
		if err := a.store.ordered(msg); err != nil {
			a.fail(err)
		}
		return nil, true
	case pairsMsg:
		return a.screen(screenDuplicates).update(msg), true
	case nearestMsg, rankedMsg:
		return a.screen(screenTexts).update(msg), true
	case textsMsg:
		return a.textsScreen().opened(msg, a.undisturbed(screenTexts)), true
	case exportedMsg:
		return a.exports.written(msg), true
	case copyMsg:
		return a.exports.copied(msg), true
	default:
		return a.updateAnswers(msg)
	}
}

// updateAnswers handles what providers have answered.
func (a *app) updateAnswers(msg tea.Msg) (cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case vectorsMsg:
		a.accounted(msg.noted)
		return tea.Batch(a.store.embedded(msg), askNews(a.options)), true
	case lookedMsg:
		a.accounted(msg.noted)
		return tea.Batch(a.store.looked(msg), askNews(a.options)), true
	case reducedMsg:
		a.accounted(msg.noted)
		a.store.landed(msg.ask, msg.embedding)
		return a.toTop(msg), true
	case queryPricedMsg:
		return a.textsScreen().priced(msg, a.undisturbed(screenTexts)), true
	case queryMsg:
		a.accounted(msg.noted)
		a.store.landed(msg.ask, msg.embedding)
		return tea.Batch(a.screen(screenTexts).update(msg), askNews(a.options)), true
	case listMsg:
		a.listed(msg)
		return tea.Batch(a.store.resume(), askNews(a.options)), true
	case balanceMsg, totalsMsg:
		return a.screen(screenUsage).update(msg), true
	case allowedMsg:
		return a.allowed(msg), true
	case newsMsg:
		a.store.unkept = msg.unkept
		a.store.warn(msg.lines...)
		if len(msg.lines) > 0 {
			a.notify(noticeWarn, strings.Join(msg.lines, " "))
		}
		return nil, true
	default:
		return nil, false
	}
}

func (a *app) textsScreen() *textsScreen { return a.screen(screenTexts).(*textsScreen) }

// undisturbed tells that the person looks at a screen and nothing above it.
func (a *app) undisturbed(id string) bool {
	return len(a.overlays) == 0 && a.current.describe().id == id
}

// listed tells what a server's list changed. That a server cannot be reached is
// said over the catalog's rows, with how old they are, and when it is asked for
// vectors: a person without a network need not hear of it at every start.
func (a *app) listed(msg listMsg) {
	a.store.lists.read(msg)
	switch {
	case gaveNoList(msg.err):
		a.notify(noticeWarn, a.store.lists.refusals())
	case msg.err == nil && msg.changes != "":
		a.notify(noticeInfo, fmt.Sprintf("The list of %s: %s.", msg.provider, msg.changes))
	}
}

// accounted says when what was spent could not be noted for later sessions.
func (a *app) accounted(n noteResult) {
	if n.done {
		a.store.money.logged++
	}
	if n.err != nil {
		a.notify(noticeWarn, fmt.Sprintf("What was spent is not noted for later: %v", n.err))
	}
}
