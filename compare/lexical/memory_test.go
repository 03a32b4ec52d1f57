package lexical

import (
	"fmt"
	"runtime"
	"testing"
)

func TestAnIndexTakesFewBytesAWord(t *testing.T) {
	const n = 20_000
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprintf("a walk by the river number%d", i) // five words of all texts and one of its own
	}
	used := func() uint64 {
		var now runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&now)
		return now.HeapAlloc
	}
	before := used()
	x, err := NewIndex(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	// Six places of eight bytes, and the word: its letters, its place among the others and what is known of it.
	if each := int(used()-before) / n; each > 6*8+64 {
		t.Errorf("%d bytes are kept for each text", each)
	}
	runtime.KeepAlive(x)
}
