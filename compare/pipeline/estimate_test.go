package pipeline

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
)

// remembering is letters with a cache of some texts.
type remembering struct {
	letters
	knows []string
}

func (r *remembering) Known(_ context.Context, req api.Request) ([]bool, error) {
	known := make([]bool, len(req.Texts))
	for i, t := range req.Texts {
		known[i] = slices.Contains(r.knows, t)
	}
	return known, nil
}

// byField knows a text only as it was sent: with a field of its own beside it.
type byField struct {
	letters
	field api.Field
}

func (b *byField) Known(_ context.Context, req api.Request) ([]bool, error) {
	known := make([]bool, len(req.Texts))
	for i := range known {
		known[i] = req.Field == b.field
	}
	return known, nil
}

// What is known is asked for as it would be sent.
func TestWhatIsKnownIsAskedForAsItIsSent(t *testing.T) {
	field := api.Field{Name: "input_type", Value: "document"}
	e := &Engine{Providers: map[string]api.Provider{"p": &byField{field: field}}}
	for of, want := range map[api.Field]bool{field: true, {}: false} {
		s := Source{Model: api.Model{Provider: "p", ID: "m"}, Manner: api.Manner{Field: of}}
		if got := e.knownOf(t.Context(), s, []string{"a text"}); got[0] != want {
			t.Errorf("sent with %+v it is known: %t, want %t", of, got[0], want)
		}
	}
}

// asDocuments are candidates of the engine's catalog whose texts go without a prefix.
func asDocuments(t *testing.T, e *Engine, candidates ...api.Candidate) []Wanted {
	t.Helper()
	var all []Wanted
	for _, c := range candidates {
		m, err := e.Catalog.Find(c.Model)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, Wanted{c, DocumentSource(m, c)})
	}
	return all
}

func words(text string) int { return len(strings.Fields(text)) }

func paidEngine(p api.Provider) *Engine {
	models := []api.Model{
		{Provider: "test", ID: "free", Kind: api.KindEmbedding, Dimensions: 4, Price: price(0)},
		{Provider: "test", ID: "paid", Kind: api.KindEmbedding, Dimensions: 8, MaxTokens: 4, Price: price(1e6)},
		{Provider: "test", ID: "unpriced", Kind: api.KindEmbedding, Dimensions: 8},
		{Provider: "mine", ID: "unpriced", Kind: api.KindEmbedding, Dimensions: 8},
	}
	return &Engine{Catalog: catalog.New(models), Providers: map[string]api.Provider{"test": p, "mine": p}, Unpaid: func(name string) bool { return name == "mine" }}
}

func TestOnlyWhatCostsNothingIsUnpaid(t *testing.T) {
	e := paidEngine(&letters{})
	for ref, want := range map[string]bool{"test/free": false, "test/paid": true, "test/unpriced": true, "mine/unpriced": false} {
		m, err := e.Catalog.Find(ref)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.Paid(m); got != want {
			t.Errorf("%s: paid is %v", ref, got)
		}
	}
}

func TestAModelInsideTheBinaryCostsNothing(t *testing.T) {
	if paidEngine(&letters{}).Paid(api.Model{Provider: "local", ID: "m", Source: api.SourceBinary}) {
		t.Error("it is to be paid for")
	}
}

func TestAModelThatRunsElsewhereIsPaidEvenBehindAServerOfOnesOwn(t *testing.T) {
	if !paidEngine(&letters{}).Paid(api.Model{Provider: "mine", ID: "large:cloud", Elsewhere: true}) {
		t.Error("it is not to be paid for")
	}
}

// It cuts what it reads itself, and says so of each text.
func TestOfAModelInsideTheBinaryNoTextIsCutBeforehand(t *testing.T) {
	e := paidEngine(&letters{})
	s := Source{Model: api.Model{Provider: "test", ID: "m", Source: api.SourceBinary, MaxTokens: 4, Price: price(0)}}
	est, err := e.EstimateSource(t.Context(), s, []string{"a b c d e f"}, nil, LongLeftOut, words)
	if err != nil || est.Long != nil || est.Texts != 1 || est.Tokens != 6 {
		t.Errorf("%+v, %v", est, err)
	}
}

