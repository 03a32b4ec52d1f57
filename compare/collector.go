package compare

// Collector gathers the vectors of texts in the place where they are to stay, as they
// come, in any order: those of many texts are never held twice. It is used by one
// goroutine at a time.
type Collector struct {
	v       Vectors // with a place for every text
	present []bool
	count   int
	bad     map[int]error // why the row of a text cannot be used
}

// NewCollector returns a collector for so many texts, none of which has a vector yet.
func NewCollector(texts int) *Collector {
	return &Collector{present: make([]bool, texts), bad: map[int]error{}}
}

// Put copies the row of a text and scales it to unit length, in the place of one that
// it had. What is wrong with a row is told by [Collector.Vectors].
func (c *Collector) Put(text int, row []float32) {
	if err := c.put(text, row); err != nil {
		c.bad[text] = err
		return
	}
	c.has(text)
}

// has notes that a text has a vector, and one that can be used.
func (c *Collector) has(text int) {
	delete(c.bad, text)
	if !c.present[text] {
		c.present[text] = true
		c.count++
	}
}

func (c *Collector) put(text int, row []float32) error {
	if c.v.dim == 0 && len(row) > 0 {
		if err := c.makeRoom(len(row)); err != nil {
			return err
		}
	}
	if len(row) != c.v.dim || len(row) == 0 {
		return &LengthError{Text: text, Length: len(row), Want: c.v.dim}
	}
	return c.v.store(text, row)
}

// Take copies the row that a text has in other vectors, which must have it, as it is:
// what is the same stays the same to the last digit.
func (c *Collector) Take(text int, from Vectors, place int) {
	if c.v.dim == 0 {
		if err := c.makeRoom(from.dim); err != nil {
			c.bad[text] = err
			return
		}
	}
	if c.v.dim != from.dim {
		c.Put(text, from.Row(place))
		return
	}
	slot, at := int(c.v.slots[text]), int(from.slots[place])
	copy(c.v.row(slot), from.row(at))
	c.v.texts[slot], c.v.held.norms[slot] = int32(text), from.in().norms[at]
	c.has(text)
}

// makeRoom makes room for rows of so many values.
func (c *Collector) makeRoom(dim int) error {
	v := Vectors{dim: dim, slots: make([]int32, len(c.present))}
	for i := range v.slots {
		v.slots[i] = int32(i)
	}
	if err := v.allocate(len(v.slots)); err != nil {
		return err
	}
	c.v = v
	return nil
}

// Has tells whether a text has a vector.
func (c *Collector) Has(text int) bool { return c.present[text] }

// Row returns the unit-length values of a text, or nil when it has no vector. The caller
// must not change them.
func (c *Collector) Row(text int) []float32 {
	if !c.present[text] {
		return nil
	}
	return c.v.row(text)
}

// Vectors gives the vectors gathered; the collector must not be used after it. The
// error is one of [NewVectors], of the first text whose row cannot be used.
func (c *Collector) Vectors() (Vectors, error) {
	for text := range c.present {
		if err := c.bad[text]; err != nil {
			return Vectors{}, err
		}
	}
	if c.count == len(c.present) && c.count > 0 {
		return c.v, nil
	}
	return c.withoutGaps()
}

// withoutGaps moves the rows together where most are there, and copies them where
// their places would take much more room than they do.
func (c *Collector) withoutGaps() (Vectors, error) {
	n := len(c.present)
	v := Vectors{dim: c.v.dim, slots: make([]int32, n)}
	if c.count == 0 {
		v.dim = 0
	}
	if c.count == 0 || c.count < n-n/8 {
		if err := v.allocate(c.count); err != nil {
			return Vectors{}, err
		}
	} else {
		all := c.v.held
		v.texts = c.v.texts[:c.count]
		v.held = &held{rows: all.rows.First(c.count), norms: all.norms[:c.count], coarse: all.coarse}
	}
	slot := 0
	for text, present := range c.present {
		if !present {
			v.slots[text] = -1
			continue
		}
		// No row moves to a later place, so that none is lost.
		copy(v.row(slot), c.v.row(text))
		v.slots[text], v.texts[slot], v.held.norms[slot] = int32(slot), int32(text), c.v.held.norms[text]
		slot++
	}
	c.v = Vectors{}
	return v, nil
}
