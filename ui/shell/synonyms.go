package shell

import (
	"slices"
	"strings"
	"unicode"
)

// synonyms are words of which the palette takes each for the others: an action whose
// label has one of a row is found by all of them.
var synonyms = [][]string{
	{"theme", "light", "dark", "appearance"},
	{"color", "colour", "colours", "scale", "palette"},
	{"save", "export", "download"},
	{"open", "load", "import", "file"},
	{"search", "query", "find", "ask", "retrieval", "lookup"},
	{"filter", "find", "narrow"},
	{"pay", "buy", "embed", "embedding", "spend"},
	{"price", "cost", "costs", "money"},
	{"usage", "spent", "bill", "balance", "tokens", "money"},
	{"cluster", "clusters", "duplicate", "duplicates", "dedup"},
	{"key", "keys", "help", "shortcuts"},
	{"key", "password", "secret", "token"},
	{"delete", "remove", "clear", "forget", "erase"},
	{"undo", "revert"},
	{"sort", "order", "rank"},
	{"copy", "clipboard", "yank"},
	{"quit", "exit"},
	{"threshold", "thresholds", "cutoff"},
	{"dimensions", "length", "size", "shorter", "matryoshka"},
	{"models", "candidates", "model", "candidate"},
	{"label", "labels", "group", "groups"},
	{"like", "similar", "nearest", "neighbours"},
	{"errors", "problems", "failed", "wrong"},
	{"compute", "again", "refresh", "reload", "rerun"},
	{"verdict", "winner", "best", "score", "recommendation"},
	{"matrix", "matrices", "heatmap"},
	{"prefix", "prefixes", "instruction", "role"},
	{"example", "sample", "demo"},
	{"candidates", "chosen", "select"},
	{"back", "previous", "history"},
}

// otherWords are the words by which the palette finds an action besides those of its
// label.
func otherWords(label string) []string {
	said := strings.FieldsFunc(strings.ToLower(label), func(r rune) bool { return !unicode.IsLetter(r) })
	var out []string
	for _, row := range synonyms {
		if slices.ContainsFunc(row, func(w string) bool { return slices.Contains(said, w) }) {
			out = append(out, row...)
		}
	}
	return out
}
