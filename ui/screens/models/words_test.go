package models

import (
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestWordsForLengthsAndWhereARowComesFrom(t *testing.T) {
	price, free := 2.0, 0.0
	server := api.Model{Provider: "shop", ID: "good", Dimensions: 1024, MaxTokens: 8192, Price: &price}
	with := func(change func(m *api.Model)) api.Model {
		m := server
		change(&m)
		return m
	}
	asks := func(m *api.Model) { m.SupportsDimensions, m.MinDimensions = true, 64 }
	inside := func(m *api.Model) { m.Source = api.SourceBinary }
	for _, c := range []struct {
		what func(api.Model) string
		m    api.Model
		want string
	}{
		{lengthText, server, "1024"},
		{lengthText, with(func(m *api.Model) { m.Dimensions = 0 }), "unknown until its vectors come; D asks for another number"},
		{lengthText, with(func(m *api.Model) { m.MaxDimensions = 4096 }), "1024 unless asked for others, at most 4096"},
		{reductionText, server, "fewer are cut here from the full vectors (derived)"},
		{reductionText, with(func(m *api.Model) { m.Price = &free }), "fewer are cut here from the full vectors (derived)"},
		{reductionText, with(asks), "shop can be asked for any from 64 to 1024; fewer than 1024 are cut here from the full vectors for free (derived)"},
		{reductionText, with(func(m *api.Model) { asks(m); m.Price = &free }), "shop can be asked for any from 64 to 1024"},
		{reductionText, with(func(m *api.Model) { asks(m); m.Dimensions = 0 }), "shop can be asked for fewer"},
		{reductionText, with(func(m *api.Model) { asks(m); inside(m); m.MinDimensions = 0 }), "computed anew at any length from 1 to 1024"},
		{readsText, server, "up to 8,192 tokens a text; of longer texts only the beginning counts"},
		{readsText, with(func(m *api.Model) { m.MaxTokens = 0 }), "unknown how long a text may be"},
		{readsText, with(func(m *api.Model) { inside(m); m.MaxTokens = 0 }), "texts of any length"},
		{sourceText, with(inside), "binary: the model is inside this program"},
		{sourceText, with(func(m *api.Model) { m.Source = api.SourceSnapshot }), "snapshot: shop's documentation when this program was built"},
		{sourceText, with(func(m *api.Model) { m.Source, m.Mark = api.SourceCached, api.MarkVanished }), "cached: shop's list from an earlier run; no longer on the newest list"},
		{sourceText, with(func(m *api.Model) {
			m.Source, m.Mark, m.Listed = api.SourceLive, api.MarkNew, time.Date(2026, 3, 4, 5, 6, 0, 0, time.Local)
		}), "live: shop's list read in this run, 2026-03-04 05:06; new on the list"},
		{sourceText, with(func(m *api.Model) { m.Source, m.Mark = api.SourceLive, api.MarkChanged }), "live: shop's list read in this run; changed on the list"},
		{sourceText, with(func(m *api.Model) { m.Source = api.SourceConfig }), "config: your settings file"},
		{sourceText, with(func(m *api.Model) { m.Source = api.SourceAsked }), "asked: no list has it"},
	} {
		if got := c.what(c.m); got != c.want {
			t.Errorf("it is said %q, want %q", got, c.want)
		}
	}
}

// The words for an order are those of the way in which the rows stand.
func TestTheStatusSaysWhichWayRowsAreSorted(t *testing.T) {
	a, s := catalogApp(t, 200, 60, "nanogpt/BAAI/bge-m3@1024", "local/glove@100")
	if got := s.orderWords(); (got == "usable now first") != s.moved || !s.moved && got != "in catalog order" {
		t.Errorf("at first the order is %q, models moved: %t", got, s.moved)
	}
	uitest.Press(t, a, "s")
	for _, want := range [][2]string{
		{"by selected, selected first", "by selected, selected last to first"}, {"by model, A to Z", "by model, Z to A"}, {"by provider, A to Z", "by provider, Z to A"},
		{"by dimensions, fewest first", "by dimensions, most first"}, {"by max tokens, fewest first", "by max tokens, most first"},
		{"by price, lowest first", "by price, highest first"}, {"by cost of your texts, lowest first", "by cost of your texts, highest first"},
		{"by latency, fastest first", "by latency, slowest first"}, {"by bytes a vector, fewest first", "by bytes a vector, most first"},
		{"by languages, A to Z", "by languages, Z to A"},
	} {
		for _, words := range want {
			if got := s.orderWords(); got != words {
				t.Errorf("the order is told as %q, want %q", got, words)
			}
			uitest.Press(t, a, "S")
		}
		uitest.Press(t, a, "s")
	}
	uitest.Press(t, a, "/", "b", "g", "e")
	if got := s.orderWords(); got != "best match first" {
		t.Errorf("with a filter the order is %q", got)
	}
	uitest.Press(t, a, "esc", "w", "enter")
	if got := s.orderWords(); got != "in the guide's order" {
		t.Errorf("with the guide the order is %q", got)
	}
}

func TestTheBoxOfANumberThatCannotBeHadSaysWhy(t *testing.T) {
	a, s := catalogApp(t, 100, 30)
	m, err := a.Session.Engine().Catalog.Find("local/glove")
	if err != nil {
		t.Fatal(err)
	}
	item, ok := s.typedDimensions(m, "101")
	if !ok || item.Detail != "cannot be had" || item.Reason == "" || strings.Contains(item.Reason, "\n") {
		t.Errorf("101 dimensions of 100 are offered as %+v", item)
	}
	if item, ok = s.typedDimensions(m, "77"); !ok || item.Reason != "" {
		t.Errorf("77 dimensions of 100 are offered as %+v", item)
	}
	if _, ok = s.typedDimensions(m, "a few"); ok {
		t.Error("words are offered as a number")
	}
}
