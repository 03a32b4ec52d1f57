package corpus

// Origin says where the texts of a corpus come from. The zero Origin is that of
// texts that were typed in.
type Origin struct {
	// Source names it for people: a set's title, a file's name.
	Source string
	// Set is the name of the built-in set that the texts are, unchanged; else empty.
	Set string
	// Edited tells that the texts were changed since they came from Source.
	Edited bool
	// Files are those that the texts were read from; the zero Files where no file, or not
	// files alone, had them.
	Files Files
}

// Own tells that no set and no file has the texts as they are: they are the
// person's own work.
func (o Origin) Own() bool { return o.Source == "" || o.Edited }

// Title is the origin in a few words: "faq.csv, edited".
func (o Origin) Title() string {
	switch {
	case o.Source == "":
		return "your texts"
	case o.Edited:
		return o.Source + ", edited"
	default:
		return o.Source
	}
}

func (o Origin) edited() Origin {
	return Origin{Source: o.Source, Edited: o.Source != "", Files: o.Files}
}

// Origin tells where the texts come from.
func (c *Corpus) Origin() Origin { return c.origin }

// SetOrigin says where the texts come from. It is no change that can be undone.
func (c *Corpus) SetOrigin(o Origin) { c.origin = o }
