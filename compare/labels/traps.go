package labels

// Trap are a text, another that means the same, and one that does not, by their indices:
// a model that counts words takes the last for the nearer.
type Trap struct{ Text, Same, Different int }

// Traps are those among the labelled pairs: for every pair that is the same, the first text
// with which its own first makes a pair that is not, in the order of the pairs.
func (t *Tied) Traps() []Trap {
	different := make(map[int]int)
	for _, p := range t.Pairs {
		if _, known := different[p.A]; !known && p.Score <= 0 {
			different[p.A] = p.B
		}
	}
	var traps []Trap
	for _, p := range t.Pairs {
		if d, ok := different[p.A]; ok && p.Score > 0 {
			traps = append(traps, Trap{p.A, p.B, d})
		}
	}
	return traps
}

// Fallen is how many of the traps a model falls for that finds texts as similar as
// similarity says: what means something else is at least as near as what means the same.
// A trap of which a similarity is not known does not count.
func Fallen(traps []Trap, similarity func(a, b int) (s float64, known bool)) (n int) {
	for _, trap := range traps {
		same, ok := similarity(trap.Text, trap.Same)
		different, also := similarity(trap.Text, trap.Different)
		if ok && also && different >= same {
			n++
		}
	}
	return n
}
