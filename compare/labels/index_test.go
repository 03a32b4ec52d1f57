package labels

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
)

// namedByMaps is what names mean, written down as maps.
func namedByMaps(texts []corpus.Text) func(name string) (int, bool) {
	ids, numbers, words := map[string]int{}, map[string]int{}, map[string]int{}
	put := func(m map[string]int, name string, i int) {
		if _, taken := m[name]; !taken && name != "" {
			m[name] = i
		}
	}
	for i, t := range texts {
		put(ids, t.ID, i)
		if t.ID == "" {
			put(numbers, t.Label(i), i)
		}
		put(words, t.Text, i)
	}
	for i, t := range texts {
		put(words, strings.TrimSpace(t.Text), i)
		put(words, withoutNUL(t.Text), i)
	}
	return func(name string) (int, bool) {
		trimmed := strings.TrimSpace(name)
		for _, in := range []struct {
			names map[string]int
			name  string
		}{{ids, trimmed}, {words, name}, {words, trimmed}, {numbers, trimmed}} {
			if i, ok := in.names[in.name]; ok {
				return i, true
			}
		}
		return evaluate.NoText, false
	}
}

func TestNamesMeanTheSameAsInMaps(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	for range 50 {
		texts := make([]corpus.Text, 1+random.IntN(30))
		for i := range texts {
			texts[i] = corpus.Text{Text: pick("", " ", "\t") + pick("one", "two", "3", "one\x00two", "") + pick("", " ", "\x00") + pick("", fmt.Sprint(i)), ID: pick("", "", "a", "5", "one", " b")}
		}
		x, want := NewTexts(texts), namedByMaps(texts)
		names := []string{"", " ", "0", "1", "01", "+1", "5", " 7 ", "30", "99", "a", "b", " b", "one", "onetwo", "one two"}
		for _, text := range texts {
			names = append(names, text.Text, " "+text.Text, strings.TrimSpace(text.Text), withoutNUL(text.Text), text.ID)
		}
		for _, name := range names {
			i, ok := x.find(name)
			if at, known := want(name); ok != known || ok && i != at {
				t.Errorf("%q names text %d (%v), want %d (%v) of %q", name, i, ok, at, known, texts)
			}
		}
		for i, text := range texts {
			first := 0
			for texts[first].Text != text.Text {
				first++
			}
			if x.first[i] != first {
				t.Errorf("the first as text %d of %q is %d, want %d", i, texts, x.first[i], first)
			}
		}
	}
}

func TestNamesTakeFewBytesAText(t *testing.T) {
	const n = 20_000
	texts := make([]corpus.Text, n)
	for i := range texts {
		texts[i] = corpus.Text{Text: fmt.Sprint("text ", i)}
	}
	used := func() uint64 {
		var now runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&now)
		return now.HeapAlloc
	}
	before := used()
	x := NewTexts(texts)
	if each := int(used()-before) / n; each > 40 {
		t.Errorf("%d bytes are kept for each text", each)
	}
	runtime.KeepAlive(x)
}
