package shell

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
)

// firstCandidates need neither key nor network and differ visibly.
var firstCandidates = []string{"local/use-lite", "local/glove", "local/ngrams"}

// restore takes up the session where it was left; the first run starts with a
// built-in set and the models inside the binary.
func (a *App) restore() {
	st := a.options.State
	first := st.Version == 0
	if first {
		st = firstState(a.options.Settings)
	}
	a.restoreTexts(st, first)
	if named := a.options.Start.Models; len(named) > 0 {
		st.Candidates = named
	}
	a.restoreCandidates(st.Candidates)
	chosen := session.Choices{Threshold: st.Threshold, PerCandidate: st.ThresholdEach, Thresholds: st.Thresholds, Roles: a.soundRoles(st)}
	for o := session.OrderAuto; o < session.OrderModes; o++ {
		if o.Key() == st.Order {
			chosen.Order = o
		}
	}
	a.Session.Restore().Choices(chosen)
	a.restoreDecision(st)
	for _, s := range a.screens {
		restoreChoices(s, st.Screens[s.Info().ID])
	}
	a.current = a.Screen(firstScreen)
	if s := a.Screen(st.Screen); s != nil {
		a.current = s
	}
	a.startAt(a.options.Start)
	a.restoreTheme(st)
	a.restoreNotices()
	if a.Session.MarkSaved(); first {
		a.Session.MarkUnsaved()
	}
	// What was taken up is not held a second time: there can be very many texts.
	a.options.State, a.options.Texts = config.State{}, nil
}

// restoreTheme takes up the chosen colours, or those for the background of last time until
// the terminal says what it has now.
func (a *App) restoreTheme(st config.State) {
	a.lightBackground = st.LightBackground
	switch {
	case st.Theme != "":
		a.themeChoice = st.Theme
		a.SetTheme(st.Theme != "light", a.Theme.Profile)
	case a.themeChoice == "auto":
		a.SetTheme(!st.LightBackground, a.Theme.Profile)
	}
}

// restoreNotices shows what the start has to say in one notice.
func (a *App) restoreNotices() {
	if len(a.options.Notices) == 0 {
		return
	}
	a.Session.Warn(a.options.Notices...)
	parts := a.options.Notices
	if a.notice.Text != "" {
		parts = append(slices.Clone(parts), a.notice.Text)
	}
	a.Notify(ui.NoticeWarn, strings.Join(parts, " · "))
}

