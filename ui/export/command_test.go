package export

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/session"
)

// of is a session with two texts from somewhere and two candidates, of which nothing is known.
func of(t *testing.T, from corpus.Origin) *session.Session {
	t.Helper()
	free := 0.0
	models := []api.Model{{Provider: "a", ID: "m", Kind: api.KindEmbedding, Dimensions: 4}, {Provider: "a", ID: "n,1", Kind: api.KindEmbedding, Dimensions: 4, Price: &free}}
	s := session.New(t.Context(), session.Config{
		Engine:  &pipeline.Engine{Catalog: catalog.New(models), Providers: map[string]api.Provider{}, HasKey: func(string) bool { return true }},
		Counter: corpus.NewCounter(),
		After:   func(context.Context, time.Duration, func() tea.Cmd) tea.Cmd { return nil },
	})
	s.Restore().Texts([]corpus.Text{{Text: "one"}, {Text: "two"}}, from)
	for _, m := range models {
		s.Restore().Candidate(api.Candidate{Model: m.Ref(), Dimensions: 4})
	}
	return s
}

// A command names the texts as they were named, and says what it cannot take along.
func TestACommandNamesTextsAndSaysWhatItLacks(t *testing.T) {
	files := corpus.FilesAt(corpus.Options{Columns: corpus.Columns{Text: "frage", ID: "nr", Group: "thema"}, Encoding: "latin1"}, "a.csv", "b.csv")
	columns := []string{"--text-column", "frage", "--id-column", "nr", "--group-column", "thema", "--encoding", "latin1"}
	for name, c := range map[string]struct {
		from  corpus.Origin
		args  []string
		lacks string
	}{
		"a set":        {corpus.Origin{Set: "faq", Source: "FAQ"}, []string{"--set", "faq"}, ""},
		"files":        {corpus.Origin{Source: "a.csv", Files: files}, slices.Concat(columns, files.Paths()), ""},
		"edited files": {corpus.Origin{Source: "a.csv", Files: files, Edited: true}, slices.Concat(columns, files.Paths()), "your edits are not in a.csv: X on Texts exports them"},
		"typed":        {corpus.Origin{}, []string{TextsName + ".csv"}, "these texts are in no file: X on Texts exports them first, as vecscope-texts.csv"},
	} {
		s := of(t, c.from)
		got := CommandOf(s, "compare", "--fresh")
		want := append([]string{"compare", "--models", `a/m@4,"a/n,1@4"`, "--fresh"}, c.args...)
		if !slices.Equal(got.Args, want) || strings.Join(got.Lacks, "|") != c.lacks {
			t.Errorf("%s: %q lacks %q, want %q", name, got.Args, got.Lacks, want)
		}
		if got := CommandWithout(s, "evaluate"); !slices.Equal(got.Args, []string{"evaluate", "--models", want[2]}) || len(got.Lacks) > 0 {
			t.Errorf("%s: without texts it is %q, which lacks %q", name, got.Args, got.Lacks)
		}
		if got := CommandOfRows(s, "search", []string{"a/m@4", "local/bm25"}); got.Args[2] != "a/m@4,local/bm25" || !slices.Equal(got.Args[3:], c.args) {
			t.Errorf("%s: of rows it is %q", name, got.Args)
		}
	}
}

func TestACommandSaysWhatIsOnlyHere(t *testing.T) {
	s := of(t, corpus.Origin{Set: "faq"})
	s.Restore().Choices(session.Choices{Roles: map[string]api.Roles{"a/m": {Query: api.Manner{Prefix: "q: "}}, "gone/model": {}}})
	s.Restore().Candidate(api.Candidate{Model: "a/m", Dimensions: 2})
	if got := CommandOf(s, "compare").Lacks; len(got) != 1 || !strings.HasSuffix(got[0], "beside the texts keeps them: a/m") {
		t.Errorf("%q", got)
	}
	const selected = "it takes all texts, not only those selected"
	for _, c := range []struct {
		do   func()
		said bool
	}{{func() {}, false}, {func() { s.Select(true, 0, 1) }, true}, {func() { s.ShowSelection(false) }, false}} {
		c.do()
		if said := slices.Contains(CommandOfShown(s, "compare").Lacks, selected); said != c.said {
			t.Errorf("the selection is told of: %t, want %t", said, c.said)
		}
	}
	if slices.Contains(CommandOf(s, "compare").Lacks, selected) {
		t.Error("what takes all texts anyway tells of the selection")
	}
}

// A report of one candidate has its own failures and spending, and those of no other.
func TestAReportOfOneCandidateIsOfItAlone(t *testing.T) {
	s := of(t, corpus.Origin{Source: "a.csv"})
	s.Payments().Ledger().Add(api.Tally{Provider: "a", Model: "m", Requests: 1, Texts: 2, USD: .5})
	s.Payments().Ledger().Add(api.Tally{Provider: "a", Model: "n,1", Requests: 2, Texts: 2})
	s.Payments().Ledger().Add(api.Tally{Provider: "a", Model: "gone", Requests: 4})
	all := ComparisonReport(s)
	if len(all.Failures) != 2 || len(all.Results) != 0 || len(all.Spent) != 2 || len(all.Paid) != 1 || all.Paid[0].Model != "m" {
		t.Errorf("%d failures, %d results, spent on %d, paid for %d", len(all.Failures), len(all.Results), len(all.Spent), len(all.Paid))
	}
	st := s.States()[1]
	st.Result = &pipeline.Result{Candidate: st.Candidate}
	one := ComparisonReportOf(s, st)
	if len(one.Results) != 1 || one.Results[0] != st.Result || len(one.Failures) != 1 || one.Failures[0].Candidate != st.ID() || len(one.Spent) != 1 || one.Spent[0].Model != "n,1" || len(one.Paid) != 0 {
		t.Errorf("%+v", one)
	}
}

func TestWhatWasChangedForSpreadsheetsIsCounted(t *testing.T) {
	for n, want := range map[int]string{0: "", 1: "1 text that a spreadsheet would compute got an apostrophe in front.", 1200: "1,200 texts that a spreadsheet would compute got an apostrophe in front."} {
		if got := guardedText(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
	if got := sentences("One.", "", "Two."); got != "One. Two." {
		t.Errorf("%q", got)
	}
}
