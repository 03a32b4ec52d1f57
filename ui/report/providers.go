package report

import (
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/cache"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// ProviderRow is a provider and how it does.
type ProviderRow struct {
	// Name is what its models' references begin with; Profile is its kind and
	// BaseURL where it is, both empty inside the binary.
	Name, Profile, BaseURL string
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

type providerJSON struct {
	Name       string            `json:"name"`
	Profile    string            `json:"profile"`
	BaseURL    string            `json:"base_url"`
	KeyEnv     string            `json:"key_env"`
	KeySet     bool              `json:"key_set"`
	Reachable  bool              `json:"reachable"`
	Authorised bool              `json:"authorised"`
	Models     int               `json:"models"`
	BalanceUSD *float64          `json:"balance_usd"`
	Balances   map[string]string `json:"balances"`
	Error      string            `json:"error"`
}

// ProvidersJSON writes the providers as a JSON array.
func ProvidersJSON(w io.Writer, rows []ProviderRow) error {
	j := newJSON(w)
	j.list("", len(rows), func(i int) {
		r := rows[i]
		row := providerJSON{
			Name: r.Name, Profile: r.Profile, BaseURL: r.BaseURL, KeyEnv: r.KeyEnv, KeySet: r.HasKey,
			Reachable: r.Reachable, Authorised: r.Authorised, Models: r.Models, BalanceUSD: r.Balance.USD, Balances: map[string]string{},
		}
		maps.Copy(row.Balances, r.Balance.Other)
		if r.Err != nil {
			row.Error = r.Err.Error()
		}
		j.value(row)
	})
	return j.end()
}

// ProvidersText writes the providers as a plain table, and below it which have no
// key. What else is wrong is an error, which is told elsewhere.
func ProvidersText(w io.Writer, rows []ProviderRow) error {
	d := document{}
	t := newTable(words("provider"), words("address"), words("key"), words("reachable"), words("authorised"), numbers("models"), numbers("balance"))
	var keyless []string
	for _, r := range rows {
		address := term.Safe(r.BaseURL)
		switch {
		case r.Profile == "":
			address = "inside vecscope"
		case address == "":
			address = format.Unknown
		}
		t.add(term.Safe(r.Name), address, r.key(), format.YesNo(r.Reachable), format.YesNo(r.Authorised), strconv.Itoa(r.Models), term.Safe(balance(r.Balance)))
		var missing *api.KeyError
		if errors.As(r.Err, &missing) {
			keyless = append(keyless, term.Safe(missing.Error()))
		}
	}
	d.table(t)
	if len(keyless) > 0 {
		d.heading("Not set up")
		for _, line := range keyless {
			d.line("%s", line)
		}
	}
	return d.writeText(w)
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

type cacheJSON struct {
	Path      string           `json:"path"`
	FileBytes int64            `json:"file_bytes"`
	Entries   int              `json:"entries"`
	Bytes     int64            `json:"bytes"`
	Models    []cacheModelJSON `json:"models"`
}

type cacheModelJSON struct {
	BaseURL  string `json:"base_url"`
	Model    string `json:"model"`
	Entries  int    `json:"entries"`
	Bytes    int64  `json:"bytes"`
	LastUsed string `json:"last_used"`
}

const day = "2006-01-02"

// CacheJSON writes what the cache holds as a JSON object.
func CacheJSON(w io.Writer, s cache.Stats) error {
	out := cacheJSON{Path: s.Path, FileBytes: s.FileBytes, Entries: s.Entries, Bytes: s.Bytes, Models: []cacheModelJSON{}}
	for _, m := range s.Models {
		out.Models = append(out.Models, cacheModelJSON{BaseURL: m.BaseURL, Model: m.Model, Entries: m.Entries, Bytes: m.Bytes, LastUsed: m.LastUsed.Format(day)})
	}
	j := newJSON(w)
	j.value(out)
	return j.end()
}

// CacheText writes what the cache holds as a plain table.
func CacheText(w io.Writer, s cache.Stats) error {
	d := document{}
	d.line("%s: %d vectors, %s", term.Safe(s.Path), s.Entries, format.Bytes(s.FileBytes))
	if len(s.Models) > 0 {
		d.line("")
		t := newTable(words("server"), words("model"), numbers("vectors"), numbers("size"), words("last used"))
		for _, m := range s.Models {
			t.add(term.Safe(m.BaseURL), term.Safe(m.Model), strconv.Itoa(m.Entries), format.Bytes(m.Bytes), m.LastUsed.Format(day))
		}
		d.table(t)
	}
	return d.writeText(w)
}
