package verdict

import (
	"fmt"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
)

// unlabelled says how to get labels in two minutes; airy has empty lines between what
// is said.
func (s *Screen) unlabelled(w int, airy bool) []string {
	var lines []string
	gap := func() {
		if airy {
			lines = append(lines, "")
		}
	}
	gap()
	lines = append(lines, s.Theme.Codes.Strong+" These texts have no labels: nothing says yet which of them belong together."+theme.Reset)
	gap()
	lines = append(lines, s.agreement(w)...)
	lines = append(lines, s.missingLines(w)...)
	for _, text := range []string{
		"Three ways to get some in two minutes:",
		"1. On Matrices or Duplicates mark the pair under the cursor: = same, # different, , unsure. N shows the pairs on which two models disagree most.",
		"2. On Texts give each text a group (L), or open a file with a column group (o): texts of one group belong together.",
		"3. Open a file of pairs (a, b, score) or of queries (query, relevant) with o on Texts.",
		fmt.Sprintf("From %d labels on there is a first answer; the verdict says how many more it would take.", evaluate.FewItems),
	} {
		for _, l := range term.SafeLines(text, max(w-2, 1)) {
			lines = append(lines, " "+l)
		}
		gap()
	}
	return lines
}
