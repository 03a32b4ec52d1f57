package corpus_test

import (
	"encoding/csv"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/vecscope/vecscope/compare/corpus"
)

func set(t *testing.T, name string) corpus.Set {
	t.Helper()
	s, ok := corpus.FindSet(name)
	if !ok {
		t.Fatalf("no set %s", name)
	}
	return s
}

// byRole gives the texts whose ids are PREFIX-NUMBER-ROLE, by number and role.
func byRole(t *testing.T, s corpus.Set) map[string]map[string]corpus.Text {
	t.Helper()
	items := map[string]map[string]corpus.Text{}
	for _, text := range s.Texts {
		parts := strings.Split(text.ID, "-")
		if len(parts) != 3 {
			t.Fatalf("id %s", text.ID)
		}
		if items[parts[1]] == nil {
			items[parts[1]] = map[string]corpus.Text{}
		}
		items[parts[1]][parts[2]] = text
	}
	return items
}

// labelledPair is a row of a set's file of pairs.
type labelledPair struct{ a, b, score string }

func pairsOf(t *testing.T, s corpus.Set) []labelledPair {
	t.Helper()
	known := map[string]bool{}
	for _, text := range s.Texts {
		known[text.ID] = true
	}
	var pairs []labelledPair
	for _, row := range rowsOf(t, s.Pairs, "a", "b", "score") {
		if !known[row[0]] || !known[row[1]] || row[0] == row[1] {
			t.Errorf("%s: the pair %v names no two texts", s.Name, row)
		}
		pairs = append(pairs, labelledPair{row[0], row[1], row[2]})
	}
	return pairs
}

// ids are the three parts of the ids of both texts.
func (p labelledPair) ids(t *testing.T) (a, b []string) {
	t.Helper()
	a, b = strings.Split(p.a, "-"), strings.Split(p.b, "-")
	if len(a) != 3 || len(b) != 3 {
		t.Fatalf("ids %s and %s", p.a, p.b)
	}
	return a, b
}

func rowsOf(t *testing.T, file string, header ...string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil || len(rows) == 0 || !slices.Equal(rows[0], header) {
		t.Fatalf("%v: %v", err, rows)
	}
	return rows[1:]
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
}

func TestSets(t *testing.T) {
	sizes := map[string]int{
		"paraphrase-traps": 36, "negation-numbers": 24, "near-duplicates": 36, "polysemy": 30,
		"multilingual": 40, "faq": 24, "tickets": 40, "code-search": 24,
	}
	sets := corpus.Sets()
	if len(sets) != len(sizes) || sets[0].Name != "paraphrase-traps" {
		t.Fatalf("%d sets, first %s", len(sets), sets[0].Name)
	}
	ids := map[string]bool{}
	for _, s := range sets {
		if len(s.Texts) != sizes[s.Name] || s.Title == "" || s.Shows == "" || s.About == "" {
			t.Errorf("%s: %d texts, title %q, about %q", s.Name, len(s.Texts), s.Title, s.About)
		}
		seen := map[string]bool{}
		for _, text := range s.Texts {
			if text.ID == "" || ids[text.ID] || seen[text.Text] || text.Group == "" || text.Lang == "" {
				t.Errorf("%s: id or text not its own, no group or no language: %+v", s.Name, text)
			}
			ids[text.ID], seen[text.Text] = true, true
			if !norm.NFC.IsNormalString(text.Text) || strings.TrimSpace(text.Text) != text.Text {
				t.Errorf("%s: not NFC or not trimmed", text.ID)
			}
		}
	}
	var names []string
	for _, s := range sets {
		names = append(names, s.Name)
	}
	if !slices.Equal(names, corpus.SetNames()) {
		t.Errorf("the sets are %v, their names %v", names, corpus.SetNames())
	}
	if _, ok := corpus.FindSet("nothing"); ok {
		t.Error("found a set that is not there")
	}
}

// stopWords carry no content: articles, pronouns, prepositions, conjunctions and
// auxiliary verbs.
var stopWords = strings.Fields(`a an the and or but if when then until before after while so than
	of to from for in on at by with into onto over across between past out off near
	is was are were be been has have had will would do does did not no
	i we you he she it they them my our your his her its their this that these those`)