func TestWhatNobodyIsPaidForHasAPrice(t *testing.T) {
	e := paidEngine(&letters{})
	for ref, want := range map[string]bool{"mine/unpriced": true, "test/free": true, "test/paid": true, "test/unpriced": false} {
		m, err := e.Catalog.Find(ref)
		if err != nil {
			t.Fatal(err)
		}
		est, err := e.EstimateSource(t.Context(), Source{Model: m}, []string{"one", "two"}, nil, LongCut, words)
		if err != nil || est.Priced != want || (est.USD > 0) != (ref == "test/paid") || est.Tokens != 2 {
			t.Errorf("%s: %+v, %v", ref, est, err)
		}
	}
}

// short in its words: it tells of fewer texts than it was asked about.
type fewerWords struct{ remembering }

func (f *fewerWords) Known(context.Context, api.Request) ([]bool, error) { return []bool{true}, nil }

func TestWhatIsNotToldToBeKnownIsPriced(t *testing.T) {
	e := paidEngine(&fewerWords{})
	est, err := e.EstimateSource(t.Context(), paidSource(t, e), []string{"one", "two"}, nil, LongCut, words)
	if err != nil || est.Missing() != 2 || est.Tokens != 2 {
		t.Errorf("%+v, %v", est, err)
	}
}

func TestATooLongTextThatIsSentAsItIsIsPricedAsItIs(t *testing.T) {
	e := paidEngine(&letters{})
	est, err := e.EstimateSource(t.Context(), paidSource(t, e), []string{"a b c d e f", "g"}, nil, LongSent, words)
	if err != nil || est.Missing() != 2 || est.Tokens != 7 || !slices.Equal(est.Long, []int{0}) {
		t.Errorf("%+v, %v", est, err)
	}
}

// A text that was refused is not sent again unless the person says so.
func TestWhatWasRefusedIsSentAgainOnlyOnRequest(t *testing.T) {
	p := &letters{}
	e := paidEngine(p)
	s := paidSource(t, e)
	texts := []string{"one", "?", "", "a b c d e"}
	how := EmbedOptions{Long: LongLeftOut, Count: words}
	before, err := e.Embed(t.Context(), s, texts, how)
	if err != nil {
		t.Fatal(err)
	}
	if got := Refused(before.Failed); !slices.Equal(got, []int{1}) {
		t.Errorf("%v count as refused by the server; an empty and a long one were never asked for", got)
	}
	est, err := e.EstimateSource(t.Context(), s, texts, before, LongLeftOut, words)
	if err != nil || est.Refused != 1 || est.Sends() || est.Texts != 1 || est.Cached != 1 {
		t.Errorf("%+v, %v", est, err)
	}
	moved, err := e.Embed(t.Context(), s, []string{"one", "two", "?"}, EmbedOptions{Before: before, Long: LongLeftOut, Count: words})
	var why *api.TextError
	if err != nil || len(moved.Failed) != 1 || !errors.As(moved.Failed[2], &why) || why.Index != 2 {
		t.Errorf("in another place it is %v, %v", moved.Failed, err)
	}
	again := before.WithRetries()
	if again == nil || !again.Partial || len(again.Failed) != 2 || again.Failed[1] != nil || len(before.Failed) != 3 {
		t.Fatalf("to be asked again: %+v", again)
	}
	if est, err = e.EstimateSource(t.Context(), s, texts, again, LongLeftOut, words); err != nil || est.Refused != 0 || est.Missing() != 1 {
		t.Errorf("%+v, %v", est, err)
	}
	if none := (&Embedding{Failed: map[int]error{0: &api.EmptyTextError{}}}).WithRetries(); none != nil {
		t.Errorf("nothing was refused, and is asked again: %+v", none)
	}
}

