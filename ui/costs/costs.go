package costs

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/session"
)

// The keys of the box, which sends nothing at any other.
var (
	keyPay           = ui.Bind("p", "pay and embed", "p")
	keyPayAboveLimit = ui.Bind("P", "pay above the limit", "P")
	keyLongTexts     = ui.Bind("t", "cut long texts or leave them out", "t")
	keyWhichLong     = ui.Bind("l", "which texts are too long…", "l")
)

// Box shows what paid sources would take, and sends nothing until an explicit
// key says so.
type Box struct {
	ui.Closable
	*ui.Context
	title  string
	cancel context.CancelFunc
	wanted []session.WantedSource
	// query is what would be sent in place of the texts; empty for the texts.
	query string
	// revision is that of the texts counted.
	revision uint64
	// voidOnChange tells that other texts than those of revision openedAt make the
	// question void.
	voidOnChange bool
	// offersAll tells that all is offered that candidates lack and the limits of the
	// verdict allow.
	offersAll bool
	openedAt  uint64
	long      pipeline.Long
	estimates []pipeline.Estimate // nil while they are counted
	err       error
	// confirming tells that a limit is exceeded and the second question stands.
	confirming bool
	// hint answers a key that does nothing else here.
	hint string
	top  int
	send Send
}

// Send embeds what the person has agreed to: the sources that can be asked, long texts
// as long says.
type Send func(estimates []pipeline.Estimate, long pipeline.Long) tea.Cmd

// Open asks for the costs of embedding the texts with the sources that are wanted,
// and sends when the person says so.
func Open(s *ui.Context, title string, wanted []session.WantedSource, send Send) tea.Cmd {
	return (&Box{Context: s, title: title, wanted: wanted, send: send, offersAll: true}).open()
}

// OpenReduced asks for the costs of a server's own shorter vectors, which are
// to be compared with those of the present texts.
func OpenReduced(s *ui.Context, wanted session.WantedSource, send Send) tea.Cmd {
	return (&Box{Context: s, title: "Ask the server for its own shorter vectors", wanted: []session.WantedSource{wanted}, voidOnChange: true, send: send}).open()
}

// OpenQuery asks for the costs of one query.
func OpenQuery(s *ui.Context, query string, wanted []session.WantedSource, send Send) tea.Cmd {
	return (&Box{Context: s, title: "Run the query on paid models", query: query, wanted: wanted, send: send}).open()
}

// open shows the question. Texts that the person has left out before stay so until
// the person says otherwise.
func (c *Box) open() tea.Cmd {
	c.long, c.openedAt, c.cancel = pipeline.LongCut, c.Session.Corpus().Revision(), func() {}
	for _, w := range c.wanted {
		if c.Session.Payments().Long(w.Source) == pipeline.LongLeftOut {
			c.long = pipeline.LongLeftOut
		}
	}
	c.Open(c)
	return c.count()
}

// texts are what would be sent.
func (c *Box) texts() []string {
	if c.query != "" {
		return []string{c.query}
	}
	return session.TextsOf(c.Session.Corpus().Snapshot())
}

// count asks for the estimates, which can take a moment for many texts.
func (c *Box) count() tea.Cmd {
	c.cancel()
	c.estimates, c.err, c.confirming = nil, nil, false
	c.revision = c.Session.Corpus().Revision()
	texts := c.texts()
	var ctx context.Context
	ctx, c.cancel = context.WithCancel(c.Session.Life())
	return c.Session.Payments().Estimate(ctx, c.wanted, texts, c.long, func(estimates []pipeline.Estimate, err error) tea.Cmd {
		if ctx.Err() == nil { // else something else is counted now
			c.estimates, c.err = estimates, err
		}
		return nil
	})
}

// Dismiss closes the box, and counts no further.
func (c *Box) Dismiss() {
	c.cancel()
	c.Closable.Dismiss()
}

// Update takes a key.
func (c *Box) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		c.hint = ""
	}
	cmd, _ := ui.Press(c.Actions(), msg)
	return cmd
}

