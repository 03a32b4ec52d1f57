package pack

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// example is a file with a section of every kind.
func example(t *testing.T) string {
	t.Helper()
	w := NewWriter()
	w.Table("table", Floats{Cols: 3, Values: []float32{1.27, -0.5, 0, 0, 0, 0, -254, 2, 127}})
	w.Vector("vector", []float32{1.5, -2, math.MaxFloat32})
	w.Strings("strings", []string{"the", "", "▁über", strings.Repeat("x", 300)})
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	f, err := Open(example(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Vector("vector"); !slices.Equal(got, []float32{1.5, -2, math.MaxFloat32}) {
		t.Errorf("vector: %v", got)
	}
	if got := f.Strings("strings"); !slices.Equal(got, []string{"the", "", "▁über", strings.Repeat("x", 300)}) {
		t.Errorf("strings: %q", got)
	}
	table := f.Table("table")
	if rows, cols := table.Shape(); rows != 3 || cols != 3 {
		t.Errorf("table of %d×%d, want 3×3", rows, cols)
	}
	// Scales 0.01, 0 and 2: each value is the nearest multiple of its row's scale.
	want := []float32{1.27, -0.5, 0, 0, 0, 0, -254, 2, 128}
	for i, v := range table.Float32() {
		if math.Abs(float64(v-want[i])) > 1e-6 {
			t.Errorf("table value %d is %v, want %v", i, v, want[i])
		}
	}
	sum := []float32{1, 1, 1}
	table.AddRow(2, 0.5, sum)
	if !slices.Equal(sum, []float32{-126, 2, 65}) {
		t.Errorf("AddRow: %v", sum)
	}
	if err := f.Err(); err != nil {
		t.Error(err)
	}
}

func TestRoundingLosesAtMostHalfAScale(t *testing.T) {
	row := make([]float32, 1000)
	for i := range row {
		row[i] = float32(math.Sin(float64(i)) * 3)
	}
	packed := make([]byte, len(row))
	scale := quantise(row, packed)
	for i, b := range packed {
		if loss := math.Abs(float64(row[i] - scale*float32(int8(b)))); loss > float64(scale)*0.5001 {
			t.Errorf("value %d loses %v with a scale of %v", i, loss, scale)
		}
	}
}

func TestDamagedFilesAreErrors(t *testing.T) {
	good := example(t)
	t.Run("cut anywhere but between sections", func(t *testing.T) {
		sections := 0
		for end := range len(good) {
			if f, err := Open(good[:end]); err == nil {
				sections++
				f.Table("table")
				f.Vector("vector")
				f.Strings("strings")
				if f.Err() == nil {
					t.Errorf("a file cut at byte %d of %d opens and is complete", end, len(good))
				}
			}
		}
		if sections != 3 {
			t.Errorf("%d cuts leave whole sections, want 3: none, one or two of them", sections)
		}
	})
	for name, data := range map[string]string{
		"empty":            "",
		"another file":     "PK\x03\x04",
		"impossible shape": magic + "\x01\x00a" + "t" + "\xff\xff\xff\xff\xff\xff\xff\xff",
		"too large":        magic + "\x01\x00a" + "t" + "\x00\x00\x00\x10\x00\x00\x00\x10",
		"unknown kind":     magic + "\x01\x00a" + "?" + strings.Repeat("\x00", 8),
	} {
		if _, err := Open(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestStringsThatDoNotFitTheirSection(t *testing.T) {
	for name, tt := range map[string]struct {
		rows  int
		plain []byte
	}{
		"two strings in a section with one": {2, []byte("\x01\x00x")},
		"a string longer than the section":  {1, []byte("\x05\x00x")},
		"more than any list takes":          {1, make([]byte, mostStrings+1)},
	} {
		packed, err := deflate(tt.plain)
		if err != nil {
			t.Fatal(err)
		}
		for what, payload := range map[string][]byte{"": packed, ", cut": packed[:len(packed)/2], ", not deflated": tt.plain[:3]} {
			w := NewWriter()
			w.header("a", kindStrings, tt.rows, len(payload))
			f, err := Open(string(append(w.buf, payload...)))
			if err != nil {
				t.Fatal(err)
			}
			if got := f.Strings("a"); got != nil || f.Err() == nil {
				t.Errorf("%s%s: %d strings, %v", name, what, len(got), f.Err())
			}
		}
	}
}

func TestErrNamesTheFirstMissingSection(t *testing.T) {
	f, err := Open(example(t))
	if err != nil {
		t.Fatal(err)
	}
	f.Vector("table") // there, but of another kind
	f.Strings("nothing")
	if err := f.Err(); err == nil || !strings.Contains(err.Error(), `"table"`) {
		t.Errorf("got %v, want an error that names the table", err)
	}
}

func TestLongStringsAreRefused(t *testing.T) {
	w := NewWriter()
	w.Strings("long", []string{strings.Repeat("x", math.MaxUint16+1)})
	if _, err := w.Bytes(); err == nil {
		t.Error("no error")
	}
}
