package session_test

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/costs"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestPaidAskingGoesOnWhateverIsChanged(t *testing.T) {
	insert := func(a *shell.App) (tea.Cmd, error) {
		return a.Session.Edits().Insert(0, corpus.Text{Text: "a new one"})
	}
	changes := map[string]struct {
		do     func(t *testing.T, a *shell.App)
		notice string
	}{
		"a candidate is added": {func(t *testing.T, a *shell.App) {
			uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "local/glove", Dimensions: 100}))
		}, ""},
		"another is taken out": {func(t *testing.T, a *shell.App) { uitest.Settle(t, a, a.Session.Toggle(a.Session.Candidates()[1])) }, ""},
		"it is taken out": {func(t *testing.T, a *shell.App) { uitest.Settle(t, a, a.Session.Toggle(a.Session.Candidates()[0])) },
			"shop/good goes on with the 3 texts that were agreed to, and what it brings is kept"},
		"it is resized":    {func(t *testing.T, a *shell.App) { uitest.Settle(t, a, a.Session.Resize(0, 2)) }, ""},
		"it is moved":      {func(t *testing.T, a *shell.App) { uitest.Settle(t, a, a.Session.MoveCandidate(0, 1)) }, ""},
		"texts are sorted": {func(t *testing.T, a *shell.App) { uitest.Settle(t, a, a.Session.SetOrder(session.OrderSimilarity)) }, ""},
		"a text is added": {func(t *testing.T, a *shell.App) {
			cmd, err := insert(a)
			if err != nil {
				t.Fatal(err)
			}
			uitest.Settle(t, a, cmd)
		}, "shop/good goes on with the 3 texts that were agreed to; the changed text waits for E"},
		"a text is moved":       {func(t *testing.T, a *shell.App) { uitest.Settle(t, a, a.Session.Edits().Move(0, 1)) }, ""},
		"a text is deleted":     {func(t *testing.T, a *shell.App) { uitest.Settle(t, a, a.Session.Edits().Delete(0)) }, "shop/good goes on with the 3 texts"},
		"all is computed again": {func(t *testing.T, a *shell.App) { uitest.Settle(t, a, a.Session.Recompute()) }, ""},
		"costs are asked for":   {func(t *testing.T, a *shell.App) { uitest.Press(t, a, "E") }, "E asks again when it has ended"},
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			s := uitest.NewShop()
			a := uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4", "local/ngrams@64")), func(a *shell.App) {
				change.do(t, a)
				uitest.CheckNobodyWaitsForNothing(t, a.Session)
				if !a.Session.Running() || !strings.Contains(a.ProgressText(ui.Unlimited), "good") {
					t.Errorf("the progress is %q", a.ProgressText(ui.Unlimited))
				}
				if !strings.Contains(a.Notice().Text, change.notice) || change.notice == "" && strings.Contains(a.Notice().Text, "goes on") {
					t.Errorf("the notice is %q, want %q", a.Notice().Text, change.notice)
				}
			})
			if s.Sent() != 3 || uitest.SpentOn(a, "shop/good").Tokens != 9 {
				t.Errorf("%d texts were sent, %+v is accounted", s.Sent(), uitest.SpentOn(a, "shop/good"))
			}
			if emb := a.Session.Embeddings()["shop/good@0 "]; emb == nil || emb.Vectors.Present() < 2 {
				t.Errorf("what came is not kept: %+v", emb)
			}
			for _, c := range a.Session.States() {
				if c.Phase != session.PhaseReady {
					t.Errorf("%s ends in phase %d: %v", c.ID(), c.Phase, c.Err)
				}
			}
			if a.Session.Running() || a.Session.Payments().Ledger().Committed() != a.Session.Payments().Ledger().Spent() {
				t.Errorf("still running: %v, %v", a.ProgressText(ui.Unlimited), a.Session.Payments().Ledger().Committed())
			}
		})
	}
}

