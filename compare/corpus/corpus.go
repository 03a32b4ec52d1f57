package corpus

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// maxUndo is how many changes can be taken back, and maxUndoBytes is about how much
// memory their lists may take: changes of very many texts are fewer. The last change
// can always be taken back.
const (
	maxUndo      = 200
	maxUndoBytes = 64 << 20
)

// Corpus is an ordered list of texts that can be edited, with undo and redo. It
// is not safe for concurrent use.
type Corpus struct {
	texts []Text
	// shared tells that the list has been given out: the next change makes a new one.
	shared   bool
	undo     []change
	redo     []change
	revision uint64
	origin   Origin
	touched  int
	spliced  []splice // the last ones
	// forgotten is the last change that replaced own texts and is too old to be
	// taken back; nil when there is none.
	forgotten *change
}

// change replaces the texts old, which begin at index at, by new, and says what
// that makes of their origin.
type change struct {
	what     string
	at       int
	old, new []Text
	was, is  Origin
	// size is about how many bytes keeping it takes.
	size int
	// loads tells that all texts were replaced by others.
	loads bool
}

// replacesOwn tells that the change took the place of the person's own texts.
func (ch change) replacesOwn() bool { return ch.loads && len(ch.old) > 0 && ch.was.Own() }

// bytes is about what keeping the change takes: both lists, and the words of those that
// are gone. The words of new ones stand in the list, or are gone with a later change.
func (ch change) bytes() int {
	n := (len(ch.old) + len(ch.new)) * int(unsafe.Sizeof(Text{}))
	for _, t := range ch.old {
		n += len(t.ID) + len(t.Text) + len(t.Group) + len(t.Lang)
	}
	return n
}

// LimitError reports texts that a corpus cannot take.
type LimitError struct {
	// Why is one line that says which limit and what to do.
	Why string
}

func (e *LimitError) Error() string { return e.Why }

// New makes a corpus of those texts, with nothing to undo.
func New(texts []Text) *Corpus {
	return &Corpus{texts: slices.Clone(texts)}
}

// Len is the number of texts.
func (c *Corpus) Len() int { return len(c.texts) }

// At gives the text at index i, which must be from 0 to Len()-1.
func (c *Corpus) At(i int) Text { return c.texts[i] }

// Texts gives a copy of the list.
func (c *Corpus) Texts() []Text { return slices.Clone(c.texts) }

// Snapshot gives the list as it is now, which the caller must not change. It stays so
// whatever becomes of the corpus: a list of very many is copied once a change, and not
// for everybody who looks at it.
func (c *Corpus) Snapshot() []Text {
	c.shared = true
	return slices.Clip(c.texts)
}

// Revision changes with every change of the list, undo and redo included, and
// never comes back to an earlier value.
func (c *Corpus) Revision() uint64 { return c.revision }

// splice is that so many texts, from an index on, have become so many others, which led
// to a revision.
type splice struct {
	revision       uint64
	at, gone, come int
}

// mostSplices is how many of them are remembered: more than a letter typed takes.
const mostSplices = 32

// Since tells what parts the list of an earlier revision from that of now: from index at
// on, so many texts are gone and so many others have come in their place. ok is false when
// that is not known any more.
func (c *Corpus) Since(revision uint64) (at, gone, come int, ok bool) {
	if revision == c.revision {
		return 0, 0, 0, true
	}
	first := slices.IndexFunc(c.spliced, func(s splice) bool { return s.revision == revision+1 })
	if first < 0 {
		return 0, 0, 0, false
	}
	at = c.spliced[first].at
	for _, s := range c.spliced[first:] {
		from, to := min(at, s.at), max(at+come, s.at+s.gone)
		gone += at - from + to - (at + come)
		at, come = from, to-from-s.gone+s.come
	}
	return at, gone, come, true
}

// Add appends texts. The error is a *LimitError and nothing has been added.
func (c *Corpus) Add(texts ...Text) error { return c.Insert(len(c.texts), texts...) }

// Touched is the index of the first text that the last change, undo or redo
// concerned; after a deletion it can be Len().
func (c *Corpus) Touched() int { return c.touched }

// Insert puts texts before index i, or at the nearest end of the list. The error
// is a *LimitError and nothing has been inserted.
func (c *Corpus) Insert(i int, texts ...Text) error {
	if len(texts) == 0 {
		return nil
	}
	if err := checkLimits(len(c.texts), texts); err != nil {
		return err
	}
	at := min(max(i, 0), len(c.texts))
	c.edit(change{what: "add " + number(len(texts)), at: at, new: slices.Clone(texts)})
	return nil
}

// Replace puts a text in the place of the one at index i; an index outside of the
// list and an equal text change nothing. The error is a *LimitError.
func (c *Corpus) Replace(i int, t Text) error {
	if !c.has(i) || c.texts[i] == t {
		return nil
	}
	if err := checkLimits(len(c.texts)-1, []Text{t}); err != nil {
		return err
	}
	c.edit(change{what: fmt.Sprintf("edit text %d", i+1), at: i, old: []Text{c.texts[i]}, new: []Text{t}})
	return nil
}

// Delete takes the text at index i away; an index outside of the list changes
// nothing.
func (c *Corpus) Delete(i int) {
	if !c.has(i) {
		return
	}
	c.edit(change{what: fmt.Sprintf("delete text %d", i+1), at: i, old: []Text{c.texts[i]}})
}

