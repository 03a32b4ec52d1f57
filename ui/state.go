package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/corpus"
)

// firstSet is what the very first run shows.
const firstSet = "near-duplicates"

// firstCandidates need neither key nor network and differ visibly.
var firstCandidates = []string{"local/use-lite", "local/glove", "local/ngrams"}

// restore takes up the session where it was left; the first run starts with a
// built-in set and the models inside the binary.
func (a *app) restore() {
	st := a.options.State
	first := st.Version == 0
	if first {
		st = firstState(a.options.Settings)
	}
	a.restoreTexts(st, first)
	a.restoreCandidates(st.Candidates)
	a.store.threshold = st.Threshold
	a.store.perCandidate = st.ThresholdEach
	maps.Copy(a.store.own, st.Thresholds)
	for o := orderGiven; o < orderModes; o++ {
		if o.String() == st.Order {
			a.store.order = o
		}
	}
	a.screens[screenMatrix].(*matrixScreen).restore(st)
	a.screens[screenDuplicates].(*duplicatesScreen).restore(st)
	a.current = screenMatrix
	if id, ok := screenByKey(st.Screen); ok {
		a.current = id
	}
	if st.Theme != "" {
		a.themeChoice = st.Theme
		a.setTheme(st.Theme != "light", a.theme.profile)
	}
	a.restoreNotices()
	a.store.unsaved = first
}

// restoreNotices shows what the start has to say in one notice.
func (a *app) restoreNotices() {
	if len(a.options.Notices) == 0 {
		return
	}
	parts := a.options.Notices
	if a.notice.text != "" {
		parts = append(slices.Clone(parts), a.notice.text)
	}
	a.notify(noticeWarn, strings.Join(parts, " · "))
}

func firstState(s config.Settings) config.State {
	return config.State{Set: firstSet, Candidates: firstCandidates, Threshold: s.Threshold, Screen: screenMatrix.key()}
}

// restoreTexts takes up the remembered texts. Texts that the explorer was started
// with take their place, which can be undone.
func (a *app) restoreTexts(st config.State, first bool) {
	texts, from := make([]corpus.Text, len(st.Texts)), corpus.Origin{Source: st.Source, Set: st.Set, Edited: st.Edited}
	for i, t := range st.Texts {
		texts[i] = corpus.Text(t)
	}
	given := len(a.options.Texts) > 0
	if set, ok := corpus.FindSet(firstSet); ok && first && !given {
		texts, from = set.Texts, originOfSet(set)
		a.info("First run: these are the %d texts of the built-in set %s. 2 shows them and takes your own; ? lists the keys.", len(texts), firstSet)
	}
	a.store.corpus = corpus.New(texts)
	a.store.corpus.SetOrigin(from)
	if !given {
		return
	}
	own := len(texts) > 0 && from.Own()
	if err := a.store.corpus.Set(a.options.Texts, corpus.Origin{Source: a.options.Source}); err != nil {
		a.fail(err)
	} else if own {
		a.info("%s: %s. Your own texts of last time are not lost: u on screen 2 brings them back.", a.options.Source, count(len(a.options.Texts), "text"))
	}
}

func originOfSet(s corpus.Set) corpus.Origin { return corpus.Origin{Source: s.Title, Set: s.Name} }

// restoreCandidates takes the remembered candidates that the catalog still has,
// and says which it has not.
func (a *app) restoreCandidates(ids []string) {
	var unknown []string
	for _, id := range ids {
		c, _, err := a.store.engine.Catalog.Resolve(id)
		switch {
		case err != nil:
			unknown = append(unknown, err.Error())
		case a.store.mayAdd() == "" && !slices.Contains(a.store.candidates, c):
			a.store.candidates = append(a.store.candidates, c)
		}
	}
	if len(unknown) > 0 {
		a.notify(noticeWarn, fmt.Sprintf("Left out of the remembered candidates: %s", strings.Join(unknown, " · ")))
	}
}

// state is the session as it is now, to be remembered.
func (a *app) state() config.State {
	s := a.store
	from := s.corpus.Origin()
	st := config.State{
		Version: 1, Set: from.Set, Source: from.Source, Edited: from.Edited,
		Threshold: s.threshold, ThresholdEach: s.perCandidate, Thresholds: maps.Clone(s.own),
		Screen: a.current.key(), Order: s.order.String(),
		Candidates: candidateIDs(s.candidates),
	}
	if a.themeChoice != a.options.Settings.Theme {
		st.Theme = a.themeChoice
	}
	for _, t := range s.corpus.Texts() {
		st.Texts = append(st.Texts, config.Text(t))
	}
	a.screens[screenMatrix].(*matrixScreen).remember(&st)
	a.screens[screenDuplicates].(*duplicatesScreen).remember(&st)
	return st
}

func candidateIDs(candidates []api.Candidate) []string {
	ids := make([]string, len(candidates))
	for i, c := range candidates {
		ids[i] = c.ID()
	}
	return ids
}
