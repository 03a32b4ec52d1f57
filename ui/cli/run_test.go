package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/app"
	"github.com/vecscope/vecscope/ui/report"
)

// What ended an asking is the reason of those texts alone that have neither a vector nor
// a reason of their own.
func TestWhatEndsAnAskingTakesNoTextsOwnReasonAway(t *testing.T) {
	vectors, err := compare.NewVectors([][]float32{{1, 0}, nil, nil})
	if err != nil {
		t.Fatal(err)
	}
	own, ended := errors.New("it is empty"), errors.New("no credit")
	before := map[int]error{1: own}
	got, err := keepArrived(t.Context(), &pipeline.Embedding{Texts: []string{"a", "", "c"}, Vectors: vectors, Failed: before}, ended)
	if err != nil {
		t.Fatal(err)
	}
	var text *api.TextError
	var after *report.EndedError
	if len(got.Failed) != 2 || !errors.Is(got.Failed[1], own) || !errors.As(got.Failed[2], &text) || text.Index != 2 || !errors.As(got.Failed[2], &after) || !errors.Is(after, ended) {
		t.Errorf("the reasons are %v", got.Failed)
	}
	if len(before) != 1 {
		t.Errorf("what others hold was changed: %v", before)
	}
	none, _ := compare.NewVectors([][]float32{nil, nil, nil})
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx context.Context
		emb *pipeline.Embedding
	}{
		"nothing came":     {t.Context(), nil},
		"no vector came":   {t.Context(), &pipeline.Embedding{Texts: []string{"a", "", "c"}, Vectors: none}},
		"it was cancelled": {over, &pipeline.Embedding{Texts: []string{"a", "", "c"}, Vectors: vectors}},
	} {
		if got, err := keepArrived(c.ctx, c.emb, ended); got != nil || !errors.Is(err, ended) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// More pairs than are kept are listed as far as they go, and the end says so and fails.
func TestMorePairsThanAreKeptAreAFailure(t *testing.T) {
	vectors, err := compare.NewVectors([][]float32{{1, 0}, {1, 0}, {1, 0}, {1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	candidate := api.Candidate{Model: "local/compass", Dimensions: 2}
	result, err := pipeline.Analyse(t.Context(), api.Model{}, candidate, &pipeline.Embedding{Vectors: vectors}, nil)
	if err != nil {
		t.Fatal(err)
	}
	of := &thresholds{common: .9}
	for most, want := range map[int]error{6: nil, 3: report.ErrTooManyPairs} {
		if result.Scan, err = result.Matrix.Scan(t.Context(), compare.ScanOptions{Floor: .9, MaxPairs: most}, nil); err != nil {
			t.Fatal(err)
		}
		c := report.Comparison{Texts: make([]corpus.Text, 4), Results: []*pipeline.Result{result}}
		for name, write := range map[string]func(s *session) error{
			"pairs":            func(s *session) error { return s.duplicates(c, of, false, false) },
			"pairs as JSON":    func(s *session) error { return s.duplicates(c, of, true, false) },
			"pairs as TSV":     func(s *session) error { return s.duplicates(c, of, false, true) },
			"clusters":         func(s *session) error { return s.clusters(t.Context(), c, of, false, false, false) },
			"clusters as JSON": func(s *session) error { return s.clusters(t.Context(), c, of, false, true, false) },
			"clusters as TSV":  func(s *session) error { return s.clusters(t.Context(), c, of, true, false, true) },
		} {
			s := newSession(t)
			err := write(s)
			if want == nil && err != nil || want != nil && (err == nil || err.Error() != want.Error()) || s.out.Len() == 0 {
				t.Errorf("%s of which %d are kept: %v, %q", name, most, err, s.out.String())
			}
		}
	}
}

// Nobody reads how many tokens models inside the binary take but in a dry run.
func TestTokensOfModelsInsideAreCountedForADryRunOnly(t *testing.T) {
	counted := 0
	r := &run{
		engine: &pipeline.Engine{}, words: []string{"a", "b", "a"},
		candidates: []chosen{{Candidate: api.Candidate{Model: "local/a"}, model: api.Model{ID: "a", Provider: "local", Source: api.SourceBinary}}},
		count:      func(string) int { counted++; return 5 },
	}
	if estimates, err := r.estimate(t.Context(), false); err != nil || len(estimates) != 0 || counted != 0 {
		t.Errorf("%d texts are counted for %+v, %v", counted, estimates, err)
	}
	estimates, err := r.estimate(t.Context(), true)
	if err != nil || len(estimates) != 1 || estimates[0].Tokens != 10 || counted != 2 {
		t.Errorf("a dry run counts %d texts for %+v, %v", counted, estimates, err)
	}
}

func TestOnlyAYesIsAYes(t *testing.T) {
	for typed, want := range map[string]bool{"y\n": true, "yes\n": true, " Yes \n": true, "Y": true, "n\n": false, "\n": false, "": false, "yess\n": false, "yep\n": false, "no\ny\n": false, "y\nrest": true} {
		s := newSession(t).piped(typed)
		got, err := s.ask(t.Context(), "Send \x1b[31mit?")
		if err != nil || got != want || s.err.String() != "vecscope: Send it? [y/N] " {
			t.Errorf("%q is %t, %v; asked is %q", typed, got, err, s.err.String())
		}
		if rest, _ := io.ReadAll(s.In); typed == "y\nrest" && string(rest) != "rest" {
			t.Errorf("of what follows %q is left", rest)
		}
	}
}

func TestRowsLeftOutOfSeveralFilesAreKeptTogether(t *testing.T) {
	s := newSession(t)
	s.onTerminal(s.Out)
	s.expect(t, ExitDone, file(t, "a.csv", "text,group\neast,a\n,b\n")+" "+file(t, "b.csv", "text,group\n,a\n,b\nup,c\n"))
	if left := s.explored[0].LeftOut; left == nil || left.Left != 3 || len(left.Reasons) != 3 {
		t.Errorf("left out %+v", left)
	}
}

func TestAThresholdIsForAllOrForOne(t *testing.T) {
	for _, c := range []struct {
		given  []string
		common float64
		own    map[string]float64
		wrong  bool
	}{
		{[]string{"0.5"}, .5, nil, false}, {[]string{"=0.5"}, .5, nil, false}, {[]string{"local/a=0.5", "0.25"}, .25, map[string]float64{"local/a": .5}, false},
		{[]string{"local/a=0.5", " local/a =0.75", "b=1"}, 0, map[string]float64{"local/a": .75, "b": 1}, false}, {[]string{"local/a=x"}, 0, nil, true}, {[]string{"a=b=0.5"}, 0, map[string]float64{"a=b": .5}, false}, {[]string{"2"}, 0, nil, true},
	} {
		var th thresholds
		var err error
		for _, given := range c.given {
			err = errors.Join(err, th.Set(given))
		}
		if (err != nil) != c.wrong || float64(th.common) != c.common || !maps.Equal(th.own, c.own) {
			t.Errorf("%q: %v, %v, %v", c.given, th.common, th.own, err)
		}
		if each := th.each(report.Comparison{Results: []*pipeline.Result{{Candidate: api.Candidate{Model: "x", Dimensions: 1}}}}); (each != nil) != (len(c.own) > 0) || each != nil && each[0] != c.common {
			t.Errorf("%q: each is %v", c.given, each)
		}
	}
}

func TestAUsageErrorPointsToTheHelp(t *testing.T) {
	why := errors.New("that is wrong")
	for want, err := range map[string]*usageError{
		"that is wrong": {Err: why}, "that is wrong; see vecscope models --help": {Err: why, See: "vecscope models"},
		"did you mean x? See vecscope --help": {Err: errors.New("did you mean x?"), See: "vecscope"},
	} {
		if err.Error() != want || !errors.Is(err, err.Err) {
			t.Errorf("%q, want %q", err, want)
		}
	}
}

func TestAModelIsARowOnceOwnAndOnceFused(t *testing.T) {
	candidates := []chosen{{Candidate: api.Candidate{Model: "local/a", Dimensions: 1}}, {Candidate: api.Candidate{Model: "local/b", Dimensions: 1}}}
	got := shapesOf([]searchRow{{0, true}, {-1, false}, {1, false}, {1, true}}, candidates)
	if want := map[string]shape{"local/a@1": {false, true}, "local/b@1": {true, true}}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for _, c := range []struct{ rows, refs []string }{
		{nil, nil}, {[]string{"local/bm25"}, nil}, {[]string{" local/a ", "local/a+bm25", "local/bm25", "local/b@2+bm25"}, []string{"local/a", "local/b@2"}},
	} {
		if got := searchedModels(c.rows); !slices.Equal(got, c.refs) {
			t.Errorf("%q: %q, want %q", c.rows, got, c.refs)
		}
	}
	for want, rows := range map[string][]string{"": {"local/a"}, "local/bm25": {"local/a", " local/bm25"}, "local/a+bm25": {"local/b", "local/a+bm25", "local/bm25"}} {
		if got := wordSearchOf(rows); got != want {
			t.Errorf("%q: %q, want %q", rows, got, want)
		}
	}
}

// Standard error is a terminal where an escape sequence would be obeyed.
func TestProgressIsSafeAndIsTakenAway(t *testing.T) {
	var out bytes.Buffer
	g := &progress{w: &out}
	g.start("reading \x1b[2Jx", 8)
	g.wait(api.Notice{Reason: "busy \x1b[31m", Wait: 1500 * 1000 * 1000, Attempt: 3})
	if got, want := out.String(), clearLine+"reading x: waiting 1.5s (busy ), attempt 3 follows"; got != want {
		t.Errorf("it shows %q, want %q", got, want)
	}
	out.Reset()
	g.start("next", 3)
	if got := out.String(); got != clearLine+"next" {
		t.Errorf("the next step shows %q", got)
	}
	out.Reset()
	g.long()
	if g.reportPairs(1, 0); !strings.HasPrefix(out.String(), clearLine+"next: 100%") {
		t.Errorf("of no pairs it shows %q", out.String())
	}
	out.Reset()
	g.long()
	if g.reportBytes(300, 200); out.String() != clearLine+"next: 100%" {
		t.Errorf("of a file that grows it shows %q", out.String())
	}
	out.Reset()
	g.end()
	if g.end(); out.String() != clearLine {
		t.Errorf("the end shows %q", out.String())
	}
	g.wait(api.Notice{Reason: "x"})
	g.close()
	out.Reset()
	g.long()
	g.wait(api.Notice{Reason: "x"})
	g.report(3)
	if g.quiet(); out.Len() > 0 {
		t.Errorf("after all of it it shows %q", out.String())
	}
	silent := &progress{}
	silent.start("x", 1)
	silent.report(1)
	silent.wait(api.Notice{})
	silent.announce()
	silent.watch()()
	silent.close()
}

func TestAnEndThatSaysItAlreadySaysItOnce(t *testing.T) {
	p := &program{}
	if p.fails("x") {
		t.Error("without a failure something is said")
	}
	p.failure = fmt.Errorf("it is out of order: %w", io.ErrUnexpectedEOF)
	if !p.fails("out of order") || p.fails("another") {
		t.Error("of one failure")
	}
	p.failure = &incompleteError{Problems: []string{"a: one", "b: two"}}
	if !p.fails("two") || p.fails("three") {
		t.Error("of several problems")
	}
}

// What fails beside a signal is what is said: it may have cost money.
func TestAFailureBesideASignalIsSaid(t *testing.T) {
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		ctx     context.Context
		failure error
		code    int
		said    string
	}{
		{over, fmt.Errorf("asking: %w", context.Canceled), ExitInterrupted, "vecscope: interrupted\n"}, {over, errors.New("the disk is full"), ExitFailed, "vecscope: the disk is full\n"},
		{t.Context(), context.Canceled, ExitFailed, "vecscope: context canceled\n"}, {over, app.ErrInterrupted, ExitInterrupted, "vecscope: interrupted\n"}, {over, nil, ExitDone, ""},
		{over, &incompleteError{Problems: []string{"a: one", "b: two"}}, ExitFailed, "vecscope: a: one\nvecscope: b: two\n"}, {t.Context(), &usageError{Err: errors.New("no")}, ExitUsage, "vecscope: no\n"},
	} {
		s := newSession(t)
		s.failure = c.failure
		if code := s.exit(c.ctx); code != c.code || s.err.String() != c.said {
			t.Errorf("%v: exit code %d, %q", c.failure, code, s.err.String())
		}
	}
}

func TestWhoWantsTextsSentSoIsSaid(t *testing.T) {
	own, how := "q: ", api.Manner{Prefix: "q: ", Field: api.Field{Name: "input_type", Value: "x"}}
	const words = `"q: " goes before every text, the request says input_type = "x" of every text`
	for want, r := range map[string]*run{
		words + ", as the model wants it for texts compared with each other": {role: api.RoleSymmetric}, words + ", as the model wants it for documents": {role: api.RoleDocument},
		words: {role: api.RoleQuery}, words + " ": {role: api.RoleDocument, prefix: &own},
	} {
		if got := r.mannerWords(how); got != strings.TrimSpace(want) {
			t.Errorf("as %q: %q, want %q", r.role, got, want)
		}
	}
	if got := (&run{role: api.RoleQuery}).mannerWords(api.Manner{}); got != "nothing goes before the texts: the model has no query prefix" {
		t.Errorf("of a query as it is: %q", got)
	}
}

func TestAThresholdOfAModelThatFailsIsNoMistake(t *testing.T) {
	r := &run{engine: &pipeline.Engine{Catalog: catalog.New(nil)}, failures: []report.Failure{{Candidate: "mine/gone"}}}
	for ref, wrong := range map[string]bool{"mine/gone": false, "mine/other": true} {
		th := thresholds{own: map[string]float64{ref: .5}}
		if err := th.fit(&cobra.Command{}, r); (err != nil) != wrong || th.own[ref] != .5 {
			t.Errorf("of %s: %v, %v", ref, err, th.own)
		}
	}
}

func TestALineForPeopleIsSafeAndKeepsItsSyllables(t *testing.T) {
	s := newSession(t)
	s.warn("पानी की कीमत\nราคาน้ำมัน \x1b[31mred\x1b[0m")
	if got := s.err.String(); got != "vecscope: पानी की कीमत⏎ราคาน้ำมัน red\n" {
		t.Errorf("it says %q", got)
	}
	var out bytes.Buffer
	const coloured = "\x1b[1mhelp\x1b[0m\n"
	if n, err := (stripWriter{&out}).Write([]byte(coloured)); n != len(coloured) || err != nil || out.String() != "help\n" {
		t.Errorf("%d of %d bytes are written (%v), as %q", n, len(coloured), err, out.String())
	}
}
