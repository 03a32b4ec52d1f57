package kernel

import "testing"

func TestPartsShareTheValuesOfTheirMatrix(t *testing.T) {
	m, err := New(4, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		m.Row(i)[0] = float32(i)
	}
	for n, want := range map[int]int{-1: 1, 0: 1, 1: 1, 3: 3, 4: 4, 9: 4} {
		first := m.First(n)
		if first.Rows() != want || first.Columns() != 3 || first.Row(want - 1)[0] != float32(want-1) {
			t.Errorf("the first %d are %d rows", n, first.Rows())
		}
	}
	m.First(2).Row(1)[2] = 7
	if m.Row(1)[2] != 7 || m.Rows() != 4 {
		t.Errorf("%v of %d rows", m.Row(1), m.Rows())
	}
}
