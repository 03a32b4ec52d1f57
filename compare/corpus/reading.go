package corpus

import (
	"fmt"
	"slices"
	"strings"
)

// Reading is what a file or stream gave.
type Reading struct {
	Texts []Text
	// Columns are those that the texts came from; none for one text a line.
	Columns Columns
	// Guessed tells that nobody named one of them and it is not called "text", "id"
	// or "group".
	Guessed bool
	// NotIDs is a column that looked like ids and has one twice, so that its ids were
	// not taken; empty when there is none.
	NotIDs string
	// Encoding is how the characters were written; empty for UTF-8.
	Encoding string
	// Sheet is the sheet of a workbook with several.
	Sheet string
	// Left is how many rows were left out, and Reasons says why, of the first of them.
	Left    int
	Reasons []*ReadError
	// Marks is how many byte order marks stood inside, as in files that were joined,
	// and were taken off.
	Marks int
}

func newCollector(name string, o Options) *collector {
	return &collector{name: name, options: o, reading: &Reading{}, rows: map[string]int{}}
}

// ended gives what was read, or says why there is nothing.
func (c *collector) ended() (*Reading, error) {
	r := c.reading
	switch {
	case len(r.Texts) > 0:
		return r, nil
	case r.Left == 1:
		return nil, r.Reasons[0]
	case r.Left > 1:
		first := *r.Reasons[0]
		first.Why = fmt.Sprintf("none of %s rows can be used; of the first, %s", grouped(r.Left), first.Why)
		return nil, &first
	}
	return nil, &ReadError{Name: c.name, Why: "there are no texts in it", Hint: "write one text a line, or a table with a column \"text\""}
}

// Notes says in a few words each what of the file was left out, changed or guessed;
// none when it was read as it stands.
func (r *Reading) Notes() (notes []string) {
	if r.Guessed || len(SplitColumns(r.Columns.Text)) > 1 {
		notes = append(notes, r.Columns.text())
	}
	if r.NotIDs != "" {
		notes = append(notes, fmt.Sprintf("no ids, since %.40q repeats", r.NotIDs))
	}
	if r.Sheet != "" {
		notes = append(notes, fmt.Sprintf("sheet %.40q alone", r.Sheet))
	}
	if r.Encoding != "" {
		notes = append(notes, "read as "+r.Encoding)
	}
	if r.Marks > 0 {
		notes = append(notes, times(r.Marks, "byte order mark")+" taken off")
	}
	if r.Left > 0 {
		notes = append(notes, fmt.Sprintf("%s left out (%s)", times(r.Left, "row"), r.reasons()))
	}
	return notes
}

// text says which columns they are.
func (c Columns) text() string {
	var texts []string
	for _, name := range SplitColumns(c.Text) {
		texts = append(texts, fmt.Sprintf("%.40q", name))
	}
	said := []string{"texts from " + inWords(texts)}
	if c.ID != "" {
		said = append(said, fmt.Sprintf("ids from %.40q", c.ID))
	}
	if c.Group != "" {
		said = append(said, fmt.Sprintf("groups from %.40q", c.Group))
	}
	return strings.Join(said, ", ")
}

// mostReasons and mostRows are how many reasons are told at once, and of how many
// rows.
const mostReasons, mostRows = 3, 5

// reasons says why rows were left out, in one line.
func (r *Reading) reasons() string {
	var order []string
	counted, rows := "", map[string][]int{}
	for _, e := range r.Reasons {
		if !slices.Contains(order, e.Why) {
			if len(order) == mostReasons {
				continue
			}
			order = append(order, e.Why)
		}
		var number int
		counted, number = e.place()
		rows[e.Why] = append(rows[e.Why], number)
	}
	told := 0
	var parts []string
	for _, why := range order {
		parts = append(parts, rowNumbers(counted, rows[why])+": "+why)
		told += len(rows[why])
	}
	if more := r.Left - told; more > 0 {
		parts = append(parts, grouped(more)+" more")
	}
	return strings.Join(parts, "; ")
}

// rowNumbers writes "line 4", "lines 4, 7" or "lines 4, 7, 9, 11, 12 and 30 more", counted
// being what is numbered.
func rowNumbers(counted string, rows []int) string {
	if len(rows) == 1 {
		return fmt.Sprintf("%s %d", counted, rows[0])
	}
	var numbers []string
	for _, row := range rows[:min(len(rows), mostRows)] {
		numbers = append(numbers, fmt.Sprint(row))
	}
	text := counted + "s " + strings.Join(numbers, ", ")
	if more := len(rows) - mostRows; more > 0 {
		text += fmt.Sprintf(" and %s more", grouped(more))
	}
	return text
}

func times(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return grouped(n) + " " + what + "s"
}
