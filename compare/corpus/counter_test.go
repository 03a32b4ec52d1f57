package corpus_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/tiktoken-go/tokenizer/codec"

	"github.com/vecscope/vecscope/compare/corpus"
)

func TestCount(t *testing.T) {
	c := corpus.NewCounter()
	for text, want := range map[string]int{
		"":                             0,
		"hello world":                  2,
		"tiktoken is great!":           6,
		"antidisestablishmentarianism": 6,
		"2 + 2 = 4":                    7,
		"お誕生日おめでとう":                    9,
	} {
		if got := c.Count(text); got != want {
			t.Errorf("%q: %d tokens, want %d", text, got, want)
		}
	}
}

func TestCountIsExactWhereBlanksAreShort(t *testing.T) {
	exact := codec.NewCl100kBase()
	c := corpus.NewCounter()
	for _, text := range []string{
		strings.Repeat("word and   word\n\n", 500),
		strings.Repeat("a", 5000),
		strings.Repeat(" ", 1024) + "x" + strings.Repeat("\n", 1024) + "x",
		strings.Repeat("这是一个测试，", 500),
		"\xff\xfe broken",
	} {
		want, err := exact.Count(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Count(text); got != want {
			t.Errorf("%.20q…: %d tokens, want %d", text, got, want)
		}
	}
}

func TestCountOfALongBlankIsNear(t *testing.T) {
	text := strings.Repeat(" \n", 4000)
	want, err := codec.NewCl100kBase().Count(text)
	if err != nil {
		t.Fatal(err)
	}
	if got := corpus.NewCounter().Count(text); got < want || got > want+8 {
		t.Errorf("%d tokens, want %d or a few more", got, want)
	}
}

func TestACounterCanBeSharedFromTheFirstUse(t *testing.T) {
	c := corpus.NewCounter()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if n := c.Count("hello world"); n != 2 {
				t.Errorf("%d tokens", n)
			}
		})
	}
	wg.Wait()
}

func BenchmarkCounterLoad(b *testing.B) {
	// Only the first load in a process reads the table: run with -benchtime=1x.
	for b.Loop() {
		corpus.NewCounter().Count("a")
	}
}

func BenchmarkCount(b *testing.B) {
	c := corpus.NewCounter()
	c.Count("a")
	for name, unit := range map[string]string{
		"sentence": "The shop refunded the customer for the broken kettle. ",
		"letters":  "a", "blanks": " \n", "spaces": " ", "emoji": "😀", "chinese": "这是一个测试",
	} {
		text := strings.Repeat(unit, corpus.MaxTextLength/len([]rune(unit)))
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c.Count(text)
			}
		})
	}
}

func TestEveryCharacterThatIsSentIsCounted(t *testing.T) {
	c := corpus.NewCounter()
	for r := rune(0); r < 0x250; r++ {
		if c.Count(string(r)) == 0 {
			t.Errorf("%U counts nothing", r)
		}
	}
	if n := c.Count("\x7f\x7f\x7f"); n != 3 {
		t.Errorf("three deleted characters are %d tokens", n)
	}
}
