package report

import (
	"io"

	"github.com/vecscope/vecscope/api"
)

// Usage is what was spent, by model.
type Usage struct {
	// Session is this session's, AllTime that of all sessions where it is known.
	Session, AllTime []api.Tally
}

// period is a part of Usage with its JSON key and its heading.
type period struct {
	key, title string
	spent      []api.Tally
}

func (u Usage) periods() []period {
	return []period{{"session", "This session", u.Session}, {"all_time", "All time", u.AllTime}}
}

// PeriodsJSON writes what was spent as one JSON object: under "session" and
// "all_time" what UsageJSON writes.
func PeriodsJSON(w io.Writer, u Usage) error {
	j := newJSON(w)
	j.value(struct {
		Session usageJSON `json:"session"`
		AllTime usageJSON `json:"all_time"`
	}{usageOf(u.Session), usageOf(u.AllTime)})
	return j.end()
}

// PeriodsText writes what was spent as plain tables.
func PeriodsText(w io.Writer, u Usage) error {
	d := periodsDocument(u)
	return d.writeText(w)
}

// PeriodsMarkdown writes the same as Markdown.
func PeriodsMarkdown(w io.Writer, u Usage) error {
	d := periodsDocument(u)
	return d.writeMarkdown(w)
}

func periodsDocument(u Usage) document {
	var d document
	for _, p := range u.periods() {
		d.heading("%s", p.title)
		if len(p.spent) == 0 {
			d.line("Nothing yet.")
			continue
		}
		d.usage(p.spent)
	}
	return d
}
