package api

import (
	"errors"
	"testing"
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
