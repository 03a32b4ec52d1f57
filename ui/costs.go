package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/pipeline"
	"github.com/vecscope/vecscope/ui/report"
)

// costs shows what paid sources would take, and sends nothing until an explicit
// key says so.
type costs struct {
	closable
	*shared
	title  string
	id     int
	cancel context.CancelFunc
	wanted []wantedSource
	// revision is that of the texts counted.
	revision  uint64
	long      pipeline.Long
	estimates []pipeline.Estimate // nil while they are counted
	err       error
	// asking tells that a limit is exceeded and the second question stands.
	asking bool
	top    int
	// send embeds; it gets the sources that cost something or are known already.
	send func(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd
}

// askEmbed asks for the costs of the candidates that are not embedded yet.
func (a *app) askEmbed() tea.Cmd {
	return openCosts(&a.shared, "Embed with paid models", a.store.paidSources(), a.store.buy)
}

func openCosts(s *shared, title string, wanted []wantedSource, send func([]pipeline.Estimate, pipeline.Long) tea.Cmd) tea.Cmd {
	c := &costs{shared: s, title: title, wanted: wanted, long: pipeline.LongCut, send: send, cancel: func() {}}
	s.open(c)
	return c.count()
}

// count asks for the estimates, which can take a moment for many texts.
func (c *costs) count() tea.Cmd {
	c.cancel()
	c.store.lastEstimate++
	c.id, c.estimates, c.err, c.asking = c.store.lastEstimate, nil, nil, false
	c.revision = c.store.corpus.Revision()
	texts := textsOf(c.store.corpus.Texts())
	var ctx context.Context
	ctx, c.cancel = context.WithCancel(c.store.life)
	return estimate(ctx, c.id, c.store.engine, c.wanted, texts, c.long, c.store.counts(texts))
}

func (c *costs) dismiss() {
	c.cancel()
	c.closable.dismiss()
}

func (c *costs) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case estimatedMsg:
		if msg.id == c.id && !errors.Is(msg.err, context.Canceled) {
			c.estimates, c.err = msg.estimates, msg.err
		}
	case tea.KeyPressMsg:
		return c.pressed(msg)
	}
	return nil
}

func (c *costs) pressed(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keys.back) && c.asking:
		c.asking = false
	case key.Matches(msg, keys.back, keys.quit):
		c.dismiss()
	case key.Matches(msg, keys.up):
		c.scroll(-1)
	case key.Matches(msg, keys.down):
		c.scroll(1)
	case key.Matches(msg, keys.longTexts) && c.hasLong():
		c.long = pipeline.LongCut + pipeline.LongLeftOut - c.long
		return c.count()
	case key.Matches(msg, keys.pay) && !c.asking:
		return c.pay()
	case key.Matches(msg, keys.payAboveLimit) && c.asking:
		return c.confirmed()
	}
	return nil
}

func (c *costs) scroll(by int) {
	c.top = min(max(c.top+by, 0), max(len(c.estimates)-1, 0))
}

// pay sends, or asks once more where it exceeds a limit.
func (c *costs) pay() tea.Cmd {
	switch {
	case c.estimates == nil:
		return nil
	case c.store.money.overLimit(pipeline.Total(c.estimates)) != "":
		c.asking = true
		return nil
	}
	return c.confirmed()
}

func (c *costs) confirmed() tea.Cmd {
	if c.store.corpus.Revision() != c.revision {
		c.notify(noticeWarn, "The texts have changed meanwhile: this is what they cost now.")
		return c.count()
	}
	c.dismiss()
	return c.send(c.estimates, c.long)
}

// hasLong tells whether a text is longer than one of the models reads.
func (c *costs) hasLong() bool {
	for _, e := range c.estimates {
		if len(e.Long) > 0 {
			return true
		}
	}
	return false
}

// costsWidth is how wide the overlay is at the most.
const costsWidth = 78

func (c *costs) view(room size, t *theme) string {
	w := min(costsWidth, room.w)
	head := []string{t.title.Render(Fit(c.title, w))}
	switch {
	case c.err != nil:
		for _, l := range SafeLines("The costs cannot be told: "+c.err.Error(), w) {
			head = append(head, t.bad.Render(Fit(l, w)))
		}
		return strings.Join(append(head, Fit(hints(t, "esc", "back"), w)), "\n")
	case c.estimates == nil:
		return strings.Join(append(head, Fit("Counting tokens, looking up what is known…", w), Fit(hints(t, "esc", "back"), w)), "\n")
	}
	total := pipeline.Total(c.estimates)
	foot := c.footLines(total, w, t)
	notes := c.notes(total, w, t)
	least := min(len(c.estimates), 2) + 1
	notes = notes[:max(min(len(notes), room.h-len(head)-len(foot)-least), 0)]
	lines := head
	if rows := min(len(c.estimates)+1, room.h-len(head)-len(foot)-len(notes)); rows >= 2 {
		lines = append(lines, strings.Split(c.table(t).Draw(w, rows), "\n")...)
	}
	return strings.Join(append(append(lines, notes...), foot...), "\n")
}

