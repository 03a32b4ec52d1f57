package api

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestCandidateIsWrittenAndReadAlike(t *testing.T) {
	for text, want := range map[string]Candidate{
		"local/use-lite@256":                    {"local/use-lite", 256},
		" nanogpt/BAAI/bge-m3@1024 ":            {"nanogpt/BAAI/bge-m3", 1024},
		"nanogpt/netease-youdao/bce-base_v1@99": {"nanogpt/netease-youdao/bce-base_v1", 99},
		"local/glove":                           {"local/glove", 0},
	} {
		got, err := ParseCandidate(text)
		if err != nil || got != want {
			t.Errorf("%q reads as %v, %v; want %v", text, got, err, want)
		}
	}
	if c := (Candidate{Model: "ollama/mine/own"}); c.ID() != "ollama/mine/own" || c.Short() != "own" {
		t.Errorf("of unknown length it is written %s, short %s", c.ID(), c.Short())
	}
	c := Candidate{"nanogpt/BAAI/bge-m3", 512}
	if c.ID() != "nanogpt/BAAI/bge-m3@512" || c.Short() != "bge-m3@512" {
		t.Errorf("%v is written %s, short %s", c, c.ID(), c.Short())
	}
}

func TestUnreadableCandidatesSayHowToWriteThem(t *testing.T) {
	for _, text := range []string{"", "use-lite", "local/", "/use-lite", "local/use-lite@", "local/use-lite@many", "local/use-lite@0", "local/use-lite@-5"} {
		if c, err := ParseCandidate(text); err == nil {
			t.Errorf("%q reads as %v", text, c)
		}
	}
}

func TestDimensionsWithinWhatAModelCanGive(t *testing.T) {
	m := Model{Provider: "p", ID: "m", Dimensions: 1024, MaxDimensions: 2048}
	for n, ok := range map[int]bool{1: true, 1024: true, 2048: true, 2049: false, 0: false, -1: false} {
		err := m.CheckDimensions(n)
		var wrong *DimensionsError
		if (err == nil) != ok || (err != nil && !errors.As(err, &wrong)) {
			t.Errorf("%d dimensions: %v", n, err)
		}
	}
	if err := (Model{}).CheckDimensions(5000); err != nil {
		t.Errorf("a model of unknown size refuses: %v", err)
	}
}

func TestUnknownPriceIsNotFree(t *testing.T) {
	if _, ok := (Model{}).Cost(1000); ok || (Model{}).Free() {
		t.Error("a model without a price costs something known")
	}
	price := 0.13
	if usd, ok := (Model{Price: &price}).Cost(2_000_000); !ok || usd != 0.26 {
		t.Errorf("2 million tokens at $0.13 cost %v", usd)
	}
}

func TestUsageAddsUp(t *testing.T) {
	before := Usage{Tokens: 5, Elapsed: 2 * time.Second, Requests: 1, Failed: 2, Lost: 3, LostTexts: 4, LostTokens: 5, Latencies: []time.Duration{1}, Texts: 6, Cached: 3}
	more := Usage{Tokens: 7, Estimated: true, Elapsed: time.Second, Requests: 2, Failed: 3, Lost: 4, LostTexts: 5, LostTokens: 6, Latencies: []time.Duration{2, 1}, Texts: 7, Cached: 4}
	want := Usage{Tokens: 12, Estimated: true, Elapsed: 3 * time.Second, Requests: 3, Failed: 5, Lost: 7, LostTexts: 9, LostTokens: 11, Latencies: []time.Duration{1, 2, 1}, Texts: 13, Cached: 7}
	got := before.Plus(more)
	if !reflect.DeepEqual(got, want) || !before.Plus(Usage{}).Minus(before).Nothing() {
		t.Errorf("%+v, want %+v", got, want)
	}
	if !before.Plus(Usage{}).Estimated == before.Estimated || !(Usage{Estimated: true}).Plus(Usage{}).Estimated || !(Usage{}).Plus(Usage{Estimated: true}).Estimated {
		t.Error("what was estimated counts as exact in a sum")
	}
	more.Latencies = []time.Duration{1, 2} // in no particular order
	if rest := got.Minus(before); !reflect.DeepEqual(rest.Latencies, []time.Duration{2, 1}) || rest.LostTexts != 5 || rest.Elapsed != time.Second {
		t.Errorf("without what was used before it is %+v, want %+v", rest, more)
	}
	if got.Minus(before); !reflect.DeepEqual(got, want) {
		t.Errorf("a part that is taken away is missing in the sum: %+v", got)
	}
	for _, one := range []Usage{{Texts: 1}, {Cached: 1}, {Tokens: 1}, {Requests: 1}, {Failed: 1}, {Lost: 1}} {
		if one.Nothing() {
			t.Errorf("%+v is nothing", one)
		}
	}
}

