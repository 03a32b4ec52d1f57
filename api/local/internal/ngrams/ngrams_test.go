package ngrams

import (
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func embed(t *testing.T, text string, dimensions int) []float32 {
	t.Helper()
	v, _, err := Embed(text, dimensions)
	if err != nil {
		t.Fatalf("%q at %d: %v", text, dimensions, err)
	}
	return v
}

func dot(a, b []float32) float64 {
	var sum float64
	for i, v := range a {
		sum += float64(v) * float64(b[i])
	}
	return sum
}

func TestGramsStayInsideTheirWord(t *testing.T) {
	got := hashesOf("Ab c")
	var want []uint64
	for _, gram := range []string{" ab", " ab ", "ab ", " c "} {
		want = append(want, hash(gram))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %x, want %x", got, want)
	}
}

func TestCountsAreSublinear(t *testing.T) {
	// "x" has one n-gram, " x "; four words of it weigh 1 + ln 4 against 1.
	places := 1 << 16
	x, _ := placeAndSign(hash(" x "), places)
	y, _ := placeAndSign(hash(" y "), places)
	v := embed(t, "x x x x y", places)
	if ratio := math.Abs(float64(v[x] / v[y])); math.Abs(ratio-(1+math.Log(4))) > 1e-5 {
		t.Errorf("four times weighs %v", ratio)
	}
}

func TestAnyNumberOfDimensions(t *testing.T) {
	for _, n := range []int{2, 3, 7, 64, 100, 512, 4096, 65536} {
		v := embed(t, "How do I reset my password?", n)
		if length := math.Sqrt(dot(v, v)); len(v) != n || math.Abs(length-1) > 1e-6 {
			t.Errorf("at %d: %d values of length %v", n, len(v), length)
		}
		if !slices.Equal(v, embed(t, "How do I reset my password?", n)) {
			t.Errorf("at %d: another vector the second time", n)
		}
	}
	if slices.Equal(embed(t, "password", 4096)[:512], embed(t, "password", 512)) {
		t.Error("the shorter vector is the longer one cut, not computed")
	}
}

func TestPlacesAndSignsAreEven(t *testing.T) {
	const places, draws = 16, 16_000
	var count [places]int
	var sum float64
	for i := range draws {
		place, sign := placeAndSign(hash(strings.Repeat("a", i%97)+string(rune('a'+i/97))), places)
		count[place]++
		sum += sign
	}
	for place, n := range count {
		if n < draws/places*8/10 || n > draws/places*12/10 {
			t.Errorf("place %d is hit %d times of %d", place, n, draws)
		}
	}
	if math.Abs(sum) > 5*math.Sqrt(draws) {
		t.Errorf("signs sum to %v", sum)
	}
}

func TestSpellingDecides(t *testing.T) {
	base := embed(t, "Please reset my password", 4096)
	typo := dot(base, embed(t, "please reset my pasword!", 4096))
	part := dot(base, embed(t, "my password is long", 4096))
	far := dot(base, embed(t, "It rains in Hamburg", 4096))
	if !(typo > part && part > far && typo > 0.7 && math.Abs(far) < 0.2) {
		t.Errorf("typo %v, shared word %v, nothing shared %v", typo, part, far)
	}
	if same := dot(base, embed(t, "ＰＬＥＡＳＥ  reset\tmy\npassword", 4096)); same < 0.999999 {
		t.Errorf("case, width and white space count: %v", same)
	}
	if zh := dot(embed(t, "如何重置我的密码", 4096), embed(t, "我要重置我的密码", 4096)); zh < 0.3 {
		t.Errorf("Chinese texts with shared runs: %v", zh)
	}
}

func TestTextsWithoutAVector(t *testing.T) {
	for _, text := range []string{"", " \t\n"} {
		if _, _, err := Embed(text, 64); !errors.Is(err, ErrNothing) {
			t.Errorf("%q: %v", text, err)
		}
	}
	// In one place two n-grams of opposite sign leave nothing.
	var plus, minus string
	for _, letter := range "abcdefghijklmnopqrstuvwxyz" {
		if _, sign := placeAndSign(hash(" "+string(letter)+" "), 1); sign > 0 {
			plus = string(letter)
		} else {
			minus = string(letter)
		}
	}
	if _, grams, err := Embed(plus+" "+minus, 1); !errors.Is(err, ErrCancelled) || grams != 2 {
		t.Errorf("%q and %q: %d n-grams, %v", plus, minus, grams, err)
	}
}

func TestLongAndInvalidTexts(t *testing.T) {
	for name, text := range map[string]string{
		"words":       strings.Repeat("sentence number nine ", 5_000),
		"one word":    strings.Repeat("abcdefghij", 10_000),
		"broken UTF8": strings.Repeat("\xff\xc3ab ", 25_000),
	} {
		v := embed(t, text, 256)
		if length := dot(v, v); math.Abs(length-1) > 1e-5 {
			t.Errorf("%s: length² %v", name, length)
		}
	}
}

func TestManyTextsLeaveLittleGarbage(t *testing.T) {
	const dimensions = 4096
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const texts = 200
	for range texts {
		embed(t, "some words of a text", dimensions)
	}
	runtime.ReadMemStats(&after)
	if each := (after.TotalAlloc - before.TotalAlloc) / texts; each > 2*4*dimensions {
		t.Errorf("a text allocates %d bytes for a vector of %d", each, 4*dimensions)
	}
}

// Vectors are kept in the cache and compared with those of later versions: a gram has the
// same hash for good.
func TestHashesNeverChange(t *testing.T) {
	for gram, want := range map[string]uint64{"": 0xf52a15e9a9b5e89b, "a": 0x2c0bdbf481420f8, " ab": 0x62c22094e0f2be9f, "ü": 0x772d5ffdbcb8f81a} {
		if got := hash(gram); got != want {
			t.Errorf("%q has the hash %#x, want %#x", gram, got, want)
		}
	}
}
