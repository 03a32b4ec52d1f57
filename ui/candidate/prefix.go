package candidate

import (
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/api"
)

// EscapePrefix writes a prefix so that nothing of it is invisible but blanks: a
// line break is \n, a tab \t, a backslash \\.
func EscapePrefix(prefix string) string {
	quoted := strconv.Quote(prefix)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// ReadPrefix reads what EscapePrefix writes; a problem says what is wrong with
// what was typed.
func ReadPrefix(typed string) (prefix, problem string) {
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

// PrefixText shows a prefix in quotes with every blank at its ends.
func PrefixText(prefix string) string {
	text := EscapePrefix(prefix)
	left := len(text) - len(strings.TrimLeft(text, " "))
	text = text[left:]
	right := len(text) - len(strings.TrimRight(text, " "))
	return "“" + strings.Repeat("␣", left) + text[:len(text)-right] + strings.Repeat("␣", right) + "”"
}

// PrefixWords shows a prefix, or says that there is none.
func PrefixWords(prefix string) string {
	if prefix == "" {
		return "none"
	}
	return PrefixText(prefix)
}

// MannerWords shows how a text is sent, or says that it is as it stands.
func MannerWords(m api.Manner) string {
	if m.Field == (api.Field{}) {
		return PrefixWords(m.Prefix)
	}
	words := EscapePrefix(m.Field.Name + " = " + m.Field.Value)
	if m.Prefix != "" {
		words += " and " + PrefixText(m.Prefix)
	}
	return words
}

// RolesWords shows how texts are sent in each role: "query “q:␣”, document none,
// symmetric none".
func RolesWords(roles api.Roles) string {
	var parts []string
	for _, name := range api.RoleNames() {
		parts = append(parts, name+" "+MannerWords(roles.Of(api.Role(name))))
	}
	return strings.Join(parts, ", ")
}
