package ui

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/ui/format"
)

// tellEvents tells what has happened in the session since that was told last.
func (a *app) tellEvents() {
	for _, e := range a.store.takeEvents() {
		switch e := e.(type) {
		case detachedEvent:
			words := make([]string, len(e))
			for i, d := range e {
				words[i] = detachedText(d)
			}
			a.notify(noticeInfo, strings.Join(words, " "))
		case uncachedEvent:
			a.notify(noticeWarn, fmt.Sprintf("%s: some vectors are no longer in the cache. Nothing was sent; E shows what they cost.", e.model))
		case listEvent:
			a.tellList(e)
		case newsEvent:
			a.notify(noticeWarn, strings.Join(e.lines, " "))
		case unrecordedEvent:
			a.notify(noticeWarn, fmt.Sprintf("What was spent is not noted for later: %v", e.err))
		case failedEvent:
			a.fail(e.err)
		}
	}
}

// tellList tells what a server's list changed. That a server cannot be reached is
// said over the catalog's rows, with how old they are, and when it is asked for
// vectors: a person without a network need not hear of it at every start.
func (a *app) tellList(e listEvent) {
	switch {
	case gaveNoList(e.err):
		a.notify(noticeWarn, listRefusals(a.store.lists))
	case e.err == nil && e.changes != "":
		a.notify(noticeInfo, fmt.Sprintf("The list of %s: %s.", e.provider, e.changes))
	}
}

// detachedText says that an asking goes on with what was agreed to.
func detachedText(d detached) string {
	goesOn := fmt.Sprintf("%s goes on with the %s that %s agreed to", d.model, format.Count(d.agreed, "text"), format.Agree(d.agreed, "was", "were"))
	switch {
	case d.unwanted:
		return goesOn + ", and what it brings is kept; esc stops it."
	case d.changed == 1:
		return goesOn + "; the changed text waits for E."
	case d.changed > 1:
		return goesOn + fmt.Sprintf("; the %s changed texts wait for E.", format.Thousands(d.changed))
	}
	return goesOn + "."
}
