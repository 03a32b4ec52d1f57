package export_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/uitest"
)

// What is exported says what it lacks, and what was spent on a model that takes part at
// several lengths is counted once.
func TestAnExportSaysWhatItLacks(t *testing.T) {
	s := uitest.NewShop()
	for _, x := range uitest.ShopTexts[:2] {
		s.Knows["good"+x.Text] = true
	}
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4", "shop/good@2", "local/glove@100"))
	a.Session.Payments().Ledger().Add(api.Tally{Provider: "shop", Model: "good", Requests: 1, Texts: 2, USD: .5})
	c := export.ComparisonReport(a.Session)
	if said := fmt.Sprint(c.Failures); said != "[{shop/good@4 2 of 3 texts · E embeds 1} {shop/good@2 2 of 3 texts · E embeds 1}]" {
		t.Errorf("it lacks %s", said)
	}
	if len(c.Spent) != 2 || c.Spent[0].Model != "good" || c.Spent[1].Model != "glove" || len(c.Paid) != 1 || c.Paid[0].Model != "good" {
		t.Errorf("spent is %+v, paid for %+v", c.Spent, c.Paid)
	}
	if got := export.Matrix(a.Session).What; got != "the 3×3 matrix of shop/good@4 without 1 text" {
		t.Errorf("the matrix is %q", got)
	}
	for _, step := range []struct {
		candidate string // one more
		want      string
	}{{"", "all 3 matrices"}, {"shop/bad@4", "all 3 matrices (1 model without a result)"}, {"shop/bad@2", "all 3 matrices (2 models without a result)"}} {
		if step.candidate != "" {
			id, err := api.ParseCandidate(step.candidate)
			if err != nil {
				t.Fatal(err)
			}
			uitest.Settle(t, a, a.Session.Toggle(id))
		}
		if got := export.Matrices(a.Session).What; got != step.want {
			t.Errorf("with %q too: %q, want %q", step.candidate, got, step.want)
		}
	}
	alone := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), uitest.Use))
	if m, p := export.Matrices(alone.Session), export.Pairs(alone.Session); m.What != "the only matrix" || p.What != "all 3 pairs" {
		t.Errorf("%q, %q", m.What, p.What)
	}
}

// What became of something to be copied is said with what is to be known of it.
func TestWhatBecameOfACopyIsSaid(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("one", "two"), uitest.Use))
	for _, c := range []struct {
		remarks [2]string // of the export and of its format
		err     error
		want    string
		level   ui.NoticeLevel
	}{
		{[2]string{}, nil, "Copied the lot (5 bytes).", ui.NoticeGood},
		{[2]string{"Two are hidden.", ""}, nil, "Copied the lot (5 bytes). Two are hidden.", ui.NoticeGood},
		{[2]string{"Two are hidden.", "One is guarded."}, nil, "Copied the lot (5 bytes). Two are hidden. One is guarded.", ui.NoticeGood},
		{[2]string{}, fmt.Errorf("writing: %w", context.Canceled), "before", ui.NoticeInfo},
		{[2]string{}, errors.New("out of ink"), "out of ink", ui.NoticeError},
	} {
		write := func(_ context.Context, w io.Writer) (string, error) {
			_, err := io.WriteString(w, "a lot")
			return c.remarks[1], errors.Join(err, c.err)
		}
		a.Inform("before")
		e := ui.Export{What: "the lot", Name: "lot", Remark: c.remarks[0], Copied: ".txt", Formats: []ui.ExportFormat{{Ending: ".txt", Write: write}}}
		uitest.Settle(t, a, a.Copy(e))
		if n := a.Notice(); n.Text != c.want || n.Level != c.level {
			t.Errorf("%v, %v: %q at level %v, want %q at %v", c.remarks, c.err, n.Text, n.Level, c.want, c.level)
		}
	}
}

// While texts are compared that is said, and what to do where nobody compares them.
func TestWhatIsOfOtherTextsIsNotTaken(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("one", "two"), uitest.Use))
	if why := export.IsCurrent(a.Session)(); why != "" {
		t.Errorf("of the present texts it is said %q", why)
	}
	cmd, err := a.Session.Edits().Insert(2, corpus.Text{Text: "three"})
	if err != nil {
		t.Fatal(err)
	}
	if why := export.IsCurrent(a.Session)(); why != "these texts have not been compared yet" {
		t.Errorf("while they are going to be compared it is said %q", why)
	}
	a.Session.Stop()
	if why := export.IsCurrent(a.Session)(); why != "the texts were changed and not compared since: R does" {
		t.Errorf("after they were stopped it is said %q", why)
	}
	if uitest.Settle(t, a, cmd, a.Session.Recompute()); export.IsCurrent(a.Session)() != "" {
		t.Errorf("after R it is said %q", export.IsCurrent(a.Session)())
	}
}

// A pair is called by the numbers that its texts have on the screen, and something can be taken
// out as soon as one model has a result, whichever is in focus.
func TestWhatIsTakenOutIsCalledAsOnTheScreen(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), uitest.Use, "shop/good@4"))
	if e := export.Pair(a.Session, 0, 2); e.Name != "vecscope-pair-1-3" || e.What != "the pair of texts 1 and 3" {
		t.Errorf("a pair is %q, in the file %q", e.What, e.Name)
	}
	for at, want := range []string{"", "good@4 has no result: not embedded yet: E shows its cost"} {
		a.Session.SetFocus(at)
		if any, focused := export.HasAnyResult(a.Session)(), export.HasResult(a.Session)(); any != "" || focused != want {
			t.Errorf("with model %d in focus: %q, %q, want %q", at+1, any, focused, want)
		}
	}
	uitest.Settle(t, a, a.Session.Toggle(uitest.CandidateIn(t, a, uitest.Use).Candidate))
	if got := export.HasAnyResult(a.Session)(); got != "good@4 has no result: not embedded yet: E shows its cost" {
		t.Errorf("without any result it is said %q", got)
	}
}

// All that a copied command lacks is said.
func TestAllThatACommandLacksIsSaid(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Texts("one", "two"), uitest.Use))
	for _, c := range []struct {
		lacks []string
		want  string
	}{{nil, "Copied: vecscope compare a.csv"}, {[]string{"one"}, "Copied vecscope compare, but one."}, {[]string{"one", "two"}, "Copied vecscope compare, but one · two."}} {
		a.Exports().CopyCommand(ui.Command{Args: []string{"compare", "a.csv"}, Lacks: c.lacks})
		if got := a.Notice().Text; got != c.want {
			t.Errorf("of what lacks %q it is said %q, want %q", c.lacks, got, c.want)
		}
	}
}
