package ui

import (
	"errors"
	"fmt"

	"github.com/vecscope/vecscope/ui/format"
)

// lackText says how many texts a result has vectors of, and what brings the
// rest; empty when it lacks none.
func lackText(c candidateState) string {
	if c.phase != phaseReady || c.missing == 0 {
		return ""
	}
	n := c.result.Vectors.Len()
	text := fmt.Sprintf("%s of %s", format.Thousands(n-c.missing), format.Count(n, "text"))
	switch {
	case c.working:
		return text + " · " + workText(c)
	case errors.Is(c.err, errStopped):
		text = "stopped at " + text
	}
	if c.unpaid != nil {
		return text + " · E embeds " + format.Thousands(c.unpaid.Missing())
	}
	return text + " · R tries the rest"
}

// lackReason is why the rest of a result's texts could not be embedded; nil when
// that was not tried, or was stopped.
func lackReason(c candidateState) error {
	if c.phase != phaseReady || c.missing == 0 || errors.Is(c.err, errStopped) {
		return nil
	}
	return c.err
}
