package api

import (
	"errors"
	"fmt"
	"reflect"
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
	before := Usage{Tokens: 5, Elapsed: 2 * time.Second, Requests: 1, Latencies: []time.Duration{1}, Cached: 3}
	got := before.Plus(Usage{Tokens: 7, Estimated: true, Elapsed: time.Second, Requests: 2, Latencies: []time.Duration{2, 3}, Cached: 4})
	want := Usage{Tokens: 12, Estimated: true, Elapsed: 3 * time.Second, Requests: 3, Latencies: []time.Duration{1, 2, 3}, Cached: 7}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
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
}
