package ui

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/format"
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
	chosen := choices{threshold: st.Threshold, perCandidate: st.ThresholdEach, thresholds: st.Thresholds, prefixes: a.soundPrefixes(st.QueryPrefixes)}
	for o := orderGiven; o < orderModes; o++ {
		if o.String() == st.Order {
			chosen.order = o
		}
	}
	a.store.restoreChoices(chosen)
	for _, s := range a.screens {
		if k, ok := s.(keeper); ok && st.Screens[s.describe().id] != nil {
			k.restore(st.Screens[s.describe().id])
		}
	}
	a.current = a.screen(firstScreen)
	if s := a.screen(st.Screen); s != nil {
		a.current = s
	}
	if st.Theme != "" {
		a.themeChoice = st.Theme
		a.setTheme(st.Theme != "light", a.theme.profile)
	}
	a.restoreNotices()
	if a.store.saved(); first {
		a.store.markUnsaved()
	}
}

// restoreNotices shows what the start has to say in one notice.
func (a *app) restoreNotices() {
	if len(a.options.Notices) == 0 {
		return
	}
	a.store.warn(a.options.Notices...)
	parts := a.options.Notices
	if a.notice.text != "" {
		parts = append(slices.Clone(parts), a.notice.text)
	}
	a.notify(noticeWarn, strings.Join(parts, " · "))
}

func firstState(s config.Settings) config.State {
	return config.State{Set: firstSet, Candidates: firstCandidates, Threshold: s.Threshold, Screen: firstScreen}
}

// loaded are texts and where they come from.
type loaded struct {
	texts []corpus.Text
	from  corpus.Origin
}

func (l loaded) own() bool { return len(l.texts) > 0 && l.from.Own() }

// restoreTexts takes up the remembered texts. Texts that the explorer was started
// with take their place; undo brings back own texts that were replaced, now or in
// an earlier session.
func (a *app) restoreTexts(st config.State, first bool) {
	left := loaded{remembered(st.Texts), corpus.Origin{Source: st.Source, Set: st.Set, Edited: st.Edited}}
	given := len(a.options.Texts) > 0
	if set, ok := corpus.FindSet(firstSet); ok && first && !given {
		left = loaded{set.Texts, originOfSet(set)}
		a.info("First run: these are the %d texts of the built-in set %s. Texts shows them and takes your own; ? lists the keys.", len(set.Texts), firstSet)
	}
	if r := st.Replaced; r != nil && len(r.Texts) > 0 {
		before := loaded{remembered(r.Texts), corpus.Origin{Source: r.Source, Set: r.Set, Edited: r.Edited}}
		a.restoreReplaced(before, left, given)
	} else {
		a.store.restoreTexts(left.texts, left.from)
	}
	if !given {
		return
	}
	if err := a.store.corpus.Set(a.options.Texts, corpus.Origin{Source: a.options.Source}); err != nil {
		a.fail(err)
	} else if own, _ := a.store.corpus.Replaced(); own != nil {
		a.info("%s: %s. Your own texts of last time are not lost: u on Texts brings them back.", a.options.Source, format.Count(len(a.options.Texts), "text"))
	}
}

// restoreReplaced makes the present texts a change of the replaced ones. What a
// file or a set has is left out where others are given, so that one undo leads to
// the person's own.
func (a *app) restoreReplaced(before, left loaded, given bool) {
	a.store.restoreTexts(before.texts, before.from)
	if given && !left.own() {
		return
	}
	if err := a.store.corpus.Set(left.texts, left.from); err != nil {
		// Only a state written by hand holds more texts than can be set.
		a.store.restoreTexts(left.texts, left.from)
		return
	}
	a.info("%s: %s, as you left them. The texts of your own that they replaced are kept: u on Texts brings them back.",
		left.from.Title(), format.Count(len(left.texts), "text"))
}

func remembered(texts []config.Text) []corpus.Text {
	out := make([]corpus.Text, len(texts))
	for i, t := range texts {
		out[i] = corpus.Text(t)
	}
	return out
}

func toRemember(texts []corpus.Text) []config.Text {
	var out []config.Text
	for _, t := range texts {
		out = append(out, config.Text(t))
	}
	return out
}

func originOfSet(s corpus.Set) corpus.Origin { return corpus.Origin{Source: s.Title, Set: s.Name} }

// restoreCandidates takes the remembered candidates that the catalog still has,
// and says which it has not.
func (a *app) restoreCandidates(ids []string) {
	var unknown []string
	for _, id := range ids {
		c, _, err := a.store.engine.Catalog.Resolve(id)
		if err != nil {
			unknown = append(unknown, err.Error())
			continue
		}
		a.store.restoreCandidate(c)
	}
	if len(unknown) > 0 {
		a.notify(noticeWarn, fmt.Sprintf("Left out of the remembered candidates: %s", strings.Join(unknown, " · ")))
	}
}

// state is the session as it is now, to be remembered.
func (a *app) state() config.State {
	s := a.store
	from, chosen := s.corpus.Origin(), s.choices()
	st := config.State{
		Version: config.StateVersion, Set: from.Set, Source: from.Source, Edited: from.Edited,
		Threshold: chosen.threshold, ThresholdEach: chosen.perCandidate, Thresholds: chosen.thresholds,
		Screen: a.current.describe().id, Order: chosen.order.String(),
		Candidates: candidateIDs(s.candidates), QueryPrefixes: chosen.prefixes, Screens: map[string]json.RawMessage{},
	}
	if a.themeChoice != a.options.Settings.Theme {
		st.Theme = a.themeChoice
	}
	st.Texts = toRemember(s.corpus.Texts())
	if texts, from := s.corpus.Replaced(); texts != nil {
		st.Replaced = &config.Replaced{Texts: toRemember(texts), Set: from.Set, Source: from.Source, Edited: from.Edited}
	}
	for _, s := range a.screens {
		if k, ok := s.(keeper); ok {
			if kept := k.save(); kept != nil {
				st.Screens[s.describe().id] = kept
			}
		}
	}
	return st
}

func candidateIDs(candidates []api.Candidate) []string {
	ids := make([]string, len(candidates))
	for i, c := range candidates {
		ids[i] = c.ID()
	}
	return ids
}

// soundPrefixes are the remembered prefixes that can be, those of models that the
// catalog lacks now too; it says which cannot.
func (a *app) soundPrefixes(prefixes map[string]string) map[string]string {
	sound := map[string]string{}
	var wrong []string
	for _, ref := range slices.Sorted(maps.Keys(prefixes)) {
		if problem := api.QueryPrefixProblem(prefixes[ref]); problem != "" {
			wrong = append(wrong, fmt.Sprintf("%s: %s", ref, problem))
			continue
		}
		sound[ref] = prefixes[ref]
	}
	if len(wrong) > 0 {
		a.notify(noticeWarn, "Left out of the remembered query prefixes: "+strings.Join(wrong, " · "))
	}
	return sound
}
