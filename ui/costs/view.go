package costs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

// Width is how wide the overlay is at the most.
const Width = 78

// leastForBoth is from how wide on the keys have room for what paying does and what esc
// does not.
const leastForBoth = 47

// View draws the sources with the sum and what is to be known, or what is waited for.
func (c *Box) View(room ui.Size, t *theme.Theme) []string {
	w := min(Width, room.W)
	head := []string{t.Title.Render(term.Fit(c.title, w))}
	if c.hint != "" {
		head = nil
		for _, l := range term.SafeLines(c.hint, w) {
			head = append(head, t.Warn.Render(term.Fit(l, w)))
		}
	}
	switch {
	case c.err != nil:
		for _, l := range term.SafeLines("The costs cannot be told: "+c.err.Error(), w) {
			head = append(head, t.Bad.Render(term.Fit(l, w)))
		}
		return append(head, widget.Foot(t, w, "esc", "back"))
	case c.estimates == nil:
		return append(head, term.Fit("Counting tokens, looking up what is known…", w), widget.Foot(t, w, "esc", "back"))
	}
	total := c.Total()
	foot := c.footLines(total, w, t)
	notes := c.notes(total, w, t)
	sources := len(c.estimates) + len(c.runningRequests())
	least := min(sources, 2) + 1
	notes = term.CutLines(notes, w, max(room.H-len(head)-len(foot)-least, 0))
	lines := head
	if rows := min(sources+1, room.H-len(head)-len(foot)-len(notes)); rows >= 2 {
		lines = append(lines, c.table(ui.Size{W: w, H: rows}, t).Draw(w, rows)...)
	}
	return append(append(lines, notes...), foot...)
}

// footLines are what it costs in all and the keys.
func (c *Box) footLines(total pipeline.Estimate, w int, t *theme.Theme) []string {
	sum := sumText(total, w)
	switch {
	case c.nothingLeft():
		sum = term.Wording(w, "Nothing else is to be sent: this costs nothing more", "Nothing else: costs nothing more")
	case total.Missing() == 0 && c.hasLong() && c.long == pipeline.LongLeftOut:
		sum = term.Wording(w, "All else is known already: this costs nothing", "All else known: costs nothing")
	}
	lines := []string{term.Fit(t.Strong.Render(sum), w)}
	over := OverLimit(c.Session, c.summed())
	switch {
	case c.confirming:
		question := "This is " + over
		if !total.Priced {
			question = widget.SentenceStart(over)
		}
		for _, l := range term.SafeLines(question+". Spend it anyway?", w) {
			lines = append(lines, t.Bad.Render(term.Fit(l, w)))
		}
		return append(lines, widget.Foot(t, w, keyPayAboveLimit.Help().Key, "yes, spend it", "esc", "no"))
	case c.nothingLeft():
		return append(lines, widget.Foot(t, w, "esc", "back"))
	case total.Missing() == 0 && c.hasLong():
		other, _ := c.longKeys(w)
		return append(lines, widget.Foot(t, w, "p", "embed", "t", other, "esc", "back"))
	case total.Missing() == 0:
		return append(lines, widget.Foot(t, w, "p", "embed", "esc", "back"))
	case len(c.sendable()) == 0:
		return append(lines, widget.Foot(t, w, "p", "why not", "esc", "back"))
	case c.hasLong():
		other, which := c.longKeys(w)
		if which == "" {
			return append(lines, widget.Foot(t, w, "p", "pay", "t", other, "esc", "back"))
		}
		return append(lines, widget.Foot(t, w, "p", "pay", "t", other, "l", which, "esc", "back"))
	}
	back := "back, send nothing"
	if w < leastForBoth {
		back = "back"
	}
	return append(lines, widget.Foot(t, w, "p", "pay and embed", "esc", back))
}

// longKeys say what the keys about long texts do; which is empty for a query, of which
// there is but one.
func (c *Box) longKeys(w int) (other, which string) {
	other, which = "leave long texts out", "which are long…"
	if c.long == pipeline.LongLeftOut {
		other = "cut long texts"
	}
	if w < 60 {
		other, which = "cut/skip", "which"
	}
	if c.query != "" {
		other, which = strings.ReplaceAll(other, "texts", "queries"), ""
	}
	return other, which
}