// Move shifts the text at index i by delta places, as far as the list goes, and
// gives its new index.
func (c *Corpus) Move(i, delta int) int {
	if !c.has(i) {
		return i
	}
	to := min(max(i+delta, 0), len(c.texts)-1)
	if to == i {
		return i
	}
	from, end := min(i, to), max(i, to)+1
	old := slices.Clone(c.texts[from:end])
	moved := slices.Delete(slices.Clone(old), i-from, i-from+1)
	moved = slices.Insert(moved, to-from, c.texts[i])
	c.edit(change{what: fmt.Sprintf("move text %d", i+1), at: from, old: old, new: moved})
	return to
}

// Clear takes all texts away.
func (c *Corpus) Clear() {
	if len(c.texts) > 0 {
		c.do(change{what: "clear " + number(len(c.texts)), old: c.Snapshot()})
	}
}

// Set puts those texts, which come from there, in the place of all. The list is taken
// over and not copied: nobody may change it afterwards, and no edit does. The error is a
// *LimitError and nothing has changed.
func (c *Corpus) Set(texts []Text, from Origin) error {
	if slices.Equal(c.texts, texts) {
		c.origin = from
		return nil
	}
	if err := checkLimits(0, texts); err != nil {
		return err
	}
	c.do(change{what: "load " + number(len(texts)), old: c.Snapshot(), new: texts, is: from, loads: true})
	return nil
}

// Undo takes the last change back and names it, such as "delete text 3"; ok is
// false when there is none.
func (c *Corpus) Undo() (what string, ok bool) {
	if len(c.undo) == 0 {
		return "", false
	}
	last := len(c.undo) - 1
	done := c.undo[last]
	c.undo = c.undo[:last]
	c.redo = append(c.redo, done)
	c.splice(done.at, len(done.new), done.old)
	c.origin = done.was
	return done.what, true
}

// Replaced gives the person's own texts that others took the place of last, and
// where they came from; none when the person's own were never replaced, or are
// back. The caller must not change them.
func (c *Corpus) Replaced() (texts []Text, from Origin) {
	for _, ch := range slices.Backward(c.undo) {
		if ch.replacesOwn() {
			return ch.old, ch.was
		}
	}
	if c.forgotten != nil {
		return c.forgotten.old, c.forgotten.was
	}
	return nil, Origin{}
}

// Undoable names the change that Undo would take back; empty when there is none.
func (c *Corpus) Undoable() string { return lastOf(c.undo) }

// Redoable names the change that Redo would make again; empty when there is none.
func (c *Corpus) Redoable() string { return lastOf(c.redo) }

func lastOf(changes []change) string {
	if len(changes) == 0 {
		return ""
	}
	return changes[len(changes)-1].what
}

// Redo makes the change again that Undo took back last and names it; ok is false
// when there is none, or when the list has changed since.
func (c *Corpus) Redo() (what string, ok bool) {
	if len(c.redo) == 0 {
		return "", false
	}
	last := len(c.redo) - 1
	undone := c.redo[last]
	c.redo = c.redo[:last]
	c.undo = append(c.undo, undone)
	c.splice(undone.at, len(undone.old), undone.new)
	c.origin = undone.is
	return undone.what, true
}

func (c *Corpus) has(i int) bool { return i >= 0 && i < len(c.texts) }

// edit makes a change after which the texts are no longer what their source has.
func (c *Corpus) edit(ch change) {
	ch.is = c.origin.edited()
	c.do(ch)
}

func (c *Corpus) do(ch change) {
	ch.was = c.origin
	ch.size = ch.bytes()
	c.undo = append(c.undo, ch)
	c.forget()
	c.redo = nil
	c.splice(ch.at, len(ch.old), ch.new)
	c.origin = ch.is
}

// forget lets go of the oldest changes, as many as are too many.
func (c *Corpus) forget() {
	size := 0
	for _, ch := range c.undo {
		size += ch.size
	}
	gone := 0
	for ; len(c.undo)-gone > maxUndo || size > maxUndoBytes && len(c.undo)-gone > 1; gone++ {
		oldest := c.undo[gone]
		size -= oldest.size
		if oldest.replacesOwn() {
			c.forgotten = &oldest
		}
	}
	c.undo = slices.Delete(c.undo, 0, gone)
}

// withdraw takes the last change back for good.
func (c *Corpus) withdraw() {
	c.Undo()
	c.redo = nil
}

func (c *Corpus) splice(at, length int, texts []Text) {
	switch {
	case length == len(c.texts):
		// The change holds the same list, so that many texts are not listed twice.
		c.texts, c.shared = texts, true
	case c.shared:
		c.texts, c.shared = slices.Concat(c.texts[:at], texts, c.texts[at+length:]), false
	default:
		c.texts = slices.Replace(c.texts, at, at+length, texts...)
	}
	c.revision++
	c.touched = at
	if len(c.spliced) == mostSplices {
		c.spliced = slices.Delete(c.spliced, 0, 1)
	}
	c.spliced = append(c.spliced, splice{c.revision, at, length, len(texts)})
}

func checkLimits(others int, texts []Text) error {
	if n := others + len(texts); n > MaxTexts {
		return &LimitError{Why: fmt.Sprintf("%s texts are too many: the most is %s; delete some first", grouped(n), grouped(MaxTexts))}
	}
	for _, t := range texts {
		if n := utf8.RuneCountInString(t.Text); n > MaxTextLength {
			return &LimitError{Why: fmt.Sprintf("a text of %s characters is too long: the most is %s; split it", grouped(n), grouped(MaxTextLength))}
		}
	}
	return nil
}

func number(n int) string {
	if n == 1 {
		return "1 text"
	}
	return grouped(n) + " texts"
}

// SplitPaste cuts what was pasted into texts: its lines without the space around
// them, blank ones left out.
func SplitPaste(s string) []string {
	var lines []string
	for line := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