// contentWords are the words that carry content, with plain endings cut off.
func contentWords(s string) map[string]bool {
	content := map[string]bool{}
	for _, w := range words(s) {
		if slices.Contains(stopWords, w) {
			continue
		}
		for _, ending := range []string{"'s", "ing", "ed", "es", "s"} {
			if stem, ok := strings.CutSuffix(w, ending); ok && len(stem) > 2 {
				w = stem
				break
			}
		}
		content[w] = true
	}
	return content
}

func counts(s string) map[string]int {
	bag := map[string]int{}
	for _, w := range words(s) {
		bag[w]++
	}
	return bag
}

// sharedWords is the part of the longer sentence's words that the other has too.
func sharedWords(a, b string) float64 {
	shared, other := 0, counts(b)
	for w, n := range counts(a) {
		shared += min(n, other[w])
	}
	return float64(shared) / float64(max(len(words(a)), len(words(b))))
}

func bagCosine(a, b string) float64 {
	var dot, aa, bb float64
	x, y := counts(a), counts(b)
	for w, n := range x {
		dot += float64(n * y[w])
		aa += float64(n * n)
	}
	for _, n := range y {
		bb += float64(n * n)
	}
	return dot / math.Sqrt(aa*bb)
}

func TestParaphraseTraps(t *testing.T) {
	s := set(t, "paraphrase-traps")
	triplets := byRole(t, s)
	if len(triplets) != 12 {
		t.Fatalf("%d triplets, want 12", len(triplets))
	}
	topics := map[string]bool{}
	right := 0
	for number, roles := range triplets {
		anchor, paraphrase, trap := roles["anchor"].Text, roles["paraphrase"].Text, roles["trap"].Text
		if anchor == "" || paraphrase == "" || trap == "" {
			t.Fatalf("triplet %s has roles %v", number, roles)
		}
		var shared []string
		for w := range contentWords(paraphrase) {
			if contentWords(anchor)[w] {
				shared = append(shared, w)
			}
		}
		if len(shared) > 1 {
			t.Errorf("%s: the paraphrase shares %v with its anchor, at most one is allowed", number, shared)
		}
		if share := sharedWords(anchor, trap); share < 0.6 {
			t.Errorf("%s: the trap shares %.0f%% of the words, want 60%%", number, 100*share)
		}
		if anchor == trap {
			t.Errorf("%s: the trap is the anchor", number)
		}
		if bagCosine(anchor, paraphrase) > bagCosine(anchor, trap) {
			right++
		}
		topic := roles["anchor"].Group
		if roles["paraphrase"].Group != topic || roles["trap"].Group != topic+": trap" || topics[topic] {
			t.Errorf("%s: the topic %s is not this triplet's own, or the trap belongs to it", number, topic)
		}
		topics[topic] = true
	}
	if right > 2 {
		t.Errorf("a bag of words gets %d of 12 triplets right, at most 2 are allowed", right)
	}
	kinds := map[string]int{}
	for _, p := range pairsOf(t, s) {
		a, b := p.ids(t)
		switch {
		case a[1] == b[1] && a[2] == "anchor" && b[2] == "paraphrase" && p.score == "1":
			kinds["positive"]++
		case a[1] == b[1] && a[2] == "anchor" && b[2] == "trap" && p.score == "0":
			kinds["trap"]++
		case a[1] != b[1] && p.score == "0":
			kinds["cross-topic"]++
		default:
			t.Errorf("the pair %+v is of no kind", p)
		}
	}
	if !maps.Equal(kinds, map[string]int{"positive": 12, "trap": 12, "cross-topic": 12}) {
		t.Errorf("the pairs are %v, want 12 of each kind", kinds)
	}
}

// edits is the Levenshtein distance in characters.
func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(y)]
}

// numberOrDate tells whether a word is a number, written in digits or letters, or
// names a month or a day.
func numberOrDate(w string) bool {
	named := strings.Fields(`one two three four five six seven eight nine ten
		january february march april may june july august september october november december
		monday tuesday wednesday thursday friday saturday sunday`)
	return slices.Contains(named, w) || strings.IndexFunc(w, unicode.IsDigit) >= 0
}

