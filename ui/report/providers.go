package report

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/cache"
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
// key. What else is wrong is an error, which is told elsewhere. safe makes foreign text safe for one line.
func ProvidersText(w io.Writer, rows []ProviderRow, safe func(string) string) error {
	d := document{}
	t := newTable(words("provider"), words("address"), words("key"), words("reachable"), words("authorised"), numbers("models"), numbers("balance"))
	var keyless []string
	for _, r := range rows {
		address := safe(r.BaseURL)
		switch {
		case r.Profile == "":
			address = "inside vecscope"
		case address == "":
			address = unknown
		}
		t.add(safe(r.Name), address, r.key(), yesNo(r.Reachable), yesNo(r.Authorised), strconv.Itoa(r.Models), safe(balance(r.Balance)))
		var missing *api.KeyError
		if errors.As(r.Err, &missing) {
			keyless = append(keyless, safe(missing.Error()))
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

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func balance(b api.Balance) string {
	var parts []string
	if b.USD != nil {
		parts = append(parts, Signed(*b.USD))
	}
	for _, name := range slices.Sorted(maps.Keys(b.Other)) {
		parts = append(parts, b.Other[name]+" "+name)
	}
	if len(parts) == 0 {
		return unknown
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
func CacheText(w io.Writer, s cache.Stats, safe func(string) string) error {
	d := document{}
	d.line("%s: %d vectors, %s", safe(s.Path), s.Entries, Bytes(s.FileBytes))
	if len(s.Models) > 0 {
		d.line("")
		t := newTable(words("server"), words("model"), numbers("vectors"), numbers("size"), words("last used"))
		for _, m := range s.Models {
			t.add(safe(m.BaseURL), safe(m.Model), strconv.Itoa(m.Entries), Bytes(m.Bytes), m.LastUsed.Format(day))
		}
		d.table(t)
	}
	return d.writeText(w)
}

// Bytes writes a number of bytes for people.
func Bytes(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	case n < 1_000_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}
