package findings

import (
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/format"
)

// unsure says what is found where none is better than chance: no recommendation.
func (s sentence) unsure() string {
	if s.v.Reason == evaluate.Illustration || s.alone() {
		return s.choice() + " " + s.chance()
	}
	return fmt.Sprintf("%s %s is ahead with %s %s.", s.chance(), s.name(s.v.Best), Metric(s.v.Metric), Score(s.v.Places[s.v.Best].Value))
}

// chance says that not even the best is measurably better than nothing, and what to do.
func (s sentence) chance() string {
	value, _ := evaluate.Chance(s.v.Metric)
	none, among := "None is", ""
	if s.alone() {
		none = "It is not"
	} else if s.beyond() > 0 {
		none, among = "none is", "Within your limits "
	}
	text := fmt.Sprintf("%s%s measurably better than chance (%s %s)", among, none, Metric(s.v.Metric), format.Plain(value))
	for k, estimates := range s.estimates {
		if r := s.t.At(k); !r.Baseline && !s.limits.Allow(r.Terms()) && estimates[0].Low > value {
			return text + "; beyond your limits " + s.names(r) + " is."
		}
	}
	if s.v.Reason == evaluate.Illustration {
		return text + "."
	}
	return text + ": try other models."
}

// unbeaten names a baseline that does at least as well as the choice.
func (s sentence) unbeaten() string {
	if s.v.Choice < 0 {
		return ""
	}
	subject := s.v.Choice
	if byChance(s.v) {
		subject = s.v.Best // that alone is spoken of
	}
	for k := range s.t.Scored {
		r := s.t.At(k)
		value, _ := r.Score.Value(s.v.Metric)
		if r.Baseline && value >= s.v.Places[subject].Value {
			return fmt.Sprintf(" The baseline %s does at least as well, with %s.", s.names(r), Score(value))
		}
	}
	return ""
}

// unread warns of texts that the choice has no vector for, which no figure counts, and
// names one that is not measurably worse and reads them all; texts that are still to be
// embedded say nothing against it.
func (s sentence) unread() string {
	choice := s.t.At(s.v.Choice)
	lacks := s.t.Lacks(choice)
	if lacks == nil || lacks.Texts == 0 {
		return ""
	}
	of := "of your " + format.Count(lacks.Of, "text")
	if n, unreadable := lacks.Awaited, lacks.Texts-lacks.Awaited; n > 0 {
		awaited := fmt.Sprintf(" But %s %s %s not embedded yet", format.Thousands(n), of, format.Agree(n, "is", "are"))
		if unreadable > 0 {
			return fmt.Sprintf("%s, and it has no vector for %s: these figures leave them out.", awaited, format.Count(unreadable, "other"))
		}
		return fmt.Sprintf("%s, and these figures leave %s out.", awaited, format.Agree(n, "it", "them"))
	}
	text := fmt.Sprintf(" But it has no vector for %s %s, which these figures leave out", format.Thousands(lacks.Texts), of)
	for _, place := range s.v.Tied {
		if l := s.t.Lacks(s.t.At(place)); place != s.v.Choice && (l == nil || l.Texts == 0) {
			return text + "; " + s.name(place) + " reads " + format.Agree(lacks.Texts, "it", "them all") + "."
		}
	}
	return text + ": try a model that reads " + format.Agree(lacks.Texts, "it", "them") + "."
}

// leftOut says for whose sake items take no part.
func (s sentence) leftOut() string {
	if s.t.LeftOut == 0 {
		return ""
	}
	if len(s.t.Lacking) == 0 {
		return fmt.Sprintf(" %s left out: a model lacks a vector.", ItemsOf(s.t.Labels.Task(), s.t.LeftOut))
	}
	return fmt.Sprintf(" Of %s, %s %s no part: %s.", ItemsOf(s.t.Labels.Task(), s.t.LeftOut+s.t.Labels.Items()), format.Thousands(s.t.LeftOut), format.Agree(s.t.LeftOut, "takes", "take"), s.lacking())
}

// lacking names those that lack vectors, together where they lack equally many.
func (s sentence) lacking() string {
	var why []string
	for _, l := range equallyLacking(s.t.Lacking) {
		var names []string
		for _, id := range l.ids {
			names = append(names, s.nameOf(id))
		}
		has := "has"
		if len(names) > 1 {
			names, has = []string{enumerated(names)}, "have"
		}
		why = append(why, fmt.Sprintf("%s %s no vector for %s%s", names[0], has, l.count(), l.reason()))
	}
	return strings.Join(why, ", ")
}

