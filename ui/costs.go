package ui

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/pipeline"
)

// The keys of the box, which sends nothing at any other.
var (
	keyPay           = bind("p", "pay and embed", "p")
	keyPayAboveLimit = bind("y", "yes, spend it", "y")
	keyLongTexts     = bind("t", "cut long texts or leave them out", "t")
	keyWhichLong     = bind("l", "which texts are too long…", "l")
)

// costs shows what paid sources would take, and sends nothing until an explicit
// key says so.
type costs struct {
	closable
	*shared
	title  string
	cancel context.CancelFunc
	wanted []wantedSource
	// query is what would be sent in place of the texts; empty for the texts.
	query string
	// revision is that of the texts counted.
	revision uint64
	// lapses tells that other texts than those of begun make the question void.
	lapses    bool
	begun     uint64
	long      pipeline.Long
	estimates []pipeline.Estimate // nil while they are counted
	err       error
	// asking tells that a limit is exceeded and the second question stands.
	asking bool
	// said answers a key that does nothing else here.
	said string
	top  int
	// send embeds; it gets the sources that can be asked.
	send func(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd
}

// askEmbed asks for the costs of the candidates that are not embedded yet, after
// the leaves that they lack.
func (a *app) askEmbed() tea.Cmd { return a.leaveThen(a.showCosts) }

// showCosts shows them; without any that costs something there is nothing to show.
func (a *app) showCosts() tea.Cmd {
	if len(a.store.paidSources()) == 0 {
		return nil
	}
	return openCosts(&a.shared, "Embed with paid models", a.store.paidSources(), a.store.embedPaid)
}

func openCosts(s *shared, title string, wanted []wantedSource, send func([]pipeline.Estimate, pipeline.Long) tea.Cmd) tea.Cmd {
	return (&costs{shared: s, title: title, wanted: wanted, send: send}).ask()
}

// openReducedCosts asks for the costs of a server's own shorter vectors, which are
// to be compared with those of the present texts.
func openReducedCosts(s *shared, wanted wantedSource, send func([]pipeline.Estimate, pipeline.Long) tea.Cmd) tea.Cmd {
	return (&costs{shared: s, title: "Ask the server for its own shorter vectors", wanted: []wantedSource{wanted}, lapses: true, send: send}).ask()
}

// openQueryCosts asks for the costs of one query.
func openQueryCosts(s *shared, query string, wanted []wantedSource, send func([]pipeline.Estimate, pipeline.Long) tea.Cmd) tea.Cmd {
	return (&costs{shared: s, title: "Ask paid models the query", query: query, wanted: wanted, send: send}).ask()
}

// ask shows the question. Texts that the person has left out before stay so until
// the person says otherwise.
func (c *costs) ask() tea.Cmd {
	c.long, c.begun, c.cancel = pipeline.LongCut, c.store.corpus.Revision(), func() {}
	for _, w := range c.wanted {
		if c.store.longOf(w.source) == pipeline.LongLeftOut {
			c.long = pipeline.LongLeftOut
		}
	}
	c.open(c)
	return c.count()
}

// texts are what would be sent.
func (c *costs) texts() []string {
	if c.query != "" {
		return []string{c.query}
	}
	return textsOf(c.store.corpus.Texts())
}

// count asks for the estimates, which can take a moment for many texts.
func (c *costs) count() tea.Cmd {
	c.cancel()
	c.estimates, c.err, c.asking = nil, nil, false
	c.revision = c.store.corpus.Revision()
	texts := c.texts()
	var ctx context.Context
	ctx, c.cancel = context.WithCancel(c.store.life)
	return c.store.estimate(ctx, c.wanted, texts, c.long, func(estimates []pipeline.Estimate, err error) tea.Cmd {
		if ctx.Err() == nil { // else something else is counted now
			c.estimates, c.err = estimates, err
		}
		return nil
	})
}

func (c *costs) dismiss() {
	c.cancel()
	c.closable.dismiss()
}

func (c *costs) update(msg tea.Msg) tea.Cmd {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		c.said = ""
		return c.pressed(press)
	}
	return nil
}

func (c *costs) pressed(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keyBack) && c.asking:
		c.asking = false
	case key.Matches(msg, keyBack, keyQuit):
		c.dismiss()
	case key.Matches(msg, keyUp):
		c.scroll(-1)
	case key.Matches(msg, keyDown):
		c.scroll(1)
	case key.Matches(msg, keyLongTexts) && c.hasLong():
		c.long = pipeline.LongCut + pipeline.LongLeftOut - c.long
		return c.count()
	case key.Matches(msg, keyWhichLong) && c.hasLong() && c.query == "":
		c.open(c.longTexts())
	case key.Matches(msg, keyPay) && !c.asking:
		return c.pay()
	case key.Matches(msg, keyPayAboveLimit) && c.asking:
		return c.confirmed()
	case key.Matches(msg, keyEnter):
		c.said = c.enterSays()
	}
	return nil
}

// enterSays tells which key does what enter does elsewhere: what costs money must
// not be a habit.
func (c *costs) enterSays() string {
	switch {
	case c.estimates == nil:
		return ""
	case c.nothingElse():
		return "Enter does nothing here: esc goes back."
	case c.asking:
		return "Enter spends nothing here: y spends it, esc does not."
	case pipeline.Total(c.sendable()).Missing() == 0:
		return "Enter does nothing here: p embeds, esc goes back."
	}
	return "Enter sends nothing: p pays and embeds, esc goes back."
}

// sendable are the estimates of the sources that can be asked.
func (c *costs) sendable() []pipeline.Estimate {
	var out []pipeline.Estimate
	for _, e := range c.estimates {
		if e.Unavailable == nil {
			out = append(out, e)
		}
	}
	return out
}

// counted are the estimates that the sum counts: what p would send, or all where
// nothing can be sent.
func (c *costs) counted() []pipeline.Estimate {
	if sendable := c.sendable(); len(sendable) > 0 {
		return sendable
	}
	return c.estimates
}

func (c *costs) total() pipeline.Estimate { return pipeline.Total(c.counted()) }

func (c *costs) scroll(by int) {
	c.top = min(max(c.top+by, 0), max(len(c.estimates)+len(c.showsUnderWay())-1, 0))
}

// pay sends, or asks once more where it exceeds a limit.
func (c *costs) pay() tea.Cmd {
	switch {
	case c.estimates == nil:
		return nil
	case c.nothingElse():
		c.said = "Nothing else is to be sent; what is under way was agreed to."
		return nil
	case len(c.sendable()) == 0:
		c.said = "Nothing was sent: " + problemOfError(c.estimates[0].Unavailable).line(far) + "."
		return nil
	case overLimit(c.store, c.counted()) != "":
		c.asking = true
		return nil
	}
	return c.confirmed()
}

func (c *costs) confirmed() tea.Cmd {
	if c.lapses && c.store.corpus.Revision() != c.begun {
		c.dismiss()
		c.notify(noticeWarn, "Nothing was sent: the texts have changed, and there is nothing to compare with. a asks again.")
		return nil
	}
	if c.query == "" && c.store.corpus.Revision() != c.revision {
		c.notify(noticeWarn, "The texts have changed meanwhile: this is what they cost now.")
		return c.count()
	}
	c.dismiss()
	return c.send(c.sendable(), c.long)
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

func (c *costs) mouse(ev mouseEvent) tea.Cmd {
	c.scroll(ev.wheel)
	return nil
}
