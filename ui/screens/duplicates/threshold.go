package duplicates

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

func (d *Screen) cycleFocus(by int) {
	d.Session.CycleFocus(by)
	if !d.clusters.on && !d.Session.Thresholds().Each() {
		d.Inform("All models share one threshold; | gives each its own.")
	}
}

// threshold is the one that moves now: the candidate's in focus, which is the
// common one when there is one for all.
func (d *Screen) threshold() float64 {
	return d.Session.Thresholds().Of(d.Session.Candidates()[d.Session.Focused()].ID())
}

func (d *Screen) setThreshold(value float64) {
	d.Session.Thresholds().Set(d.Session.Candidates()[d.Session.Focused()].ID(), value)
}

func (d *Screen) nudge(by float64) { d.setThreshold(d.threshold() + by) }

func (d *Screen) toggleEach() {
	d.Session.Thresholds().SetEach(!d.Session.Thresholds().Each())
	if d.Session.Thresholds().Each() {
		d.Inform("Separate thresholds: tab selects the model, [ and ] move its threshold.")
	} else {
		d.Inform("One threshold for all models: %s.", format.Threshold(d.Session.Thresholds().Common()))
	}
}

// askThreshold asks for the threshold as a number.
func (d *Screen) askThreshold() {
	title := "Threshold for all models"
	if d.Session.Thresholds().Each() {
		title = "Threshold of " + term.Safe(d.Session.Candidates()[d.Session.Focused()].ID())
	}
	about := fmt.Sprintf("From -1 to 1, or in per cent: 0.9, .9 or 90%%. It is %s now.", format.Threshold(d.threshold()))
	d.Open(widget.NewPrompt(d.Theme, title, about, format.Threshold(d.threshold()), func(typed string) (tea.Cmd, string) {
		value, problem := format.ParseThreshold(typed)
		if problem == "" {
			d.setThreshold(value)
		}
		return nil, problem
	}))
}