func firstState(s config.Settings) config.State {
	return config.State{Set: corpus.ParaphraseTraps, Candidates: firstCandidates, Threshold: s.Threshold, Screen: firstScreen}
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
func (a *App) restoreTexts(st config.State, first bool) {
	left := loaded{remembered(st.Texts), corpus.Origin{Source: st.Source, Set: st.Set, Edited: st.Edited, Files: rememberedFiles(st.Files)}}
	given := len(a.options.Texts) > 0
	if set, ok := corpus.FindSet(corpus.ParaphraseTraps); ok && first && !given {
		left = loaded{set.Texts, session.OriginOfSet(set)}
		a.Inform("Sample texts: 2 Texts takes yours, 6 Verdict says which model to take, ? keys.")
	}
	if r := st.Replaced; r != nil && len(r.Texts) > 0 {
		before := loaded{remembered(r.Texts), corpus.Origin{Source: r.Source, Set: r.Set, Edited: r.Edited, Files: rememberedFiles(r.Files)}}
		a.restoreReplaced(before, left, given)
	} else {
		a.Session.Restore().Texts(left.texts, left.from)
	}
	if first && !given {
		a.Session.SetCursor(0, 2) // a trap: the same words, another meaning
	}
	if !given {
		return
	}
	if err := a.Session.Restore().Replacing(a.options.Texts, corpus.Origin{Source: a.options.Source, Set: a.options.Set, Files: a.options.Files}); err != nil {
		a.Fail(err)
	} else if own, _ := a.Session.Corpus().Replaced(); own != nil {
		a.Inform("%s: %s. Your own texts of last time are not lost: u on Texts brings them back.", a.options.Source, format.Count(len(a.options.Texts), "text"))
	}
}

// restoreReplaced makes the present texts a change of the replaced ones. What a
// file or a set has is left out where others are given, so that one undo leads to
// the person's own.
func (a *App) restoreReplaced(before, left loaded, given bool) {
	a.Session.Restore().Texts(before.texts, before.from)
	if given && !left.own() {
		return
	}
	if err := a.Session.Restore().Replacing(left.texts, left.from); err != nil {
		// Only a state written by hand holds more texts than can be set.
		a.Session.Restore().Texts(left.texts, left.from)
		return
	}
	a.Inform("%s: %s, as you left them. The texts of your own that they replaced are kept: u on Texts brings them back.",
		left.from.Title(), format.Count(len(left.texts), "text"))
}

func remembered(texts []config.Text) []corpus.Text {
	out := make([]corpus.Text, len(texts))
	for i, t := range texts {
		out[i] = corpus.Text(t)
	}
	return out
}

// rememberedFiles are the files that remembered texts were read from.
func rememberedFiles(f *config.Files) corpus.Files {
	if f == nil {
		return corpus.Files{}
	}
	return corpus.FilesAt(corpus.Options{Columns: corpus.Columns{Text: f.TextColumn, ID: f.IDColumn, Group: f.GroupColumn}, Encoding: f.Encoding}, f.Paths...)
}

func filesToRemember(f corpus.Files) *config.Files {
	if f == (corpus.Files{}) {
		return nil
	}
	return &config.Files{Paths: f.Paths(), TextColumn: f.Columns.Text, IDColumn: f.Columns.ID, GroupColumn: f.Columns.Group, Encoding: f.Encoding}
}

func toRemember(texts []corpus.Text) []config.Text {
	if len(texts) == 0 {
		return nil
	}
	out := make([]config.Text, len(texts))
	for i, t := range texts {
		out[i] = config.Text(t)
	}
	return out
}

// restoreCandidates takes the remembered candidates. One that the catalog lacks waits for
// the list of its server: that may be read in a moment, its server may not run now, or
// the settings that name it may have a mistake that will be mended. What can never be a
// candidate is left out, and named.
func (a *App) restoreCandidates(ids []string) {
	var left []string
	for _, id := range ids {
		c, _, err := a.Session.Engine().Catalog.Resolve(id)
		var unknown *api.UnknownModelError
		if errors.As(err, &unknown) {
			c, err = api.ParseCandidate(id)
		}
		if err != nil {
			left = append(left, err.Error())
			continue
		}
		a.Session.Restore().Candidate(c)
	}
	if len(left) > 0 {
		a.Notify(ui.NoticeWarn, fmt.Sprintf("Left out of the remembered models: %s", strings.Join(left, " · ")))
	}
}

// State is the session as it is now, to be remembered.
func (a *App) State() config.State { return a.state()() }

// state gives what makes it of what is now, off the loop too: of very many texts that
// takes a while.
func (a *App) state() func() config.State {
	s := a.Session
	from, chosen := s.Corpus().Origin(), s.Choices()
	st := config.State{
		Version: config.StateVersion, Set: from.Set, Source: from.Source, Edited: from.Edited, Files: filesToRemember(from.Files),
		Threshold: chosen.Threshold, ThresholdEach: chosen.PerCandidate, Thresholds: chosen.Thresholds,
		Screen: a.current.Info().ID, Order: chosen.Order.Key(),
		Candidates: session.CandidateIDs(s.Candidates()), Roles: chosen.Roles, LightBackground: a.lightBackground, Screens: map[string]json.RawMessage{},
	}
	if a.themeChoice != a.options.Settings.Theme {
		st.Theme = a.themeChoice
	}
	a.rememberDecision(&st)
	for _, s := range a.screens {
		if kept := choices(s); kept != nil {
			st.Screens[s.Info().ID] = kept
		}
	}
	texts := s.Corpus().Snapshot()
	replaced, before := s.Corpus().Replaced()
	return func() config.State {
		st.Texts = toRemember(texts)
		if replaced != nil {
			st.Replaced = &config.Replaced{Texts: toRemember(replaced), Set: before.Set, Source: before.Source, Edited: before.Edited, Files: filesToRemember(before.Files)}
		}
		return st
	}
}

// soundRoles are the remembered roles that can be, those of models that the catalog
// lacks now too; it says which cannot. A prefix that was remembered before there were
// roles is that of queries.
func (a *App) soundRoles(st config.State) map[string]api.Roles {
	all := maps.Clone(st.Roles)
	if all == nil {
		all = map[string]api.Roles{}
	}
	for ref, prefix := range st.QueryPrefixes {
		if _, newer := all[ref]; !newer {
			m, _ := a.Session.Engine().Catalog.Find(ref) // one that is not there has no roles
			m.Roles.Query.Prefix, m.Roles.From = prefix, api.RolesEdited
			all[ref] = m.Roles
		}
	}
	var wrong []string
	for _, ref := range slices.Sorted(maps.Keys(all)) {
		if problem := all[ref].Problem(); problem != "" {
			wrong = append(wrong, fmt.Sprintf("%s: %s", ref, problem))
			delete(all, ref)
		}
	}
	if len(wrong) > 0 {
		a.Notify(ui.NoticeWarn, "Left out of the remembered prefixes: "+strings.Join(wrong, " · "))
	}
	return all
}
