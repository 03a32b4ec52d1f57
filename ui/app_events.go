package ui

import (
	"fmt"
	"strings"
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
		}
	}
}

// detachedText says that an asking goes on with what was agreed to.
func detachedText(d detached) string {
	goesOn := fmt.Sprintf("%s goes on with the %s that %s agreed to", d.model, count(d.agreed, "text"), wereOrWas(d.agreed))
	switch {
	case d.unwanted:
		return goesOn + ", and what it brings is kept; esc stops it."
	case d.changed == 1:
		return goesOn + "; the changed text waits for E."
	case d.changed > 1:
		return goesOn + fmt.Sprintf("; the %s changed texts wait for E.", thousands(d.changed))
	}
	return goesOn + "."
}