func TestChangedTextIsMissingFromWhatThePaidAskingBrought(t *testing.T) {
	s := uitest.NewShop()
	a := uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4")), func(a *shell.App) {
		cmd, err := a.Session.Edits().Insert(1, corpus.Text{Text: "a new one"})
		if err != nil {
			t.Fatal(err)
		}
		uitest.Settle(t, a, cmd)
	})
	c := uitest.CandidateIn(t, a, "shop/good@4")
	if c.Phase != session.PhaseReady || c.Missing != 1 || c.Unpaid == nil || c.Unpaid.Missing() != 1 || c.Result.Vectors.Len() != 4 || c.Result.Vectors.Has(1) {
		t.Errorf("phase %d, %d missing, unpaid %+v", c.Phase, c.Missing, c.Unpaid)
	}
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "3 of 4 texts · E embeds 1") {
		t.Errorf("the matrix does not say what it lacks:\n%s", drawn)
	}
	uitest.Press(t, a, "4")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "good@4: 3 of 4 texts · E embeds 1; pairs with the others are not among these.") {
		t.Errorf("the duplicates do not say what they lack:\n%s", drawn)
	}
	uitest.Press(t, a, "E", "p")
	if c := uitest.CandidateIn(t, a, "shop/good@4"); c.Missing != 0 || c.Unpaid != nil || s.Sent() != 4 {
		t.Errorf("after E and p %d texts are missing, %d were sent in all", c.Missing, s.Sent())
	}
}

func TestSmallerDimensionsComeFromTheRunningAsking(t *testing.T) {
	s := uitest.NewShop()
	a := uitest.WhileAsked(t, s, settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4")), func(a *shell.App) { uitest.Settle(t, a, a.Session.Resize(0, 2)) })
	if s.Sent() != 3 || len(a.Session.Ready()) != 1 || !a.Session.Ready()[0].Result.Derived {
		t.Errorf("%d texts were sent; ready are %d of %v", s.Sent(), len(a.Session.Ready()), a.Session.Candidates())
	}
}

func TestFreeAskingsGoOnOnlyWhileTheyAreWanted(t *testing.T) {
	a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Hostile, uitest.Several...))
	clear(a.Session.Embeddings())
	a.Session.ForgetResults()
	a.Session.Invalidate(0)
	first := a.Session.RequestOf("local/glove@0 ")
	if first == nil {
		t.Fatalf("%d are asked", a.Session.Requests().Open())
	}
	a.Session.MoveCandidate(0, 1)
	a.Session.Toggle(api.Candidate{Model: "local/ngrams", Dimensions: 128})
	if a.Session.RequestOf("local/glove@0 ") != first || first.Ctx().Err() != nil {
		t.Error("another candidate ends an asking that is still wanted")
	}
	a.Session.Toggle(api.Candidate{Model: "local/glove", Dimensions: 100})
	if first.Ctx().Err() == nil || a.Session.RequestOf("local/glove@0 ") != nil {
		t.Error("an asking that nobody wants goes on")
	}
	other := a.Session.RequestOf("local/ngrams@64 ")
	a.Session.Edits().Delete(0)
	if other.Ctx().Err() == nil {
		t.Error("an asking for other texts goes on")
	}
}

func TestWhatIsUnderWayCountsAgainstTheLimit(t *testing.T) {
	s := uitest.NewShop()
	o := uitest.ShopOptions(t, s, "shop/good@4")
	o.Settings.Spending = config.Spending{PerRun: 1, PerSession: 0.0005}
	uitest.WhileAsked(t, s, settled(t, 100, 30, o), func(a *shell.App) {
		uitest.Settle(t, a, a.Session.Toggle(api.Candidate{Model: "shop/bad", Dimensions: 4}))
		uitest.Press(t, a, "E", "p")
		if drawn := uitest.Plain(a); !strings.Contains(drawn, "under way, more than your limit of $0.00050") || s.Asked != nil {
			t.Errorf("while as much is under way a second run is asked about so:\n%s", drawn)
		}
		uitest.Press(t, a, "esc", "esc")
	})
}

