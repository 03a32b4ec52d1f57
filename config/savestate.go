package config

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
)

// SaveState remembers the session, atomically and for the user alone. The error is
// a *WriteError; what was remembered before still is.
func SaveState(path string, s State) error {
	s.Version = StateVersion
	return StreamAtomic(path, 0o600, func(w io.Writer) error {
		// A write that fails is told by the flush.
		b := bufio.NewWriter(w)
		if err := writeState(b, s); err != nil {
			return err
		}
		return b.Flush()
	})
}

// writeState writes the texts one by one, after the rest: encoded as a whole, very many
// would be in memory several times.
func writeState(w *bufio.Writer, s State) error {
	texts, replaced := s.Texts, s.Replaced
	s.Texts, s.Replaced = nil, nil
	rest, err := encoded(s)
	if err != nil {
		return err
	}
	_, _ = w.Write(bytes.TrimSuffix(rest, []byte("}")))
	if len(texts) > 0 {
		_, _ = w.WriteString(`,"texts":`)
		if err := writeTexts(w, texts); err != nil {
			return err
		}
	}
	if replaced != nil {
		_, _ = w.WriteString(`,"replaced":`)
		if err := writeReplaced(w, *replaced); err != nil {
			return err
		}
	}
	_, _ = w.WriteString("}\n")
	return nil
}

func writeReplaced(w *bufio.Writer, r Replaced) error {
	_, _ = w.WriteString(`{"texts":`)
	if err := writeTexts(w, r.Texts); err != nil {
		return err
	}
	rest, err := encoded(struct {
		Set    string `json:"set,omitempty"`
		Source string `json:"source,omitempty"`
		Edited bool   `json:"edited,omitempty"`
	}{r.Set, r.Source, r.Edited})
	if err != nil {
		return err
	}
	if string(rest) != "{}" {
		_ = w.WriteByte(',')
	}
	_, _ = w.Write(rest[1:])
	return nil
}

// writeTexts writes a list of texts, one a line.
func writeTexts(w *bufio.Writer, texts []Text) error {
	_ = w.WriteByte('[')
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for i, t := range texts {
		if i > 0 {
			_ = w.WriteByte(',')
		}
		if err := encoder.Encode(t); err != nil {
			return err
		}
	}
	_ = w.WriteByte(']')
	return nil
}

// encoded is a value in JSON without the line's end, and with < and > as they are.
func encoded(value any) ([]byte, error) {
	var data bytes.Buffer
	encoder := json.NewEncoder(&data)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSuffix(data.Bytes(), []byte("\n")), err
}
