package costs

// SetRefused lets the estimates be of texts that got no vector before, too.
func (c *Box) SetRefused(texts int) { c.estimates[0].Refused = texts }

// Scrolled is the first row that is shown.
func (c *Box) Scrolled() int { return c.top }