func TestEstimateCountsWhatWouldBeSent(t *testing.T) {
	p := &remembering{knows: []string{"one two"}}
	e := paidEngine(p)
	texts := []string{"one two", "three", "three", " ", "a b c d e f g h"}
	wanted := asDocuments(t, e, api.Candidate{Model: "test/paid", Dimensions: 8}, api.Candidate{Model: "test/free", Dimensions: 4},
		api.Candidate{Model: "test/paid", Dimensions: 2}, api.Candidate{Model: "test/unpriced", Dimensions: 8})
	counted := map[string]int{}
	got, err := e.Estimate(t.Context(), wanted, texts, LongCut, func(text string) int { counted[text]++; return words(text) })
	if err != nil {
		t.Fatal(err)
	}
	for text, times := range counted {
		if times > 1 {
			t.Errorf("%q is counted %d times", text, times)
		}
	}
	if len(got) != 3 || len(p.asked) != 0 {
		t.Fatalf("%d sources, want 3; asked for %q, want nothing", len(got), p.asked)
	}
	paid := got[0]
	if !slices.Equal(paid.Candidates, []string{"test/paid@8", "test/paid@2"}) || paid.Texts != 3 || paid.Cached != 1 || paid.Missing() != 2 {
		t.Errorf("the paid source: %+v", paid)
	}
	// One token of "three", and 3 of the long text: a quarter of 4 is in reserve.
	if paid.Tokens != 4 || paid.USD != 4 || !paid.Priced || !paid.Estimated || !slices.Equal(paid.Long, []int{4}) {
		t.Errorf("%d tokens, $%v, long %v", paid.Tokens, paid.USD, paid.Long)
	}
	if got[1].Sends() || !got[0].Sends() {
		t.Error("a free source sends money, or a paid one does not")
	}
	sum := Total(got)
	if sum.USD != 4 || sum.Priced || sum.Tokens != 4+9 || len(sum.Candidates) != 3 {
		t.Errorf("in all %+v; an unknown price must be marked", sum)
	}
}

