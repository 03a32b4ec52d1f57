package labels_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
)

// fuzzed are the formats of a label file by number; the last is none that labels have.
var fuzzed = []corpus.Format{corpus.FormatCSV, corpus.FormatTSV, corpus.FormatJSONL, corpus.FormatTXT}

// seedsOf gives the seeds in every format.
func seedsOf(f *testing.F, seeds ...string) {
	f.Helper()
	for _, seed := range append(seeds, "", "\uFEFF", "\"", "{", "\xff\xfe", "a\x00", "a,a,a", "[1]", "{}\n{}") {
		for format := range fuzzed {
			f.Add(seed, uint8(format))
		}
	}
}

// Whatever a file of pairs holds, its pairs name texts and have a finite score, and can
// be tied and measured by; its errors are one line that says what to do.
func FuzzPairs(f *testing.F) {
	seedsOf(f, "a,b,score\na1,a2,1\nb1,4,0\n", "\uFEFFA;B;Score\r\na1;a2;0.5\r\n", "score\ta\tb\nsame\ta2\tMy \"card\nunsure\tHello\tb1\n",
		`{"sentence1":"a1","sentence2":["a2"],"label":true}`+"\n"+`{"text1":{"x":1},"text2":null,"label":1e999}`,
		"a,b,score\na1,a1,1\n", "a,b,score\na1,a2,NaN\n", "a,b,score\na1,a2,1\na2,a1,0\n", "a,b,score\n'=SUM(A1),a1,1\n", "a,b,score\na1,a2\n", "a,a,b,score\n1,2,3,4\n")
	f.Fuzz(func(t *testing.T, in string, format uint8) {
		pairs, err := labels.ReadPairs(strings.NewReader(in), "in", fuzzed[int(format)%len(fuzzed)])
		if err != nil {
			checkError(t, err)
			return
		}
		for _, p := range pairs {
			if strings.TrimSpace(p.A) == "" || strings.TrimSpace(p.B) == "" || !finite(p.Score) || p.Row < 1 {
				t.Fatalf("pair %+v", p)
			}
		}
		tied := labels.Labels{Pairs: pairs}.Tie(shop)
		for _, p := range tied.Pairs {
			if p.A < 0 || p.A >= p.B || p.B >= len(shop) || p.Label < 0 || p.Label >= len(pairs) {
				t.Fatalf("tied pair %+v", p)
			}
		}
		checkTied(t, tied)
		if _, err := tied.ForPairs("in"); err != nil {
			checkError(t, err)
		}
		own := labels.TextsOf(pairs)
		apart := labels.Labels{Pairs: pairs}.Tie(own)
		for _, problem := range apart.Problems {
			if problem.Problem == labels.NoSuchText {
				t.Fatalf("the texts of the pairs themselves lack one: %v", problem)
			}
		}
		checkTied(t, apart)
	})
}

// The same for a file of queries.
func FuzzQueries(f *testing.F) {
	seedsOf(f, "query,relevant,source,id\nmoney back?,a1:2 a2,b1,q1\nwhat is this,doc:7 4:0,,q2\nis there a shop,,,q3\n", "question;answers\nx;a1\n",
		"query\trelevant\n\"open\ta1\nb\ta2:NaN\n", `{"query":"x","relevant":["a1",{"a2":3}]}`+"\n"+`{"query":"y","relevant":4,"id":1.0}`,
		"query,relevant\nx,a1\nx,a2\n", "query,relevant\nx,a1 a1:2\n", "query,relevant\nx,nowhere\n", "query,relevant,id\nx,a1,1\ny,a2,1\n", "query,relevant\nx,:1 a1:\n")
	f.Fuzz(func(t *testing.T, in string, format uint8) {
		queries, err := labels.ReadQueries(strings.NewReader(in), "in", fuzzed[int(format)%len(fuzzed)])
		if err != nil {
			checkError(t, err)
			return
		}
		for _, q := range queries {
			if strings.TrimSpace(q.Text) == "" || q.Row < 1 {
				t.Fatalf("query %+v", q)
			}
			for _, j := range q.Judged {
				if j.Text == "" || !finite(j.Grade) {
					t.Fatalf("judgment %+v", j)
				}
			}
		}
		tied := labels.Labels{Queries: queries}.Tie(shop)
		for _, q := range tied.Queries {
			if q.Label < 0 || q.Label >= len(queries) || q.Source >= len(shop) {
				t.Fatalf("tied query %+v", q)
			}
			for _, j := range q.Judged {
				if j.Text < 0 || j.Text >= len(shop) {
					t.Fatalf("tied judgment %+v", j)
				}
			}
		}
		checkTied(t, tied)
		if _, err := tied.ForQueries("in", evaluate.QueryOptions{}); err != nil {
			checkError(t, err)
		}
	})
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// checkTied wants every problem of tied labels to be said in one line.
func checkTied(t *testing.T, tied *labels.Tied) {
	t.Helper()
	for _, problem := range tied.Problems {
		checkError(t, problem)
	}
	if err := tied.Strict(); err != nil {
		checkError(t, err)
	}
}

// checkError wants an *Error of one line that can be shown and says what to do.
func checkError(t *testing.T, err error) {
	t.Helper()
	var known *labels.Error
	if !errors.As(err, &known) || strings.ContainsAny(err.Error(), "\n\r\x1b\x00") || known.Row < 0 || known.Hint == "" || known.Problem == 0 {
		t.Fatalf("error %q", err)
	}
}