func TestWhatIsUnderWayCountsAtItsMost(t *testing.T) {
	a := settled(t, 100, 30, uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4", "shop/bad@4"))
	first, second := estimateOf(t, a, 0), estimateOf(t, a, 1)
	least, most := second[0].USD, mostOf(second)
	underWay := mostOf(first)
	for limit, want := range map[float64]string{
		underWay + most:           "",
		underWay + (least+most)/2: "at most " + format.UpTo(most) + " and so perhaps with what was spent and is under way, more than your limit of ",
		underWay + least/2:        "with what was spent and is under way, more than your limit of ",
	} {
		uitest.SetLimits(a, config.Spending{PerRun: 1, PerSession: limit})
		a.Session.NewRequest(session.ForCandidates, first[0].Source, []string{"one"}, a.Session.Payments().Grants(first, pipeline.LongCut)[0])
		if want != "" {
			want += format.Dollars(limit) + " a session"
		}
		if got := costs.OverLimit(a.Session, second); got != want {
			t.Errorf("with %s under way and a limit of %s it says %q, want %q", format.Dollars(underWay), format.Dollars(limit), got, want)
		}
	}
}

// estimateOf is what a candidate of the explorer would take.
func estimateOf(t *testing.T, a *shell.App, candidate int) []pipeline.Estimate {
	t.Helper()
	source, _ := a.Session.SourceOf(a.Session.Candidates()[candidate])
	e, err := a.Session.Engine().EstimateSource(t.Context(), source, session.TextsOf(uitest.ShopTexts), nil, pipeline.LongCut, a.Session.Counter().Count)
	if err != nil {
		t.Fatal(err)
	}
	return []pipeline.Estimate{e}
}

func TestVectorsThatAreGoneSinceTheirPriceWasToldAreNotPaidFor(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	for _, x := range uitest.ShopTexts {
		s.Knows["good"+x.Text] = true
	}
	s.Forgets = true
	uitest.Press(t, a, "E")
	if drawn := uitest.Plain(a); !strings.Contains(drawn, "Everything is known already") {
		t.Fatalf("E says\n%s", drawn)
	}
	uitest.Press(t, a, "p")
	c := uitest.CandidateIn(t, a, "shop/good@4")
	if s.Sent() != 0 || c.Phase != session.PhaseUnpaid || c.Unpaid.Missing() != 3 {
		t.Errorf("%d texts were sent; phase %d, unpaid %+v", s.Sent(), c.Phase, c.Unpaid)
	}
	if want := "shop/good: some vectors are no longer in the cache. Nothing was sent; E shows what they cost."; a.Notice().Text != want {
		t.Errorf("the notice is %q, want %q", a.Notice().Text, want)
	}
	uitest.Press(t, a, "E", "p")
	if c := uitest.CandidateIn(t, a, "shop/good@4"); s.Sent() != 3 || c.Phase != session.PhaseReady {
		t.Errorf("after a word %d texts were sent, phase %d", s.Sent(), c.Phase)
	}
}

// Vectors that come shorter than listed make another candidate of one: what was set for it
// holds on.
func TestACandidateKeepsItsThresholdWhenItsLengthChanges(t *testing.T) {
	s := uitest.NewShop()
	s.Length = 2
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
	a.Session.Thresholds().SetEach(true)
	a.Session.Thresholds().Set("shop/good@4", .42)
	uitest.Press(t, a, "E", "p")
	if got := a.Session.Candidates()[0].ID(); got != "shop/good@2" || a.Session.Thresholds().Of(got) != .42 {
		t.Errorf("%s has the threshold %g, want shop/good@2 at 0.42", got, a.Session.Thresholds().Of(got))
	}
}

// In a file with a column of relevant texts, a query without one has no answer; in one
// without the column nothing was said of any.
func TestWhatAFileSaysOfItsQueriesIsTakenIn(t *testing.T) {
	for _, judged := range []bool{true, false} {
		a := settled(t, 100, 30, uitest.OptionsWith(t, uitest.Numbered(3), uitest.Use))
		read := func() (labels.Questions, error) {
			return labels.Questions{Judged: judged, Queries: []labels.Query{{Text: "none?"}, {Text: "which?", Judged: []labels.Judgment{{Text: "2", Grade: 2}}}}}, nil
		}
		uitest.Settle(t, a, a.Session.Asked().Import(read, func(m session.MergedQueries, err error) tea.Cmd {
			if err != nil || m.All != 2 {
				t.Errorf("%+v, %v", m, err)
			}
			return nil
		}))
		if none, which := a.Session.Asked().Query("none?"), a.Session.Asked().Query("which?"); none.Complete != judged || none.Decided() != judged || which.Complete != judged || !which.Decided() {
			t.Errorf("with such a column %t: %+v, %+v", judged, none, which)
		}
	}
}

// Texts that are not paid for as documents are compared as they are, and the query must be
// sent so too: in two roles they would not belong together.
func TestAQueryIsSentInTheRoleOfTheTextsThatItSearches(t *testing.T) {
	roles := api.Roles{Query: api.Manner{Prefix: "q: "}, Document: api.Manner{Prefix: "d: "}, Symmetric: api.Manner{Prefix: "s: "}}
	for name, c := range map[string]struct {
		known         bool // as documents
		query         string
		role, ofTexts api.Role
	}{
		"documents are known":     {true, "q: ", api.RoleQuery, api.RoleDocument},
		"documents are not known": {false, "s: ", api.RoleSymmetric, api.RoleSymmetric},
	} {
		t.Run(name, func(t *testing.T) {
			s := uitest.NewShop()
			a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
			uitest.Settle(t, a, a.Session.SetRoles(a.Session.States()[0].Row, roles))
			uitest.Press(t, a, "E", "p")
			if !c.known {
				s.Knows = map[string]bool{}
			}
			st := a.Session.States()[0]
			if _, ok := a.Session.Search().Of(st); ok {
				t.Fatal("it is searched before its documents were looked for")
			}
			uitest.Settle(t, a, a.Session.Search().Ask(st))
			of, ok := a.Session.Search().Of(st)
			if !ok || of.Query.Prefix != c.query || of.Role != c.role || of.DocumentRole != c.ofTexts || of.Instead == c.known {
				t.Errorf("found %t: the query goes with %q as %q, the texts as %q, instead %t", ok, of.Query.Prefix, of.Role, of.DocumentRole, of.Instead)
			}
		})
	}
}

// Of two askings that end one after the other what brings more stays, whichever was first.
func TestOfTwoAskingsTheOneThatBringsMoreIsShown(t *testing.T) {
	for name, c := range map[string]struct{ first, late, want int }{
		"the late one brings more": {1, 2, 2}, "it brings all": {2, 3, 3}, "it brings less": {2, 1, 2}, "it brings nothing": {1, 0, 1},
		"all was there": {3, 2, 3},
	} {
		t.Run(name, func(t *testing.T) {
			s := uitest.NewShop()
			a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4"))
			source, _ := a.Session.SourceOf(a.Session.Candidates()[0])
			texts := session.TextsOf(uitest.ShopTexts)
			bring := func(n int) *pipeline.Embedding {
				s.Knows = map[string]bool{}
				for _, x := range texts[:n] {
					s.Knows["good"+x] = true
				}
				emb, err := a.Session.Engine().Embed(t.Context(), source, texts, pipeline.EmbedOptions{KnownOnly: true})
				if err != nil {
					t.Fatal(err)
				}
				return emb
			}
			late := a.Session.NewRequest(session.ForCandidates, source, texts, session.SendingGrant)
			a.Session.DropRequest(late)
			a.Session.Embeddings()[source.Key()] = bring(c.first)
			brought := bring(c.late)
			uitest.Happen(t, a, func() tea.Cmd { return a.Session.Received(late, brought, nil) })
			if got := a.Session.Embeddings()[source.Key()].Vectors.Present(); got != c.want {
				t.Errorf("%d texts have a vector, want %d", got, c.want)
			}
		})
	}
}

// notebook is a log of what was spent.
type notebook struct{ notes []api.Tally }

func (n *notebook) Add(_ context.Context, s api.Tally) error {
	n.notes = append(n.notes, s)
	return nil
}

func (n *notebook) Totals(context.Context) ([]api.Tally, error) { return n.notes, nil }

func TestWhatWasSpentIsNotedEvenWhenTheProgramEnds(t *testing.T) {
	s := uitest.NewShop()
	s.Holds = make(chan struct{})
	log := &notebook{}
	o := uitest.ShopOptions(t, s, "shop/good@4")
	o.Usage = log
	term := start(t, 100, 30, o)
	term.WaitFor("not embedded yet")
	term.Pay()
	term.WaitFor("1 of 3 batches")
	term.Press("q")
	term.WaitFor("Quit?")
	term.Press("y")
	if err := term.End(); err != nil {
		t.Fatal(err)
	}
	if len(log.notes) != 1 || log.notes[0].Tokens != 3 {
		t.Errorf("noted is %+v", log.notes)
	}
}

func TestWhatHasEndedIsRememberedWithItsAnswer(t *testing.T) {
	s := uitest.NewShop()
	a := settled(t, 100, 30, uitest.ShopOptions(t, s, "shop/good@4", "local/ngrams@64"))
	if ended := a.Session.Requests().Ended(); len(ended) != 1 || ended[0].Model != "local/ngrams" || ended[0].Came != 3 || ended[0].Spent.Requests != 0 {
		t.Fatalf("before anything was paid: %+v", ended)
	}
	uitest.Press(t, a, "E", "p")
	ended := a.Session.Requests().Ended()
	if len(ended) != 2 || ended[0].Model != "shop/good" || ended[0].Texts != 3 || ended[0].Came != 3 || ended[0].Spent.Requests == 0 || ended[0].Err != nil {
		t.Errorf("after paying: %+v", ended)
	}
	// The same computed here again takes the place of the time before.
	uitest.Settle(t, a, a.Session.Edits().Delete(0))
	n := 0
	for _, e := range a.Session.Requests().Ended() {
		if e.Model == "local/ngrams" {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d entries of what was computed here, want the last alone", n)
	}
}
