package corpus

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// mostListed is how many of the rows that were left out are kept with their reasons.
const mostListed = 1000

// collector takes the texts of one file and checks what holds in every format.
type collector struct {
	name    string
	options Options
	reading *Reading
	scheme  scheme
	rows    map[string]int // id → the row, or the item, that has it
	item    int            // the item that is taken, where those of a line are told apart; else 0
}

// named gives an error the file's name.
func (c *collector) named(e *ReadError) *ReadError {
	e.Name, e.Item = c.name, c.item
	return e
}

// chosen notes which columns the texts come from.
func (c *collector) chosen(s scheme) {
	c.scheme = s
	c.reading.Columns = s.columns()
	c.reading.Guessed = s.guessed[roleText] || s.guessed[roleID] || s.guessed[roleGroup]
}

// leave leaves a row out that cannot be used, or gives the error in a strict reading.
func (c *collector) leave(why *ReadError) error {
	c.named(why)
	if c.options.Strict {
		return why
	}
	c.reading.Left++
	if len(c.reading.Reasons) < mostListed {
		c.reading.Reasons = append(c.reading.Reasons, why)
	}
	return nil
}

func (c *collector) refuse(row int, field, why, hint string) error {
	return c.leave(&ReadError{Row: row, Field: field, Why: why, Hint: hint})
}

// add takes a text, whose memory must not be that of its row.
func (c *collector) add(row int, field string, t Text) error {
	if strings.TrimSpace(t.Text) == "" {
		return c.refuse(row, field, "the text is empty", "write one or delete the row")
	}
	if n := utf8.RuneCountInString(t.Text); n > MaxTextLength {
		return c.refuse(row, field, fmt.Sprintf("the text has %s characters", grouped(n)),
			fmt.Sprintf("split it: the longest that is read has %s", grouped(MaxTextLength)))
	}
	if len(c.reading.Texts) == MaxTexts {
		return c.named(&ReadError{Row: row, Why: fmt.Sprintf("there are more than %s texts", grouped(MaxTexts)), Hint: "take a part of them"})
	}
	if t.ID, t.Group, t.Lang = strings.Clone(t.ID), strings.Clone(t.Group), strings.Clone(t.Lang); c.reading.NotIDs != "" {
		t.ID = ""
	}
	counted, place := (&ReadError{Name: c.name, Row: row, Item: c.item}).place()
	if t.ID != "" {
		if first, taken := c.rows[t.ID]; taken {
			if !c.scheme.guessed[roleID] {
				return c.refuse(row, "id", fmt.Sprintf("%s %d has the same id %.60q", counted, first, t.ID), "give each text its own")
			}
			c.noIDs()
			t.ID = ""
		}
	}
	if t.ID != "" {
		c.rows[t.ID] = place
	}
	c.reading.Texts = append(c.reading.Texts, t)
	return nil
}

// noIDs takes the ids away: a column that was guessed to have them has one twice, so
// that it is none of ids.
func (c *collector) noIDs() {
	for i := range c.reading.Texts {
		c.reading.Texts[i].ID = ""
	}
	c.reading.NotIDs, c.reading.Columns.ID = c.reading.Columns.ID, ""
}