// sumText says what is sent in all and costs, as fully as the width allows.
func sumText(total pipeline.Estimate, w int) string {
	if total.Missing() == 0 {
		return term.Wording(w, "Everything is known already: this costs nothing", "All known already: costs nothing", "All known: $0")
	}
	texts, tokens, cost := format.Count(total.Missing(), "text"), candidate.TokensText(total), report.Cost(total)
	return term.Wording(w,
		fmt.Sprintf("Total: %s to send, %s: %s", texts, tokens, cost),
		fmt.Sprintf("Total: %s, %s: %s", texts, tokens, cost),
		fmt.Sprintf("Total: %s tok: %s", candidate.TokensNumber(total), cost),
		"Total: "+cost)
}

// notes say what becomes of long texts, which limits there are, and how the
// tokens were counted; what matters most comes first.
func (c *Box) notes(total pipeline.Estimate, w int, t *theme.Theme) []string {
	var lines []string
	add := func(pen, text string) {
		for _, l := range term.SafeLines(text, w) {
			lines = append(lines, pen+term.Fit(l, w)+theme.Reset)
		}
	}
	if why := c.Session.PersistErr(); why != nil && total.Missing() > 0 {
		add(t.Codes.Warn, "Nothing can be kept, and it will be paid for again next time: "+why.Error()+".")
	}
	for _, l := range c.unavailableNotes() {
		add(t.Codes.Warn, l)
	}
	for _, e := range c.estimates {
		if len(e.Long) > 0 {
			add(t.Codes.Warn, c.longNote(e))
		}
	}
	if n := total.Refused; n > 0 {
		add(t.Codes.Warn, fmt.Sprintf("Not sent again: %s that got no vector. R, then E, sends %s.", format.Count(n, "text"), format.Agree(n, "it", "them")))
	}
	if over := OverLimit(c.Session, c.summed()); over != "" && !c.confirming {
		add(t.Codes.Warn, widget.Sentence(over))
	}
	if held := HeldBackText(c.Session); held != "" && c.offersAll {
		add(t.Codes.Warn, held)
	}
	if under := c.runningText(); under != "" {
		add(t.Codes.Accent, under)
	}
	add(t.Codes.Dim, c.limitsNote())
	if total.Estimated {
		add(t.Codes.Dim, "≈ is counted with OpenAI's cl100k_base, not with the model's own tokenizer.")
	}
	return lines
}

// unavailableNotes name the sources that cannot be asked with the reason, those with
// the same reason together.
func (c *Box) unavailableNotes() []string {
	var reasons []candidate.Status
	names := map[candidate.Status][]string{}
	for _, e := range c.estimates {
		if e.Unavailable != nil {
			why := candidate.OfError(e.Unavailable)
			if names[why] == nil {
				reasons = append(reasons, why)
			}
			if name := strings.TrimSuffix(c.sourceName(e), rolesSaid[e.Role]); !slices.Contains(names[why], name) {
				names[why] = append(names[why], name)
			}
		}
	}
	var lines []string
	for _, why := range reasons {
		lines = append(lines, fmt.Sprintf("%s cannot be asked: %s.", strings.Join(names[why], ", "), why.Line(ui.Unlimited)))
	}
	return lines
}

// longNote says which texts are too long and what becomes of them.
func (c *Box) longNote(e pipeline.Estimate) string {
	one, several := "text", "texts"
	if e.Role == api.RoleQuery {
		one, several = "query", "queries"
	}
	which := fmt.Sprintf("%s %d is", one, e.Long[0]+1)
	if c.query != "" {
		which = "the query with what goes before it is"
	} else if n := len(e.Long); n > 1 {
		which = fmt.Sprintf("%s %s (the first is %d) are", format.Thousands(n), several, e.Long[0]+1)
	}
	what := "only the beginning is sent"
	if kept, reserved := pipeline.CutTo(e.Source.Model); reserved {
		what += fmt.Sprintf(", about the first %s tokens by our count, to be safe", format.Thousands(kept))
	}
	if c.long == pipeline.LongLeftOut {
		what = "left out, without a vector"
	}
	return fmt.Sprintf("%s longer than the %s tokens that %s reads: %s.", widget.SentenceStart(which), format.Thousands(e.Source.Model.MaxTokens), e.Source.Model.ID, what)
}

// limitsNote says what was spent and how much may be.
func (c *Box) limitsNote() string {
	var session api.Tally
	for _, s := range c.Session.Payments().Ledger().Session() {
		session = session.Plus(s)
	}
	spent := format.Dollars(session.USD)
	if session.MayCostMore() {
		spent += " " + LostText(session)
	}
	limits := c.Session.Payments().Ledger().Limits()
	return fmt.Sprintf("Spent in this session: %s; limits: %s a run, %s a session.", spent, format.Dollars(limits.PerRun), format.Dollars(limits.PerSession))
}