// tokens cuts at spaces and takes the punctuation off the ends, so that "9:30"
// and "2.4" stay whole.
func tokens(s string) []string {
	list := strings.Fields(strings.ToLower(s))
	for i, w := range list {
		list[i] = strings.Trim(w, ".,!?")
	}
	return list
}

func numbers(s string) []string {
	return slices.DeleteFunc(tokens(s), func(w string) bool { return !numberOrDate(w) })
}

func TestNearDuplicates(t *testing.T) {
	items := byRole(t, set(t, "near-duplicates"))
	if len(items) != 9 {
		t.Fatalf("%d sentences, want 9", len(items))
	}
	for number, roles := range items {
		original := roles["original"].Text
		if len(roles) != 4 || original == "" {
			t.Fatalf("sentence %s has roles %v", number, roles)
		}
		if c := roles["case"].Text; c == original || !slices.Equal(words(c), words(original)) {
			t.Errorf("%s: %q must differ in case and punctuation alone", number, c)
		}
		typo := roles["typo"].Text
		if n := edits(typo, original); n < 1 || n > 2 {
			t.Errorf("%s: %q is %d edits away, want 1 or 2", number, typo, n)
		}
		if !slices.Equal(numbers(typo), numbers(original)) {
			t.Errorf("%s: %q has its typo in a number", number, typo)
		}
		changed := tokens(roles["number"].Text)
		before := tokens(original)
		if len(changed) != len(before) {
			t.Fatalf("%s: %v against %v", number, changed, before)
		}
		differ := 0
		for i := range before {
			if changed[i] == before[i] {
				continue
			}
			differ++
			if !numberOrDate(changed[i]) || !numberOrDate(before[i]) {
				t.Errorf("%s: %s became %s, which is no number or date", number, before[i], changed[i])
			}
		}
		if differ != 1 {
			t.Errorf("%s: %d words differ, want one number or date", number, differ)
		}
	}
	for _, p := range pairsOf(t, set(t, "near-duplicates")) {
		a, b := p.ids(t)
		duplicate := a[2] != "number" && b[2] != "number"
		if a[1] != b[1] || duplicate != (p.score == "1") {
			t.Errorf("the pair %+v is labelled wrongly", p)
		}
	}
}

func TestPolysemy(t *testing.T) {
	list := []string{"bank", "bat", "spring", "pitch", "seal"}
	senses := map[string]int{}
	for _, text := range set(t, "polysemy").Texts {
		word, sense, ok := strings.Cut(text.Group, ": ")
		if !ok || !slices.Contains(list, word) || !strings.HasPrefix(text.ID, word+"-"+sense+"-") {
			t.Errorf("%s: group %q", text.ID, text.Group)
		}
		senses[text.Group]++
		for _, w := range list {
			want := 0
			if w == word {
				want = 1
			}
			if n := counts(text.Text)[w]; n != want {
				t.Errorf("%s: %q stands %d times, want %d", text.ID, w, n, want)
			}
		}
	}
	if len(senses) != 10 {
		t.Errorf("%d senses, want 5 words × 2", len(senses))
	}
	for sense, n := range senses {
		if n != 3 {
			t.Errorf("%s: %d sentences, want 3", sense, n)
		}
	}
}

// TestPolysemyCannotBeSolvedByWords asks of every sentence which of the five others
// with its word is nearest: two of them have its sense, so that guessing is right in
// two of five cases, and the words around must not tell more.
func TestPolysemyCannotBeSolvedByWords(t *testing.T) {
	texts := set(t, "polysemy").Texts
	word := func(t corpus.Text) string { return strings.SplitN(t.Group, ":", 2)[0] }
	right := 0.0
	for i, text := range texts {
		best, nearest, same := -1.0, 0, 0
		for j, other := range texts {
			if i == j || word(text) != word(other) {
				continue
			}
			cosine := bagCosine(text.Text, other.Text)
			if cosine > best {
				best, nearest, same = cosine, 0, 0
			}
			if cosine == best {
				nearest++
				if other.Group == text.Group {
					same++
				}
			}
		}
		right += float64(same) / float64(nearest)
	}
	if chance := 2.0 / 5 * float64(len(texts)); right > chance+1 {
		t.Errorf("a bag of words finds the sense of %.1f sentences, chance is %.0f", right, chance)
	}
}