// footLines are what it costs in all and the keys.
func (c *costs) footLines(total pipeline.Estimate, w int, t *theme) []string {
	sum := fmt.Sprintf("In all %s, %s", count(total.Missing(), "text"), costText(total))
	if w >= 60 {
		sum = fmt.Sprintf("In all %s to send, %s: %s", count(total.Missing(), "text"), tokensText(total), costText(total))
	}
	if total.Missing() == 0 {
		sum = "Everything is known already: this costs nothing"
	}
	lines := []string{Fit(t.strong.Render(sum), w)}
	over := c.store.money.overLimit(total)
	switch {
	case c.asking:
		for _, l := range SafeLines("This is "+strings.TrimPrefix(over, "this is ")+". Spend it nevertheless?", w) {
			lines = append(lines, t.bad.Render(Fit(l, w)))
		}
		return append(lines, Fit(hints(t, "y", "yes, spend it", "esc", "no"), w))
	case total.Missing() == 0:
		return append(lines, Fit(hints(t, "p", "embed", "esc", "back"), w))
	case c.hasLong():
		other := "leave long texts out"
		if c.long == pipeline.LongLeftOut {
			other = "cut long texts"
		}
		if w < 50 {
			other = "long texts"
		}
		return append(lines, Fit(hints(t, "p", "pay", "t", other, "esc", "back"), w))
	}
	return append(lines, Fit(hints(t, "p", "pay and embed", "esc", "back, send nothing"), w))
}

// notes say what becomes of long texts, which limits there are, and how the
// tokens were counted; what matters most comes first.
func (c *costs) notes(total pipeline.Estimate, w int, t *theme) []string {
	var lines []string
	add := func(pen, text string) {
		for _, l := range SafeLines(text, w) {
			lines = append(lines, pen+Fit(l, w)+sgrReset)
		}
	}
	for _, e := range c.estimates {
		if len(e.Long) > 0 {
			add(t.sgr.warn, c.longNote(e))
		}
	}
	if over := c.store.money.overLimit(total); over != "" && !c.asking {
		add(t.sgr.warn, sentence(over))
	}
	add(t.sgr.dim, c.limitsNote())
	if total.Estimated {
		add(t.sgr.dim, "≈ is counted with OpenAI's cl100k_base, not with the model's own tokenizer.")
	}
	return lines
}

// longNote says which texts are too long and what becomes of them.
func (c *costs) longNote(e pipeline.Estimate) string {
	which := fmt.Sprintf("text %d is", e.Long[0]+1)
	if n := len(e.Long); n > 1 {
		which = fmt.Sprintf("%s (the first is %d) are", count(n, "text"), e.Long[0]+1)
	}
	what := "only the beginning is sent"
	if c.long == pipeline.LongLeftOut {
		what = "left out, without a vector"
	}
	return fmt.Sprintf("%s longer than the %s tokens that %s reads: %s.", sentenceStart(which), thousands(e.Source.Model.MaxTokens), e.Source.Model.ID, what)
}

func (c *costs) limitsNote() string {
	limits := c.store.money.limits
	return fmt.Sprintf("Spent in this session: %s; limits: %s a run, %s a session.",
		dollars(c.store.money.spentInAll()), dollars(limits.PerRun), dollars(limits.PerSession))
}

// table lists the sources with their costs.
func (c *costs) table(t *theme) Table {
	decimals := 2
	for _, e := range c.estimates {
		if e.Source.Model.Price != nil {
			decimals = max(decimals, priceDecimals(*e.Source.Model.Price))
		}
	}
	return Table{
		Columns: []Column{
			{Title: "candidates", Width: 24, Min: 12, Flex: 1},
			{Title: "texts", Width: 6, Priority: 3, Align: AlignRight},
			{Title: "cached", Width: 6, Priority: 1, Align: AlignRight},
			{Title: "tokens", Width: 9, Priority: 2, Align: AlignRight},
			{Title: "$/1M", Width: 6, Priority: 4, Align: AlignRight},
			{Title: "cost", Width: 12, Min: 9, Align: AlignRight},
		},
		Rows: len(c.estimates), Cursor: -1, Top: c.top, Styles: t.sgr,
		Row: func(i int) []Cell {
			e := c.estimates[i]
			price := priceText(e.Source.Model.Price, decimals)
			return []Cell{
				{Text: sourceName(e)}, {Text: thousands(e.Texts)}, {Text: thousands(e.Cached)},
				{Text: tokensNumber(e)}, {Text: price}, {Text: costText(e)},
			}
		},
	}
}

// sourceName names the candidates that a source is for.
func sourceName(e pipeline.Estimate) string {
	names := make([]string, len(e.Candidates))
	for i, id := range e.Candidates {
		names[i] = Safe(shortOf(id))
		if i > 0 {
			_, names[i], _ = strings.Cut(names[i], "@")
			names[i] = "@" + names[i]
		}
	}
	return strings.Join(names, " ")
}

// tokensNumber writes how many tokens would be sent, "≈" before an estimate.
func tokensNumber(e pipeline.Estimate) string {
	if e.Estimated && e.Tokens > 0 {
		return "≈" + thousands(e.Tokens)
	}
	return thousands(e.Tokens)
}

func tokensText(e pipeline.Estimate) string {
	if e.Tokens == 1 {
		return tokensNumber(e) + " token"
	}
	return tokensNumber(e) + " tokens"
}

// costText writes what an estimate costs as the reports do.
func costText(e pipeline.Estimate) string { return report.Cost(e) }

func (c *costs) mouse(ev mouseEvent) tea.Cmd {
	c.scroll(ev.wheel)
	return nil
}