// What is not sent has no say in what the rest costs: not by its price, nor by how it was
// counted.
func TestTheSumIsOfWhatIsSent(t *testing.T) {
	sent := Estimate{Paid: true, Texts: 2, Tokens: 4, USD: 4, Priced: true}
	about := Estimate{Paid: true, Texts: 2, Tokens: 4, USD: 4, Priced: true, Estimated: true}
	unknown := Estimate{Paid: true, Texts: 2, Tokens: 4}
	cached := Estimate{Paid: true, Texts: 3, Cached: 3, Estimated: true}
	free := Estimate{Texts: 5, Tokens: 9, Estimated: true}
	for name, c := range map[string]struct {
		of   []Estimate
		want Estimate
	}{
		"nothing":                       {nil, Estimate{Priced: true}},
		"beside what is cached":         {[]Estimate{cached, sent}, Estimate{Paid: true, Texts: 5, Cached: 3, Tokens: 4, USD: 4, Priced: true}},
		"beside what costs nothing":     {[]Estimate{free, sent}, Estimate{Paid: true, Texts: 2, Tokens: 4, USD: 4, Priced: true}},
		"beside what is estimated":      {[]Estimate{sent, about}, Estimate{Paid: true, Texts: 4, Tokens: 8, USD: 8, Priced: true, Estimated: true}},
		"beside what no price is known": {[]Estimate{sent, unknown}, Estimate{Paid: true, Texts: 4, Tokens: 8, USD: 4}},
		"all cached":                    {[]Estimate{cached}, Estimate{Paid: true, Texts: 3, Cached: 3, Priced: true}},
	} {
		if got := Total(c.of); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestAskingAnewIsPricedPastWhatIsKept(t *testing.T) {
	e := paidEngine(&remembering{knows: []string{"one two", "three"}})
	s := paidSource(t, e)
	for fresh, tokens := range map[bool]int{false: 0, true: 3} {
		s.Fresh = fresh
		est, err := e.EstimateSource(t.Context(), s, []string{"one two", "three"}, nil, LongCut, words)
		if err != nil || est.Tokens != tokens || est.USD != float64(tokens) || est.Sends() != fresh {
			t.Errorf("fresh %t: %d tokens for $%v, %d of %d kept, %v", fresh, est.Tokens, est.USD, est.Cached, est.Texts, err)
		}
	}
}

func TestWhatCannotBeAskedHasItsCostNevertheless(t *testing.T) {
	p := &remembering{knows: []string{"one two"}}
	e := paidEngine(p)
	e.Catalog = catalog.New([]api.Model{
		{Provider: "test", ID: "locked", Kind: api.KindEmbedding, Dimensions: 8, Price: price(1e6), KeyEnv: "TEST_KEY"},
		{Provider: "gone", ID: "model", Kind: api.KindEmbedding, Dimensions: 8, Price: price(1e6)},
	})
	e.HasKey = func(string) bool { return false }
	wanted := asDocuments(t, e, api.Candidate{Model: "test/locked", Dimensions: 8}, api.Candidate{Model: "gone/model", Dimensions: 8})
	got, err := e.Estimate(t.Context(), wanted, []string{"one two", "three"}, LongCut, words)
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	var key *api.KeyError
	if !errors.As(got[0].Unavailable, &key) || key.Env != "TEST_KEY" || got[0].USD != 1 || got[0].Cached != 1 {
		t.Errorf("without its key: %+v", got[0])
	}
	var unreachable *NotReachableError
	if !errors.As(got[1].Unavailable, &unreachable) || got[1].USD != 3 {
		t.Errorf("without a server: %+v", got[1])
	}
}

func TestEstimateTakesWhatIsHeldFromTheSum(t *testing.T) {
	e := paidEngine(&letters{})
	m, err := e.Catalog.Find("test/paid")
	if err != nil {
		t.Fatal(err)
	}
	s := Source{Model: m}
	held, err := e.Embed(t.Context(), s, []string{"one"}, EmbedOptions{})
	if err != nil {
		t.Fatal(err)
	}
	est, err := e.EstimateSource(t.Context(), s, []string{"one", "a b c d e"}, held, LongLeftOut, words)
	if err != nil || est.Sends() || est.Cached != 1 || len(est.Long) != 1 {
		t.Errorf("%+v, %v; want nothing left to send", est, err)
	}
}

func TestLongTextsAreCutOrLeftOut(t *testing.T) {
	p := &letters{}
	e := paidEngine(p)
	m, err := e.Catalog.Find("test/paid")
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"a b c d e f", "short", "short"}
	sent, err := e.Embed(t.Context(), Source{Model: m}, texts, EmbedOptions{Long: LongCut, Count: words})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{0}; !slices.Equal(sent.Clipped, want) {
		t.Errorf("clipped are %v, want %v", sent.Clipped, want)
	}
	if want := []string{"a b c ", "short"}; !slices.Equal(p.asked[0], want) {
		t.Errorf("sent %q, want %q", p.asked[0], want)
	}
	got, err := e.Embed(t.Context(), Source{Model: m}, texts, EmbedOptions{Long: LongLeftOut, Count: words})
	var long *LongTextError
	if err != nil || !errors.As(got.Failed[0], &long) || got.Vectors.Has(0) || !got.Vectors.Has(2) {
		t.Errorf("left out: %v, %v", got.Failed, err)
	}
}

func TestAPrefixCountsAsWell(t *testing.T) {
	p := &letters{}
	e := paidEngine(p)
	m, err := e.Catalog.Find("test/paid")
	if err != nil {
		t.Fatal(err)
	}
	s := Source{Model: m, Manner: api.Manner{Prefix: "find: "}}
	texts := []string{"one two three", "a b c d"} // with the prefix 4 and 5 tokens of the 4 that are read
	est, err := e.EstimateSource(t.Context(), s, texts, nil, LongCut, words)
	if err != nil || est.Tokens != 4+3 || !slices.Equal(est.Long, []int{1}) {
		t.Errorf("%d tokens, long %v, %v", est.Tokens, est.Long, err)
	}
	got, err := e.Embed(t.Context(), s, texts, EmbedOptions{Long: LongCut, Count: words})
	if want := []string{"one two three", "a b "}; err != nil || !slices.Equal(p.asked[0], want) || !slices.Equal(got.Clipped, []int{1}) {
		t.Errorf("sent %q, want %q; clipped %v, %v", p.asked[0], want, got.Clipped, err)
	}
	s.Prefix = "this is far too long to leave any room: "
	got, err = e.Embed(t.Context(), s, []string{"one"}, EmbedOptions{Long: LongCut, Count: words})
	var long *LongTextError
	if err != nil || !errors.As(got.Failed[0], &long) || len(p.asked) != 1 {
		t.Errorf("without room for the text: %v, %v, sent %q", got.Failed, err, p.asked)
	}
}

// breaking answers one batch and then fails.
type breaking struct{ api.Uncached }

var errBroken = errors.New("the connection broke")

func (b *breaking) Embed(_ context.Context, req api.Request) (api.Result, error) {
	req.Arrived([]int{0}, [][]float32{{1, 0}})
	return api.Result{Usage: api.Usage{Tokens: 7, Requests: 2}}, errBroken
}

func TestWhatArrivedBeforeAFailureIsKept(t *testing.T) {
	e := paidEngine(&breaking{})
	m, err := e.Catalog.Find("test/unpriced")
	if err != nil {
		t.Fatal(err)
	}
	got, err := e.Embed(t.Context(), Source{Model: m}, []string{"one", "two", "one"}, EmbedOptions{})
	if !errors.Is(err, errBroken) {
		t.Fatalf("the error is %v", err)
	}
	if !got.Partial || !got.Vectors.Has(0) || got.Vectors.Has(1) || !got.Vectors.Has(2) || got.Spent.Tokens != 7 {
		t.Errorf("kept: partial %v, %d vectors, spent %+v", got.Partial, got.Vectors.Present(), got.Spent)
	}
}

// What cannot be asked is neither sent nor counted, and what costs nothing is not summed up.
func TestSumsAreOfWhatIsSent(t *testing.T) {
	broken := errors.New("out of order")
	all := []Estimate{
		{Candidates: []string{"a"}, Texts: 5, Cached: 2, Tokens: 9, USD: .5, Paid: true, Priced: true, Estimated: true, Refused: 1},
		{Candidates: []string{"b"}, Texts: 7, Tokens: 8, Priced: true}, {Candidates: []string{"c"}, Texts: 3, Tokens: 4, Paid: true, Unavailable: broken},
	}
	if got := Sendable(all); len(got) != 2 || got[0].Candidates[0] != "a" || got[1].Candidates[0] != "b" {
		t.Errorf("sendable are %+v", got)
	}
	sum := Total(Sendable(all))
	if sum.Texts != 5 || sum.Cached != 2 || sum.Tokens != 9 || sum.USD != .5 || !sum.Priced || !sum.Paid || !sum.Estimated || sum.Refused != 1 || !slices.Equal(sum.Candidates, []string{"a"}) {
		t.Errorf("the sum is %+v", sum)
	}
	if sum = Total(all); sum.Texts != 8 || sum.Priced {
		t.Errorf("with what has no price it is %+v", sum)
	}
	known := []Estimate{{Texts: 3, Cached: 3, Paid: true, Estimated: true}}
	if sum = Total(known); !sum.Priced || sum.Estimated {
		t.Errorf("of what is known all it is %+v", sum)
	}
	if costs := Costs(all); len(costs) != 3 || costs[0].Texts != all[0].Missing() || costs[0].USD != .5 {
		t.Errorf("%+v", costs)
	}
}

// A text that is read and known in part is one text.
func TestATextInPartCountsOnce(t *testing.T) {
	r := &Result{Clipped: []int{1, 4}, Unknown: []int{2, 4, 7}}
	if n := r.InPart(); n != 4 {
		t.Errorf("%d texts are in part", n)
	}
	for i, want := range []struct{ read, known bool }{{}, {true, false}, {false, true}, {}, {true, true}} {
		if r.ReadInPart(i) != want.read || r.KnownInPart(i) != want.known {
			t.Errorf("text %d is read in part %t, known in part %t", i, r.ReadInPart(i), r.KnownInPart(i))
		}
	}
	if n := (&Result{Unknown: []int{3}}).InPart(); n != 1 {
		t.Errorf("%d texts are known in part", n)
	}
}
