package report

import (
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// ProviderRow is a provider and how it does.
type ProviderRow struct {
	// Name is what its models' references begin with; Profile is its kind and
	// BaseURL where it is, both empty inside the binary.
	Name, Profile, BaseURL string
	// From says in a few words who has named it.
	From string
	// KeyEnv names the variable of its key, and HasKey tells whether it has one.
	KeyEnv string
	HasKey bool
	// Reachable and Authorised tell whether it answered, and took the key.
	Reachable, Authorised bool
	// Models is the number of its embedding models.
	Models  int
	Balance api.Balance
	// Err is what is wrong; nil when nothing is.
	Err error
}

var providerColumns = columns[ProviderRow]{
	{key: "name", head: "provider", value: func(r ProviderRow) any { return r.Name }},
	{key: "profile", value: func(r ProviderRow) any { return r.Profile }},
	{key: "base_url", head: "address", value: func(r ProviderRow) any { return r.BaseURL }, text: ProviderRow.address},
	{key: "key_env", value: func(r ProviderRow) any { return r.KeyEnv }},
	{key: "key_set", head: "key", value: func(r ProviderRow) any { return r.HasKey }, text: ProviderRow.key},
	{key: "reachable", head: "reachable", value: func(r ProviderRow) any { return r.Reachable }},
	{key: "authorised", head: "authorised", value: func(r ProviderRow) any { return r.Authorised }},
	{key: "models", head: "models", right: true, value: func(r ProviderRow) any { return r.Models }},
	{key: "balance_usd", head: "balance", right: true, value: func(r ProviderRow) any { return r.Balance.USD },
		text: func(r ProviderRow) string { return term.Written(balance(r.Balance)) }},
	{key: "balances", value: func(r ProviderRow) any {
		others := map[string]string{} // never null
		maps.Copy(others, r.Balance.Other)
		return others
	}},
	{key: "from", head: "from", value: func(r ProviderRow) any { return r.From }},
	{key: "error", value: func(r ProviderRow) any {
		if r.Err == nil {
			return ""
		}
		return r.Err.Error()
	}},
}

// ProvidersJSON writes the providers as a JSON array.
func ProvidersJSON(w io.Writer, rows []ProviderRow) error {
	j := newJSON(w)
	providerColumns.list(j, "", rows)
	return j.end()
}

// ProvidersText writes the providers as a plain table, and below it which have no
// key. What else is wrong is an error, which is told elsewhere.
func ProvidersText(w io.Writer, rows []ProviderRow) error {
	var d document
	d.table(providerColumns.table(rows))
	var keyless []string
	for _, r := range rows {
		var missing *api.KeyError
		if errors.As(r.Err, &missing) {
			keyless = append(keyless, term.Written(missing.Error()))
		}
	}
	if len(keyless) > 0 {
		d.heading("Not set up")
		for _, line := range keyless {
			d.line("%s", line)
		}
	}
	return d.writeText(w)
}

// address is where a provider is, for people.
func (r ProviderRow) address() string {
	switch {
	case r.Profile == "":
		return "inside vecscope"
	case r.BaseURL == "":
		return format.Unknown
	}
	return term.Written(r.BaseURL)
}

func (r ProviderRow) key() string {
	switch {
	case r.HasKey:
		return "set"
	case r.KeyEnv == "":
		return "none needed"
	default:
		return "not set"
	}
}

func balance(b api.Balance) string {
	var parts []string
	if b.USD != nil {
		parts = append(parts, format.Signed(*b.USD))
	}
	for _, name := range slices.Sorted(maps.Keys(b.Other)) {
		parts = append(parts, b.Other[name]+" "+name)
	}
	if len(parts) == 0 {
		return format.Unknown
	}
	return strings.Join(parts, ", ")
}