// Actions pay or leave, and say what becomes of long texts. Enter has no group, so that
// help does not offer it: it only tells which key pays.
func (c *Box) Actions() []ui.Action {
	var out []ui.Action
	if c.confirming {
		out = append(out, ui.Action{Key: keyPayAboveLimit, Group: ui.GroupDo, Run: c.accept},
			ui.Action{Key: ui.KeyBack, Name: "no", Group: ui.GroupDo, Run: ui.Do(func() { c.confirming = false })})
	} else {
		out = append(out, ui.Action{Key: keyPay, Group: ui.GroupDo, Run: c.pay})
	}
	if c.hasLong() {
		out = append(out, ui.Action{Key: keyLongTexts, Group: ui.GroupDo, Run: c.turnLong})
		if c.query == "" {
			out = append(out, ui.Action{Key: keyWhichLong, Group: ui.GroupDo, Run: ui.Do(func() { c.Open(c.longTexts()) })})
		}
	}
	return append(out, ui.Closing(c.Dismiss, ui.KeyQuit),
		ui.Action{Key: ui.KeyUp, Group: ui.GroupMove, Run: ui.Do(func() { c.scroll(-1) })},
		ui.Action{Key: ui.KeyDown, Group: ui.GroupMove, Run: ui.Do(func() { c.scroll(1) })},
		ui.Action{Key: ui.KeyEnter, Run: ui.Do(func() { c.hint = c.enterHint() })})
}

// turnLong cuts long texts in place of leaving them out, or the other way round.
func (c *Box) turnLong() tea.Cmd {
	c.long = pipeline.LongCut + pipeline.LongLeftOut - c.long
	return c.count()
}

// enterHint tells which key does what enter does elsewhere: what costs money must
// not be a habit.
func (c *Box) enterHint() string {
	switch {
	case c.estimates == nil:
		return ""
	case c.nothingLeft():
		return "Enter does nothing here: esc goes back."
	case c.confirming:
		return "Enter spends nothing here: P spends it, esc does not."
	case pipeline.Total(c.sendable()).Missing() == 0:
		return "Enter does nothing here: p embeds, esc goes back."
	}
	return "Enter sends nothing: p pays and embeds, esc goes back."
}

// sendable are the estimates of the sources that can be asked.
func (c *Box) sendable() []pipeline.Estimate { return pipeline.Sendable(c.estimates) }

// summed are the estimates that the sum counts: what p would send, or all where
// nothing can be sent.
func (c *Box) summed() []pipeline.Estimate {
	if sendable := c.sendable(); len(sendable) > 0 {
		return sendable
	}
	return c.estimates
}

// Total is the sum: of what p would send, or of everything where nothing can be sent.
func (c *Box) Total() pipeline.Estimate { return pipeline.Total(c.summed()) }

func (c *Box) scroll(by int) {
	c.top = min(max(c.top+by, 0), max(len(c.estimates)+len(c.runningRequests())-1, 0))
}

// pay sends, or asks once more where it exceeds a limit.
func (c *Box) pay() tea.Cmd {
	switch {
	case c.estimates == nil:
		return nil
	case c.nothingLeft():
		c.hint = "Nothing else is to be sent; what is under way was agreed to."
		return nil
	case len(c.sendable()) == 0:
		c.hint = "Nothing was sent: " + candidate.OfError(c.estimates[0].Unavailable).Line(ui.Unlimited) + "."
		return nil
	case OverLimit(c.Session, c.summed()) != "":
		c.confirming = true
		return nil
	}
	return c.accept()
}

// accept sends what was agreed to, unless the texts are others by now.
func (c *Box) accept() tea.Cmd {
	if c.voidOnChange && c.Session.Corpus().Revision() != c.openedAt {
		c.Dismiss()
		c.Notify(ui.NoticeWarn, "Nothing was sent: the texts have changed, and there is nothing to compare with. "+ui.KeyOwnReduced.Help().Key+" on Matrices asks again.")
		return nil
	}
	if c.query == "" && c.Session.Corpus().Revision() != c.revision {
		c.Notify(ui.NoticeWarn, "The texts have changed meanwhile: this is what they cost now.")
		return c.count()
	}
	c.Dismiss()
	return c.send(c.sendable(), c.long)
}

// hasLong tells whether a text is longer than one of the models reads.
func (c *Box) hasLong() bool {
	for _, e := range c.estimates {
		if len(e.Long) > 0 {
			return true
		}
	}
	return false
}

// Mouse scrolls the sources with the wheel.
func (c *Box) Mouse(ev ui.Mouse) tea.Cmd {
	c.scroll(ev.Wheel)
	return nil
}
