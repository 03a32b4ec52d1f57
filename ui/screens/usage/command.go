package usage

import "github.com/vecscope/vecscope/ui"

// Command prints the sums of all sessions.
func (u *Screen) Command() (c ui.Command, reason string) {
	c.Args = []string{"usage"}
	if len(u.balances.answers) > 0 {
		c.Lacks = append(c.Lacks, "it prints no balance")
	}
	if u.filter.Words() != "" {
		c.Lacks = append(c.Lacks, "it prints every model, not only those of the filter")
	}
	return c, ""
}
