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
	if err := writeOpen(w, s, texts); err != nil {
		return err
	}
	if replaced != nil {
		_, _ = w.WriteString(`,"replaced":`)
		rest := *replaced
		rest.Texts = nil
		if err := writeOpen(w, rest, replaced.Texts); err != nil {
			return err
		}
		_ = w.WriteByte('}')
	}
	_, _ = w.WriteString("}\n")
	return nil
}

// writeOpen writes what has texts: the rest of it, then the texts, and not the brace that
// closes it.
func writeOpen(w *bufio.Writer, rest any, texts []Text) error {
	data, err := encoded(rest)
	if err != nil {
		return err
	}
	_, _ = w.Write(bytes.TrimSuffix(data, []byte("}")))
	if len(texts) == 0 {
		return nil
	}
	if string(data) != "{}" {
		_ = w.WriteByte(',')
	}
	_, _ = w.WriteString(`"texts":`)
	return writeTexts(w, texts)
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
