package labels

// Merged says what became of marks that were taken in from a file.
type Merged struct {
	// New is how many said something new.
	New int
	// Nowhere is how many name a text that there is not. They are kept until it is.
	Nowhere int
	// Disagreements are those that call the same what was called different, or the other
	// way round.
	Disagreements []Disagreement
}

// Disagreement is a mark on a pair of which the opposite was said.
type Disagreement struct {
	Mark
	// Was is what was said before.
	Was Verdict
}

// Merge takes in marks of a file for texts, each of which can be undone. A mark may name
// its texts by their ids or numbers too; it is kept with their words. Of a pair that is
// marked already the file's mark counts.
func (m *Marks) Merge(list []Mark, texts *Texts) Merged {
	var out Merged
	for _, mark := range list {
		a, okA := texts.wordsOf(mark.A)
		b, okB := texts.wordsOf(mark.B)
		if !okA || !okB {
			out.Nowhere++
		}
		was := m.Of(a, b)
		if !m.Set(a, b, mark.Verdict) {
			continue
		}
		out.New++
		if _, decided := verdictScores[was]; decided && mark.Verdict != Unsure {
			out.Disagreements = append(out.Disagreements, Disagreement{Mark{a, b, mark.Verdict}, was})
		}
	}
	return out
}