// nameOf is what the row of that id is called.
func (s sentence) nameOf(id string) string {
	for i := range s.t.Rows {
		if s.t.Rows[i].ID == id {
			return s.names(&s.t.Rows[i])
		}
	}
	return id
}

// lacking are rows that have no vector for equally many texts.
type lacking struct {
	trial.Lacking
	ids []string
}

// equallyLacking puts together those that lack equally many, in their order. Those of which
// single texts are named stand alone.
func equallyLacking(all []trial.Lacking) (groups []lacking) {
	for _, l := range all {
		next := lacking{l, []string{l.ID}}
		if last := len(groups) - 1; last >= 0 && groups[last].count() == next.count() && groups[last].Awaited == l.Awaited && groups[last].zero() == "" && next.zero() == "" {
			groups[last].ids = append(groups[last].ids, l.ID)
			continue
		}
		groups = append(groups, next)
	}
	return groups
}

// count is how many texts and queries they have no vector for.
func (l lacking) count() string {
	var parts []string
	if l.Texts > 0 {
		parts = append(parts, format.Count(l.Texts, "text"))
	}
	if l.Queries > 0 {
		parts = append(parts, ItemsOf(evaluate.Retrieval, l.Queries))
	}
	return strings.Join(parts, " and ")
}

// countOfAll is count with how many texts there are.
func (l lacking) countOfAll() string {
	if l.Texts == 0 {
		return l.count()
	}
	all := fmt.Sprintf("%s of %s", format.Thousands(l.Texts), format.Count(l.Of, "text"))
	if l.Queries > 0 {
		all += " and " + ItemsOf(evaluate.Retrieval, l.Queries)
	}
	return all
}

// reason says, in brackets, how many are still to be embedded and of whose vectors a cut left
// nothing; empty for none.
func (l lacking) reason() string {
	var reasons []string
	switch {
	case l.Awaited > 0 && l.Awaited == l.Texts && l.Queries == 0:
		reasons = append(reasons, "not embedded yet")
	case l.Awaited > 0:
		reasons = append(reasons, format.Count(l.Awaited, "text")+" not embedded yet")
	}
	if zero := l.zero(); zero != "" {
		reasons = append(reasons, zero)
	}
	if len(reasons) == 0 {
		return ""
	}
	return " (" + strings.Join(reasons, "; ") + ")"
}

// zero names those of whose vectors a cut left nothing; empty for none.
func (l lacking) zero() string {
	var of []string
	if len(l.Zero) > 0 {
		of = append(of, numbered("text", "texts", l.Zero))
	}
	if len(l.ZeroQueries) > 0 {
		of = append(of, numbered("query", "queries", l.ZeroQueries))
	}
	switch {
	case len(of) == 0:
		return ""
	case len(l.Zero)+len(l.ZeroQueries) == 1:
		return fmt.Sprintf("the first %d values of that of %s are all 0", l.Dimensions, of[0])
	}
	return fmt.Sprintf("the first %d values of those of %s are all 0", l.Dimensions, strings.Join(of, " and "))
}

// mostNumbered is how many texts are named by their numbers.
const mostNumbered = 5

// numbered names texts by their numbers, which count from 1: "texts 3, 5, 9".
func numbered(one, many string, indexes []int) string {
	if len(indexes) == 1 {
		return fmt.Sprintf("%s %d", one, indexes[0]+1)
	}
	var numbers []string
	for _, i := range indexes[:min(len(indexes), mostNumbered)] {
		numbers = append(numbers, fmt.Sprint(i+1))
	}
	text := many + " " + strings.Join(numbers, ", ")
	if more := len(indexes) - mostNumbered; more > 0 {
		text += fmt.Sprintf(" and %s more", format.Thousands(more))
	}
	return text
}

func (s sentence) needed() string {
	if s.v.ItemsNeeded <= s.v.Items {
		return ""
	}
	return fmt.Sprintf(" Roughly %s would be needed to tell more.", s.items(s.v.ItemsNeeded))
}

// EnglishOnly says of models, one at least, that they read no other language: "a and b read
// English only".
func EnglishOnly(names []string) string {
	if len(names) == 1 {
		return names[0] + " reads English only"
	}
	return enumerated(names) + " read English only"
}
