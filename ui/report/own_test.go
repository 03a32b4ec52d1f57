package report

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api/cache"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/search"
)

// The scans know by themselves whether they kept all pairs that clusters are made of.
func TestClustersAreCompleteByTheThresholdOfEachModel(t *testing.T) {
	c := circle(t, 20)
	kept := c.Results[0].Scan.Pairs()[30].Similarity
	var err error
	if c.Results[0].Scan, err = c.Results[0].Matrix.Scan(t.Context(), compare.ScanOptions{Floor: kept, MaxPairs: 1000}, nil); err != nil {
		t.Fatal(err)
	}
	for own, want := range map[float64]error{0.2: ErrTooManyPairs, kept: nil} {
		if _, err := FindClusters(t.Context(), c, 1-own, false, own); !errors.Is(err, want) {
			t.Errorf("at %v of its own: %v", own, err)
		}
	}
}

func TestADriftIsToldByTheThresholdOfItsModel(t *testing.T) {
	c := circle(t, 8) // each is .98 like the next
	for own, drifts := range map[float64]bool{.95: true, .1: false} {
		found, err := FindClusters(t.Context(), c, 1-own, false, own)
		if err != nil || len(found.Found[0]) != 1 {
			t.Fatalf("%+v, %v", found.Found, err)
		}
		got := written(t, func(b *bytes.Buffer) error { return ClustersText(b, found) })
		if strings.Contains(got, ", texts 1 and 8 only ") != drifts {
			t.Errorf("at %v it says\n%s", own, got)
		}
	}
}

func TestASheetKeepsASimilarityOnItsSideOfTheThresholdOfItsModel(t *testing.T) {
	c := circle(t, 6)
	own := c.Results[0].Scan.Pairs()[2].Similarity
	d, err := FindDuplicates(c, 1, own)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range tsvOf(t, func(s *Sheet) error { return s.Duplicates(d) })[1:] {
		if x, err := strconv.ParseFloat(row[2], 64); err != nil || x < own || row[3] == "" {
			t.Errorf("at %v of its own: %q", own, row)
		}
	}
}

func TestFailuresForTheSameReasonAreOneLine(t *testing.T) {
	no, slow := errors.New("no key"), errors.New("too slow")
	c := Comparison{Failures: []Failure{{"a/m@3", no}, {"b/m@3", slow}, {"c/m@3", no}}}
	if got, want := strings.Join(c.FailureLines(), "\n"), "a/m@3, c/m@3: no key\nb/m@3: too slow"; got != want {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
}

func TestTheCacheIsAsLargeAsItsFile(t *testing.T) {
	s := cache.Stats{Path: "/v.db", FileBytes: 5_000_000, Entries: 12, Bytes: 2_000_000}
	if got := text(t, func(w io.Writer) error { return CacheText(w, s) }); got != "/v.db: 12 vectors, 5.0 MB\n" {
		t.Errorf("it says %q", got)
	}
}

func TestOneTextHasNoBackgroundInJSON(t *testing.T) {
	got := text(t, func(w io.Writer) error { return CompareJSON(t.Context(), w, circle(t, 1)) })
	for _, key := range []string{`"mean":null`, `"p95":null`, `"max":null`} {
		if !strings.Contains(got, key) {
			t.Errorf("no %s in\n%s", key, got)
		}
	}
}

func TestWhatIsNoNumberIsNull(t *testing.T) {
	for x, known := range map[float64]bool{0: true, -1.5: true, math.Inf(1): false, math.Inf(-1): false, math.NaN(): false} {
		if got := finite(x); (got != nil) != known || known && *got != x {
			t.Errorf("%v becomes %v", x, got)
		}
	}
}

// The legend explains what stands above it, and nothing else.
func TestALegendExplainsWhatStandsThere(t *testing.T) {
	const sigma = "σ: from the similarity of any two texts"
	rows := searched().Rows
	hits := [][]search.Hit{{{Index: 1, Score: .5}}}
	for name, c := range map[string]struct {
		rows   []SearchRow
		alone  bool
		grades map[int]float64
		want   string
	}{
		"cosines":            {rows[:1], false, nil, sigma},
		"cosines of no hits": {rows[1:2], false, nil, ""},
		"words alone":        {[]SearchRow{{ID: "local/bm25", Hits: hits}}, true, nil, "*: found by no other"},
		"all":                {rows, true, map[int]float64{1: 1}, sigma + " · *: found by no other · =: judged"},
		"no judgments":       {rows[1:2], false, map[int]float64{}, ""},
	} {
		s := searched()
		s.Rows, s.Grades[0] = c.rows, c.grades
		if got := s.legend(0, c.alone); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A day is that of where the person is.
func TestTheFirstDayOfUsageIsThatOfThePlace(t *testing.T) {
	here := time.Local
	time.Local = time.FixedZone("far", 13*60*60)
	t.Cleanup(func() { time.Local = here })
	for at, want := range map[time.Time]string{{}: "", time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC): "2026-03-02", time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC): "2026-03-01"} {
		if got := sinceDay(at); got != want {
			t.Errorf("%v: %q, want %q", at, got, want)
		}
	}
}

func TestTheCostOfDocumentsIsForSoMany(t *testing.T) {
	e := judgedShopping(t)
	for n, want := range map[int]string{0: "", 1: "1 document", 1000: "1,000 documents"} {
		e.Documents = n
		head := ""
		for _, c := range e.columns() {
			if c.key == "cost_usd_documents" {
				head = c.head
			}
		}
		if head != want {
			t.Errorf("%d: the column is called %q, want %q", n, head, want)
		}
	}
}