func TestErrorsAboutATextNameItsPlace(t *testing.T) {
	var empty *EmptyTextError
	if err := AtIndex(fmt.Errorf("embedding: %w", &EmptyTextError{Index: 1}), 7); !errors.As(err, &empty) || empty.Index != 7 {
		t.Errorf("an empty text: %v", err)
	}
	why := errors.New("only unknown words")
	var nothing *TextError
	if err := AtIndex(&TextError{Index: 1, Err: why}, 7); !errors.As(err, &nothing) || nothing.Index != 7 || !errors.Is(err, why) {
		t.Errorf("a text without a vector: %v", err)
	}
	if err := AtIndex(why, 7); err != why {
		t.Errorf("another error: %v", err)
	}
	for err, want := range map[error]string{
		WithID(&EmptyTextError{Index: 1}, "T12"):             "text 2 (T12) is empty: there is nothing to embed",
		WithID(&TextError{Index: 1, Err: why}, "T12"):        "text 2 (T12) has no vector: only unknown words",
		WithID(&TextError{Index: 12, Err: why}, ""):          "text 13 has no vector: only unknown words",
		WithID(&EmptyTextError{}, string(make([]byte, 200))): fmt.Sprintf("text 1 (%s) is empty: there is nothing to embed", make([]byte, 60)),
		WithID(why, "T12"):                                   "only unknown words",
	} {
		if err.Error() != want {
			t.Errorf("%q, want %q", err, want)
		}
	}
}

func TestErrorsNameWhatTheyAreAbout(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&KeyError{Provider: "shop", Env: "SHOP_KEY"}, "shop needs a key: set SHOP_KEY"},
		{&UnknownModelError{Ref: "shop/m"}, "there is no model shop/m"},
		{&UnknownModelError{Ref: "shop/m", Known: []string{"shop/n", "shop/o"}}, "there is no model shop/m; did you mean shop/n?"},
		{&DimensionsError{Ref: "shop/m", Asked: 9, Limit: 8}, "shop/m cannot have 9 dimensions: ask for 1 to 8"},
		{&LengthError{Provider: "shop", Model: "m", Had: 8, Came: 4, Advice: "do this"}, "shop gives vectors of 4 dimensions for m, where those before have 8; do this"},
		{&LengthError{Provider: "shop", Model: "m", Had: 8, Came: 4, Cached: true, Advice: "do this"}, "shop gives vectors of 4 dimensions for m, but the cache holds some of 8; do this"},
		{&LimitError{Limit: 5, Tokens: 9, Err: errors.New("too long")}, "too long"},
		{&InsecureKeyError{Provider: "shop", Host: "box:80"}, "shop: the key would go to box:80 over plain http, for everyone on the way to read; use https, " +
			"or allow it with --allow-insecure-key or allow_insecure_key = true in the settings"},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestAModelThatChangedSaysWhatAllAnewWouldCost(t *testing.T) {
	err := &ModelChangedError{Provider: "shop", Model: "m", Texts: 40, Priced: true}
	for usd, written := range map[float64]string{0: "$0", 1e-9: "<$0.000001", 0.000003: "$0.0000030", 0.00042: "$0.00042", 0.123: "$0.12", 7: "$7.00", 123.456: "$123.46"} {
		err.USD = usd
		if got := err.Error(); !strings.Contains(got, "to ask for all 40 texts anew, which costs about "+written+", add --fresh") {
			t.Error(got)
		}
	}
	err.Priced = false
	if got := err.Error(); !strings.Contains(got, "to ask for all 40 texts anew, add --fresh") {
		t.Error(got)
	}
}

// What the settings say counts, and only what they say.
func TestASettingGoesBeforeTheList(t *testing.T) {
	listed, own := 0.1, 0.2
	list := Model{Name: "list", Description: "d", Dimensions: 8, MaxDimensions: 16, SupportsDimensions: true, MaxTokens: 512, Price: &listed}
	row := Model{Name: "own", Description: "o", Dimensions: 4, MaxDimensions: 32, MaxTokens: 128, Price: &own}
	if got := list.WithSettings(Model{}); !reflect.DeepEqual(got, list) {
		t.Errorf("settings that say nothing: %+v", got)
	}
	want := row
	want.SupportsDimensions = true
	if got := list.WithSettings(row); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := (Model{}).WithSettings(Model{SupportsDimensions: true}); !got.SupportsDimensions {
		t.Error("that it can be asked for shorter vectors is not believed")
	}
}

