package corpus

import (
	"errors"
	"strings"
)

// ErrOvertaken is what Edit.Set returns when the corpus was changed by something
// else since the edit began.
var ErrOvertaken = errors.New("the texts were changed meanwhile")

// Edit is the typing of one text. The corpus follows every letter, and all of it
// together is one change that can be undone.
type Edit struct {
	corpus   *Corpus
	at       int
	adding   bool
	original Text
	current  string
	// applied tells that the last change of the corpus is this edit's.
	applied  bool
	revision uint64
}

// EditText begins to edit the text at index i, which must exist.
func (c *Corpus) EditText(i int) *Edit {
	t := c.texts[i]
	return &Edit{corpus: c, at: i, original: t, current: t.Text, revision: c.revision}
}

// AddText begins a new text before index i. Nothing is added while it is blank.
func (c *Corpus) AddText(i int) *Edit {
	return &Edit{corpus: c, at: min(max(i, 0), len(c.texts)), adding: true, revision: c.revision}
}

// At is the index at which the text stands, or would stand.
func (e *Edit) At() int { return e.at }

// Adding tells that the text is a new one.
func (e *Edit) Adding() bool { return e.adding }

// Present tells that the text is in the corpus now: it is not while it is blank.
func (e *Edit) Present() bool { return strings.TrimSpace(e.current) != "" }

// Set gives the text its present wording. A blank one is not in the corpus, until
// it is given words again. The error is a *LimitError or ErrOvertaken, and nothing
// has changed.
func (e *Edit) Set(text string) error {
	c := e.corpus
	switch {
	case c.revision != e.revision:
		return ErrOvertaken
	case text == e.current:
		return nil
	}
	others := len(c.texts)
	if e.Present() {
		others--
	}
	t := e.original
	t.Text = text
	if err := checkLimits(others, []Text{t}); err != nil {
		return err
	}
	if e.applied {
		c.withdraw()
	}
	before := c.revision
	e.current = text
	switch {
	case e.Present() && e.adding:
		_ = c.Insert(e.at, t) // the limits were checked
	case e.Present():
		_ = c.Replace(e.at, t)
	case !e.adding:
		c.Delete(e.at)
	}
	e.applied, e.revision = c.revision != before, c.revision
	return nil
}
