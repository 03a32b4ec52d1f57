package config

import "bytes"

// mostSettings is how many keys one table may have, and how many tables there may be:
// the decoder compares each with all others of its table.
const mostSettings = 10_000

// crowded finds the first line, from 1, at which a file has more settings in one table,
// or more tables of different names, than mostSettings; 0 where it has not.
func crowded(data []byte) int {
	keys, tables, line := 0, map[string]bool{}, 0
	for written := range bytes.Lines(data) {
		line++
		written = bytes.TrimSpace(written)
		switch {
		case bytes.HasPrefix(written, []byte("#")):
			continue
		case bytes.HasPrefix(written, []byte("[")):
			keys = 0
			tables[string(written)] = true
		default:
			keys += bytes.Count(written, []byte("="))
		}
		if keys > mostSettings || len(tables) > mostSettings {
			return line
		}
	}
	return 0
}

// tooMany says what crowded found in a line.
func tooMany(line int) Problem {
	return Problem{Line: line, Column: 1, Why: "there are too many settings: at most 10,000 in one table, and 10,000 tables"}
}
