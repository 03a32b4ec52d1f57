package candidate

import (
	"errors"
	"fmt"

	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
)

// LackText says how many texts a result has vectors of, and what brings the
// rest; empty when it lacks none.
func LackText(c session.State) string {
	if c.Phase != session.PhaseReady || c.Missing == 0 {
		return ""
	}
	n := c.Result.Vectors.Len()
	text := fmt.Sprintf("%s of %s", format.Thousands(n-c.Missing), format.Count(n, "text"))
	switch {
	case c.Working:
		return text + " · " + WorkText(c)
	case errors.Is(c.Err, session.ErrStopped):
		text = "stopped at " + text
	}
	if c.Unpaid != nil {
		return text + " · E embeds " + format.Thousands(c.Unpaid.Missing())
	}
	return text + " · R tries the rest"
}

// LackReason is why the rest of a result's texts could not be embedded; nil when
// that was not tried, or was stopped.
func LackReason(c session.State) error {
	if c.Phase != session.PhaseReady || c.Missing == 0 || errors.Is(c.Err, session.ErrStopped) {
		return nil
	}
	return c.Err
}