func TestWhatAServerShowsStandsBesideWhatItsListSays(t *testing.T) {
	notes := make([]string, 1, 4) // with room, so that rows could write over one another's
	listed := Model{Dimensions: 8, MaxDimensions: 8, MaxTokens: 512, Notes: notes}
	other := listed.WithDimensions(6)
	got := listed.WithDimensions(12)
	if got.Dimensions != 12 || got.ListedDimensions != 8 || got.MaxDimensions != 12 || got.Notes[1] != "The list says 8 dimensions; its vectors have 12." {
		t.Errorf("%+v", got)
	}
	if other.MaxDimensions != 6 || other.Notes[1] != "The list says 8 dimensions; its vectors have 6." {
		t.Errorf("%+v", other)
	}
	shortens := Model{Dimensions: 8, MaxDimensions: 16, SupportsDimensions: true}
	if got := shortens.WithDimensions(12); got.MaxDimensions != 16 {
		t.Errorf("it could be asked for 16 dimensions, and now for %d", got.MaxDimensions)
	}
	if got := shortens.WithDimensions(24); got.MaxDimensions != 24 || got.Dimensions != 24 {
		t.Errorf("its vectors have 24 dimensions, and it can be asked for %d", got.MaxDimensions)
	}
	if got := listed.WithDimensions(8); !reflect.DeepEqual(got, listed) {
		t.Errorf("as listed: %+v", got)
	}
	if got := (Model{}).WithDimensions(8); got.Dimensions != 8 || got.MaxDimensions != 8 || got.Notes != nil {
		t.Errorf("no length was listed: %+v", got)
	}
	short, shorter := listed.WithMaxTokens(40), listed.WithMaxTokens(20)
	if short.Notes[1] != "The list says that it reads 512 tokens; its server reads 40." || shorter.MaxTokens != 20 {
		t.Errorf("%q", short.Notes)
	}
	for reads, want := range map[int]int{0: 512, -1: 512, 512: 512, 513: 512, 511: 511, 1: 1} {
		got := listed.WithMaxTokens(reads)
		if got.MaxTokens != want || (len(got.Notes) == 2) != (want != 512) {
			t.Errorf("of a server that reads %d tokens: %d, %q", reads, got.MaxTokens, got.Notes)
		}
	}
	if got := (Model{}).WithMaxTokens(40); got.MaxTokens != 40 || got.Notes != nil {
		t.Errorf("nothing was listed: %+v", got)
	}
}

func TestIdentitiesOfOneKindContradictEachOther(t *testing.T) {
	for _, c := range []struct {
		a, b Identity
		want bool
	}{
		{DigestIdentity("ab"), DigestIdentity("cd"), true}, {DigestIdentity("ab"), DigestIdentity("ab"), false}, {DigestIdentity("ab"), "", false},
		{DigestIdentity("ab"), MetaIdentity("ab"), false}, {MetaIdentity("1"), MetaIdentity("2"), true}, {TimeIdentity(1), TimeIdentity(2), true}, {TimeIdentity(1), MetaIdentity("2"), false}, {"", "", false},
	} {
		if c.a.Contradicts(c.b) != c.want || c.b.Contradicts(c.a) != c.want {
			t.Errorf("%q contradicts %q: %t", c.a, c.b, !c.want)
		}
	}
	if !DigestIdentity("ab").Exact() || MetaIdentity("ab").Exact() || TimeIdentity(1).Exact() {
		t.Error("only a sum of the weights is exact")
	}
}

func TestWhatMayBeAKey(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        bool
	}{
		{"x-team", "fifteen letters", false}, {"x-team", "sixteen letters!", true}, {"X-Api-Key", "a", true}, {"Authorization", "a", true}, {"x-token", "a", true}, {"x-Secret", "a", true}, {"x-password", "a", true},
	} {
		if got := LikeKey(c.name, NewSecret(c.value)); got != c.want {
			t.Errorf("%s: %s may be a key: %t", c.name, c.value, got)
		}
	}
	for value, want := range map[string]bool{"": true, " ~": true, "\x7f": false, "\x1f": false, "\n": false, "ä": false} {
		if got := FitsHeader(value); got != want {
			t.Errorf("a header can carry %q: %t", value, got)
		}
	}
}
