package cache

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
)

func TestUsageAddsUpByModelForever(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	for day, u := range []api.Tally{
		{Provider: "nanogpt", Model: "b", Texts: 30, Cached: 10, Tokens: 100, USD: 0.25, Requests: 2, Histogram: api.Histogram{200: 2}},
		{Provider: "nanogpt", Model: "b", Texts: 5, Tokens: 50, Estimated: 50, USD: 0.5, Requests: 4, Failed: 3, Lost: 2, LostTokens: 40, LostUSD: 0.125, Histogram: api.Histogram{200: 1, 7: 1}},
		{Provider: "mine", Model: "b", Tokens: 7, Unpriced: 7, Requests: 1, Failed: 1},
		{Provider: "nanogpt", Model: "a", Tokens: 9, Estimated: 9, Unpriced: 9, Requests: 3},
		{Provider: "mine", Model: "b", Tokens: 1, Texts: 4, Cached: 4},
	} {
		c := openAt(t, path)
		c.at(day)
		if err := c.AddUsage(t.Context(), u); err != nil {
			t.Fatal(err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	day := func(n int) time.Time { return startOfTime.AddDate(0, 0, n).Local() }
	want := []api.Tally{
		{Provider: "mine", Model: "b", Texts: 4, Cached: 4, Tokens: 8, Unpriced: 7, Requests: 1, Failed: 1, Histogram: api.Histogram{}, Since: day(2), Last: day(4)},
		{Provider: "nanogpt", Model: "a", Tokens: 9, Estimated: 9, Unpriced: 9, Requests: 3, Histogram: api.Histogram{}, Since: day(3), Last: day(3)},
		{
			Provider: "nanogpt", Model: "b",
			Texts: 35, Cached: 10, Tokens: 150, Estimated: 50, USD: 0.75,
			Requests: 6, Failed: 3, Lost: 2, LostTokens: 40, LostUSD: 0.125,
			Histogram: api.Histogram{200: 3, 7: 1}, Since: day(0), Last: day(1),
		},
	}
	if got, err := openAt(t, path).UsageTotals(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v\nwant\n%+v", got, err, want)
	}
}

func TestUsageKeepsEveryCounter(t *testing.T) {
	tally := api.Tally{Provider: "p", Model: "m"}
	v := reflect.ValueOf(&tally).Elem()
	for i := range v.NumField() {
		n := v.NumField() - i // so that no more requests are uncounted than were sent
		switch f := v.Field(i); {
		case f.CanInt():
			f.SetInt(int64(n))
		case f.CanFloat():
			f.SetFloat(float64(n))
		}
	}
	path := filepath.Join(t.TempDir(), "vectors.db")
	for range 2 {
		c := openAt(t, path)
		if err := c.AddUsage(t.Context(), tally); err != nil {
			t.Fatal(err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := sumsOf(t, openAt(t, path)), tally.Plus(tally); !reflect.DeepEqual(got, want) {
		t.Errorf("twice %+v is %+v, want %+v", tally, got, want)
	}
}

// addAsBefore adds a request of 10 tokens as programs do that know none of
// usageColumns.
const addAsBefore = `INSERT INTO usage (provider, model, tokens, estimated, usd, unpriced, requests, first, last)
	VALUES ('p', 'm', 10, 0, 0.5, 0, 1, 1000, 1000)
	ON CONFLICT DO UPDATE SET tokens = tokens + excluded.tokens, estimated = estimated + excluded.estimated,
		usd = usd + excluded.usd, unpriced = unpriced + excluded.unpriced, requests = requests + excluded.requests,
		first = min(first, excluded.first), last = max(last, excluded.last)`

// olderFile makes a file as programs did that know none of usageColumns, with
// three vectors and one request in its sums.
func olderFile(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "vectors.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1) // pragmas are those of a connection
	for _, statement := range []string{
		fmt.Sprintf("PRAGMA page_size = %d", pageSize), "PRAGMA auto_vacuum = INCREMENTAL", "PRAGMA journal_mode = WAL",
		schema, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = 1", applicationID), addAsBefore,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	c := openAt(t, path)
	keep(t, c, scopeA, numbered("text", 3), 8)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// today is a file as this program writes it, in the words of the file itself: a vector of
// two numbers for the text "one" and what is known of its model, vectors that came with
// headers and in another manner, and one request. It says again what schema.go says, on
// purpose: vectors are paid for, and who changes what is written has to read this.
const today = `PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;
CREATE TABLE scope (
	id         INTEGER PRIMARY KEY,
	base_url   TEXT NOT NULL,
	model      TEXT NOT NULL,
	dimensions INTEGER NOT NULL,
	prefix     TEXT NOT NULL,
	length     INTEGER NOT NULL,
	UNIQUE (base_url, model, dimensions, prefix)
) STRICT;
CREATE TABLE vector (
	id    INTEGER PRIMARY KEY,
	scope INTEGER NOT NULL,
	hash  BLOB NOT NULL,
	crc   INTEGER NOT NULL,
	value BLOB NOT NULL,
	UNIQUE (scope, hash)
) STRICT;
CREATE TABLE times (
	vector  INTEGER PRIMARY KEY,
	scope   INTEGER NOT NULL,
	created INTEGER NOT NULL,
	used    INTEGER NOT NULL
) STRICT;
CREATE TABLE usage (
	provider  TEXT NOT NULL,
	model     TEXT NOT NULL,
	tokens    INTEGER NOT NULL,
	estimated INTEGER NOT NULL,
	usd       REAL NOT NULL,
	unpriced  INTEGER NOT NULL,
	requests  INTEGER NOT NULL,
	first     INTEGER NOT NULL,
	last      INTEGER NOT NULL,
	texts INTEGER NOT NULL DEFAULT 0, cached INTEGER NOT NULL DEFAULT 0, counted INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
	lost INTEGER NOT NULL DEFAULT 0, lost_tokens INTEGER NOT NULL DEFAULT 0, lost_usd REAL NOT NULL DEFAULT 0, latencies TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (provider, model)
) STRICT, WITHOUT ROWID;
ALTER TABLE scope ADD COLUMN identity TEXT NOT NULL DEFAULT '';
ALTER TABLE scope ADD COLUMN sample BLOB NOT NULL DEFAULT x'';
ALTER TABLE scope ADD COLUMN norm_low REAL NOT NULL DEFAULT 0;
ALTER TABLE scope ADD COLUMN norm_high REAL NOT NULL DEFAULT 0;
PRAGMA application_id = 1986356083; PRAGMA user_version = 1;
INSERT INTO scope VALUES
	(1, 'https://api.example.com/v1', 'owner/model-a', 0, '', 2, 'digest:ab', x'ef04db860000803f00000000', 0.5, 2),
	(2, 'https://api.example.com/v1#headers:38b6b07de1e63126', 'owner/model-a', 0, '', 2, '', x'', 0, 0),
	(3, 'https://api.example.com/v1', 'owner/model-b', 256, 'query: ', 2, '', x'', 0, 0),
	(4, 'https://api.example.com/v1#digest:cd', 'owner/model-a', 0, '', 2, 'digest:cd', x'', 0, 0);
INSERT INTO vector SELECT id, id, x'7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed', 2431007612, x'9a99193fcdcc4c3f' FROM scope;
INSERT INTO times SELECT id, id, 1700000000, 4000000000 FROM scope;
INSERT INTO usage VALUES ('p', 'm', 10, 4, 0.5, 3, 2, 1700000000, 1700000060, 5, 1, 2, 1, 1, 7, 0.25, '141:2');`

func TestAFileOfTodayIsReadByEveryProgramToCome(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(today); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	c := openAt(t, path)
	withHeaders := scopeA
	withHeaders.Headers = "x-team: search"
	for _, scope := range []Scope{scopeA, withHeaders, scopeB} {
		if got := get(t, c, scope, []string{"one"}); !reflect.DeepEqual(got, [][]float32{{0.6, 0.8}}) {
			t.Errorf("%+v: %v", scope, got)
		}
	}
	n, kept, err := c.noted(t.Context(), scopeA)
	if err != nil || !kept || n.identity != "digest:ab" || !reflect.DeepEqual(n.sample, []float32{1, 0}) {
		t.Errorf("of the model is known %+v, %t, %v", n, kept, err)
	}
	if got := c.Norms(t.Context(), scopeA); got != (api.Norms{Low: 0.5, High: 2}) {
		t.Errorf("norms are %+v", got)
	}
	mustHaveSpent(t, c, api.Tally{
		Provider: "p", Model: "m", Texts: 5, Cached: 1, Tokens: 10, Estimated: 4, USD: 0.5, Unpriced: 3, Requests: 2, Failed: 1, Lost: 1, LostTokens: 7, LostUSD: 0.25,
		Histogram: api.Histogram{141: 2},
	})
	if err := c.putAside(t.Context(), scopeA, renewal{was: "digest:ab", is: "digest:cd", inFile: "digest:ab"}); err != nil {
		t.Fatal(err)
	}
	mustHaveNoted(t, c, scopeA, "digest:cd") // what was set aside has come back
	mustBeSound(t, c)
}

func mustHaveNoted(t *testing.T, c *Cache, scope Scope, want api.Identity) {
	t.Helper()
	if n, kept, err := c.noted(t.Context(), scope); err != nil || !kept || n.identity != want {
		t.Errorf("%+v is kept of %q: %t, %v", scope, n.identity, kept, err)
	}
}

// sumsOf gives the only sums there are, without their times.
func sumsOf(t *testing.T, c *Cache) api.Tally {
	t.Helper()
	totals, err := c.UsageTotals(t.Context())
	if err != nil || len(totals) != 1 {
		t.Fatalf("what was spent: %+v, %v", totals, err)
	}
	totals[0].Since, totals[0].Last = time.Time{}, time.Time{}
	return totals[0]
}

func mustHaveSpent(t *testing.T, c *Cache, want api.Tally) {
	t.Helper()
	if got := sumsOf(t, c); !reflect.DeepEqual(got, want) {
		t.Errorf("spent is\n%+v, want\n%+v", got, want)
	}
}

func TestFileOfAnOlderProgramKeepsItsSums(t *testing.T) {
	path := olderFile(t)
	c := openAt(t, path)
	mustHaveSpent(t, c, api.Tally{Provider: "p", Model: "m", Tokens: 10, USD: 0.5, Requests: 1, Uncounted: 1, Histogram: api.Histogram{}})
	more := api.Tally{Provider: "p", Model: "m", Texts: 4, Cached: 1, Tokens: 6, USD: 0.25, Requests: 2, Failed: 1, Lost: 1, LostTokens: 3, LostUSD: 0.125, Histogram: api.Histogram{210: 1}}
	if err := c.AddUsage(t.Context(), more); err != nil {
		t.Fatal(err)
	}
	want := api.Tally{
		Provider: "p", Model: "m", Texts: 4, Cached: 1, Tokens: 16, USD: 0.75, Requests: 3, Uncounted: 1, Failed: 1, Lost: 1, LostTokens: 3, LostUSD: 0.125, Histogram: api.Histogram{210: 1},
	}
	mustHaveSpent(t, c, want)
	c.Close()
	c = openAt(t, path)
	mustHaveSpent(t, c, want)
	mustHave(t, c, scopeA, numbered("text", 3), 8)
	mustBeSound(t, c)
}

func TestOpeningAnOlderFileChangesNothingInIt(t *testing.T) {
	path := olderFile(t)
	openAt(t, path).Close()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if complete, err := isComplete(t.Context(), db, "usage", usageColumns); complete || err != nil {
		t.Errorf("columns were added: %t, %v", complete, err)
	}
}

func TestOlderProgramGoesOnUsingTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	c := openAt(t, path)
	if err := c.AddUsage(t.Context(), api.Tally{Provider: "p", Model: "m", Texts: 4, Tokens: 6, Requests: 2, Histogram: api.Histogram{210: 2}}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.db.Exec(addAsBefore); err != nil {
		t.Fatal(err)
	}
	var version, tables int
	if err := c.db.QueryRow(`SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema WHERE type = 'table')`).Scan(&version, &tables); err != nil || version != 1 || tables != 4 {
		t.Errorf("an older program does not take version %d with %d tables for its own; %v", version, tables, err)
	}
	mustHaveSpent(t, c, api.Tally{Provider: "p", Model: "m", Texts: 4, Tokens: 16, USD: 0.5, Requests: 3, Uncounted: 1, Histogram: api.Histogram{210: 2}})
}

func TestSumsOfAnOlderFileOutliveItsDamage(t *testing.T) {
	path := olderFile(t)
	// The first page that takes its place tells of columns that the rows lack.
	change(t, path, zeroPages(0))
	c, _ := openNoticed(t, path)
	mustHaveSpent(t, c, api.Tally{Provider: "p", Model: "m", Tokens: 10, USD: 0.5, Requests: 1, Uncounted: 1, Histogram: api.Histogram{}})
	mustHave(t, c, scopeA, numbered("text", 3), 8)
}

func TestSumsOfAnOlderFileThatCannotBeWritten(t *testing.T) {
	path := olderFile(t)
	db, err := connect(path, readOnly)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	usage, err := readUsage(t.Context(), db)
	if err != nil || len(usage) != 1 || usage[0].Tokens != 10 {
		t.Errorf("%+v, %v", usage, err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the file was changed, %v", err)
	}
}

func TestLatenciesOfTheSessionAreKept(t *testing.T) {
	c := openAt(t, filepath.Join(t.TempDir(), "vectors.db"))
	tally := api.Tally{Provider: "p", Model: "m", Requests: 2, Latencies: []time.Duration{time.Second, 4 * time.Second}}
	if err := c.AddUsage(t.Context(), tally); err != nil {
		t.Fatal(err)
	}
	got, err := c.UsageTotals(t.Context())
	if err != nil || len(got) != 1 || got[0].Latencies != nil || !reflect.DeepEqual(got[0].Histogram, api.NewHistogram(tally.Latencies)) {
		t.Errorf("%+v, %v", got, err)
	}
}

// A clock that was set back makes nothing older than it was.
func TestWhatWasSpentLastIsTheLatest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors.db")
	for _, day := range []int{5, 2, 4} {
		c := openAt(t, path)
		c.at(day)
		if err := c.AddUsage(t.Context(), api.Tally{Provider: "p", Model: "m", Tokens: 1}); err != nil {
			t.Fatal(err)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	totals, err := openAt(t, path).UsageTotals(t.Context())
	first, last := startOfTime.AddDate(0, 0, 2), startOfTime.AddDate(0, 0, 5)
	if err != nil || len(totals) != 1 || !totals[0].Since.Equal(first) || !totals[0].Last.Equal(last) || totals[0].Tokens != 3 {
		t.Errorf("%+v, %v", totals, err)
	}
}
