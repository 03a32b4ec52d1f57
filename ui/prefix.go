package ui

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/api"
)

// escapePrefix writes a prefix so that nothing of it is invisible but blanks: a
// line break is \n, a tab \t, a backslash \\.
func escapePrefix(prefix string) string {
	quoted := strconv.Quote(prefix)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// readPrefix reads what escapePrefix writes; a problem says what is wrong with
// what was typed.
func readPrefix(typed string) (prefix, problem string) {
	var b strings.Builder
	for rest := typed; rest != ""; {
		r, multibyte, tail, err := strconv.UnquoteChar(rest, 0)
		if err != nil {
			return "", `after a backslash only n (line break), t (tab) or \ can stand`
		}
		if r < 0x80 || multibyte {
			b.WriteRune(r)
		} else {
			b.WriteByte(byte(r))
		}
		rest = tail
	}
	if problem = api.QueryPrefixProblem(b.String()); problem != "" {
		return "", problem
	}
	return api.QueryPrefix(b.String()), ""
}

// prefixText shows a prefix in quotes with every blank at its ends.
func prefixText(prefix string) string {
	text := escapePrefix(prefix)
	left := len(text) - len(strings.TrimLeft(text, " "))
	text = text[left:]
	right := len(text) - len(strings.TrimRight(text, " "))
	return "“" + strings.Repeat("␣", left) + text[:len(text)-right] + strings.Repeat("␣", right) + "”"
}

// queryPrefix is what goes before queries to a model: what the person has put
// there, else what the catalog says.
func (s *store) queryPrefix(m api.Model) string {
	if prefix, edited := s.prefixes[m.Ref()]; edited {
		return prefix
	}
	return m.QueryPrefix
}

// setQueryPrefix puts a prefix before queries to a model; the catalog's own is no
// edit.
func (s *store) setQueryPrefix(m api.Model, prefix string) {
	if prefix == m.QueryPrefix {
		delete(s.prefixes, m.Ref())
	} else {
		s.prefixes[m.Ref()] = prefix
	}
	s.unsaved = true
}

// restorePrefixes takes up the remembered prefixes, those of models that the
// catalog lacks now too, and says which cannot be.
func (a *app) restorePrefixes(prefixes map[string]string) {
	var wrong []string
	for _, ref := range slices.Sorted(maps.Keys(prefixes)) {
		if problem := api.QueryPrefixProblem(prefixes[ref]); problem != "" {
			wrong = append(wrong, fmt.Sprintf("%s: %s", ref, problem))
			continue
		}
		a.store.prefixes[ref] = prefixes[ref]
	}
	if len(wrong) > 0 {
		a.notify(noticeWarn, "Left out of the remembered query prefixes: "+strings.Join(wrong, " · "))
	}
}
