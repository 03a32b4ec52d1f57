package models

import (
	"fmt"
	"math"
	"slices"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
)

// dimensionsCell writes what vectors a model has: "1536 → any 1–1536" when the
// provider can be asked for others, "512, fewer cut here" when shorter ones are
// cut from the full length. In short that is "1536→1" and "512 ✂", and
// "32–2560" where more can be asked for than comes unasked. What the
// list says, or the model's card, stands beside it where it is something else.
func dimensionsCell(m api.Model, short bool) string {
	if m.Dimensions == 0 {
		return format.Unknown
	}
	other := ""
	lowest := max(1, m.MinDimensions)
	switch {
	case m.ListedDimensions > 0 && short:
		return fmt.Sprintf("%d≠%d", m.Dimensions, m.ListedDimensions)
	case m.ListedDimensions > 0:
		return fmt.Sprintf("%d (list says %d)", m.Dimensions, m.ListedDimensions)
	case m.NativeDimensions > 0 && m.NativeDimensions != m.Dimensions:
		other = fmt.Sprintf(" (card: %d)", m.NativeDimensions)
	}
	switch {
	case short && m.SupportsDimensions && m.Limit() > m.Dimensions && !session.Inside(m):
		return fmt.Sprintf("%d–%d", lowest, m.Limit())
	case short && m.SupportsDimensions:
		return fmt.Sprintf("%d→%d", m.Dimensions, lowest)
	case short:
		return fmt.Sprintf("%d ✂", m.Dimensions)
	case m.SupportsDimensions && lowest == 1:
		return fmt.Sprintf("%d → any 1–%d%s", m.Dimensions, m.Limit(), other)
	case m.SupportsDimensions:
		return fmt.Sprintf("%d → %d–%d%s", m.Dimensions, lowest, m.Limit(), other)
	default:
		return fmt.Sprintf("%d%s, fewer cut here", m.Dimensions, other)
	}
}

// costCell writes what embedding that many tokens costs: "≈" marks counts that
// are not the model's own.
func costCell(m api.Model, tokens int, counted bool) string {
	usd, ok := m.Cost(tokens)
	switch {
	case m.Unselectable() != "" || !ok:
		return format.Unknown
	case m.Free():
		return "free"
	case !counted:
		return "counting…"
	case tokens == 0:
		return format.Unknown
	case m.CountsExactly() || usd < format.SmallestShown:
		return format.Dollars(usd)
	default:
		return "≈" + format.Dollars(usd)
	}
}

// perMillionTitle stands over what a million texts as long as the present ones cost.
const perMillionTitle = "$/M texts"

// tellingCost is what the dearest model must cost for the present texts so that their costs
// tell prices apart; under it what a million such texts cost is said instead.
const tellingCost = 0.01

// textCosts are the present texts, as far as costs depend on them.
type textCosts struct {
	texts, tokens int
	counted       bool
	// perMillion tells that costs are those of a million texts as long as the present ones,
	// with as many decimals.
	perMillion bool
	decimals   int
}

// costs are those of the present texts.
func (s *Screen) costs() *textCosts {
	made := s.prepare()
	if made.costs != nil {
		return made.costs
	}
	c := &textCosts{texts: s.Session.Corpus().Len()}
	c.tokens, c.counted = s.Session.CorpusTokens()
	made.costs = c
	dearest, cheapest := 0., math.Inf(1)
	for _, m := range s.Session.Engine().Catalog.Models() {
		if usd, ok := m.Cost(c.tokens); ok && usd > 0 && m.Unselectable() == "" {
			dearest, cheapest = max(dearest, usd), min(cheapest, usd)
		}
	}
	c.perMillion = c.counted && dearest > 0 && dearest < tellingCost
	if c.perMillion {
		c.decimals = min(max(1-int(math.Floor(math.Log10(cheapest/float64(c.texts)*1e6))), 2), 4)
	}
	return c
}

// million is what a million texts as long as the present ones cost with a model.
func (c *textCosts) million(m api.Model) float64 {
	usd, _ := m.Cost(c.tokens)
	return usd / float64(c.texts) * 1e6
}

// cell writes what the present texts cost with a model, or a million such texts.
func (c *textCosts) cell(m api.Model) string {
	usd, ok := m.Cost(c.tokens)
	if !c.perMillion || !ok || usd <= 0 || m.Unselectable() != "" {
		return costCell(m, c.tokens, c.counted)
	}
	about := ""
	if !m.CountsExactly() {
		about = "≈"
	}
	least := math.Pow10(-c.decimals)
	if usd = c.million(m); usd < least {
		return "<" + format.Fixed(least, c.decimals)
	}
	return about + format.Fixed(usd, c.decimals)
}

// chosenMark is the mark of a model that takes part, with the number of its
// candidates when there are several.
func chosenMark(chosen int) string {
	switch chosen {
	case 0:
		return ""
	case 1:
		return "●"
	default:
		return fmt.Sprintf("●%d", chosen)
	}
}

// listedMark says behind a model's name what the newest list changed about it.
func listedMark(m api.Model) string {
	switch m.Mark {
	case api.MarkNew:
		return " (new)"
	case api.MarkChanged:
		return " (changed)"
	case api.MarkVanished:
		return " (gone)"
	}
	return ""
}

// languagesCell joins what a model reads and what it is good for.
func languagesCell(m api.Model) string {
	languages, use := fieldText(m, fieldLanguages), fieldText(m, fieldUse)
	if languages == "" || use == "" {
		return languages + use
	}
	return languages + languagesJoint + use
}

const languagesJoint = " · "

// languagesHits moves the hits in both parts to where they stand in the cell.
func languagesHits(r catalogRow) []int {
	hits := slices.Clone(r.match.hits[fieldLanguages])
	offset := 0
	if languages := fieldText(r.model, fieldLanguages); languages != "" {
		offset = len(languages) + len(languagesJoint)
	}
	for _, h := range r.match.hits[fieldUse] {
		hits = append(hits, h+offset)
	}
	return hits
}
