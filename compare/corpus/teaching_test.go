package corpus_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/vecscope/vecscope/compare/corpus"
)

// sharedContent counts the content words that two sentences have in common.
func sharedContent(a, b string) (shared []string) {
	other := contentWords(b)
	for w := range contentWords(a) {
		if other[w] {
			shared = append(shared, w)
		}
	}
	return shared
}

// changed gives the words that one sentence has where the other has others, between
// the beginning and the end that they share.
func changed(a, b string) (from, to []string) {
	x, y := tokens(a), tokens(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return x, y
}

func TestNegationAndNumbers(t *testing.T) {
	s := set(t, "negation-numbers")
	opposites := map[string]string{"heavy": "light", "new": "old", "rose": "fell", "before": "after"}
	kinds := map[string]int{}
	for number, roles := range byRole(t, s) {
		anchor := roles["anchor"]
		for kind, text := range roles {
			from, to := changed(anchor.Text, text.Text)
			minimal := false
			switch kind {
			case "anchor":
				continue
			case "negation":
				minimal = len(from) == 0 && slices.Equal(to, []string{"not"})
			case "quantity":
				minimal = len(from) == 1 && len(to) == 1 && numeral(from[0]) && numeral(to[0])
			case "antonym":
				minimal = len(from) == 1 && len(to) == 1 && opposites[from[0]] == to[0]
			case "rewording":
				minimal = len(sharedContent(anchor.Text, text.Text)) <= 1
			}
			if own := text.Group == anchor.Group; !minimal || own != (kind == "rewording") {
				t.Errorf("%s: %q is no %s of %q: %v became %v, group %s", number, text.Text, kind, anchor.Text, from, to, text.Group)
			}
			kinds[kind]++
		}
	}
	if !maps.Equal(kinds, map[string]int{"negation": 4, "quantity": 4, "antonym": 4, "rewording": 6}) {
		t.Errorf("%v", kinds)
	}
	for _, p := range pairsOf(t, s) {
		a, b := p.ids(t)
		if a[1] != b[1] || a[2] != "anchor" || (b[2] == "rewording") != (p.score == "1") {
			t.Errorf("the pair %+v is labelled wrongly", p)
		}
	}
}

func numeral(w string) bool {
	return w == "twelve" || numberOrDate(w)
}

func TestMultilingual(t *testing.T) {
	byMeaning, byTopic := map[string]map[string]string{}, map[string]map[string]bool{}
	for _, text := range set(t, "multilingual").Texts {
		topic, _, ok := strings.Cut(text.Group, ": ")
		if !ok || !strings.HasSuffix(text.ID, "-"+text.Lang) {
			t.Errorf("%s: group %q, language %q", text.ID, text.Group, text.Lang)
		}
		if byMeaning[text.Group] == nil {
			byMeaning[text.Group] = map[string]string{}
		}
		if byTopic[topic] == nil {
			byTopic[topic] = map[string]bool{}
		}
		byMeaning[text.Group][text.Lang], byTopic[topic][text.Group] = text.Text, true
	}
	if len(byMeaning) != 10 || len(byTopic) != 5 {
		t.Errorf("%d meanings on %d topics, want 10 on 5", len(byMeaning), len(byTopic))
	}
	languages := []string{"de", "en", "es", "zh"}
	for meaning, texts := range byMeaning {
		if !slices.Equal(slices.Sorted(maps.Keys(texts)), languages) {
			t.Errorf("%s is said in %v", meaning, slices.Sorted(maps.Keys(texts)))
		}
		if !strings.ContainsFunc(texts["zh"], func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: %q is no Chinese", meaning, texts["zh"])
		}
		for i, a := range languages {
			for _, b := range languages[:i] {
				if shared := sharedWords(texts[a], texts[b]); shared > 0.2 {
					t.Errorf("%s: %s and %s share %.0f%% of the words, so that no translation is needed", meaning, a, b, 100*shared)
				}
			}
		}
	}
	for topic, meanings := range byTopic {
		twins := slices.Sorted(maps.Keys(meanings))
		if len(twins) != 2 {
			t.Fatalf("%s has %v, want two that look alike", topic, twins)
		}
		for _, lang := range languages {
			if alike := lookAlike(byMeaning[twins[0]][lang], byMeaning[twins[1]][lang]); alike < 0.6 {
				t.Errorf("%s: the two in %s look %.0f%% alike, want 60%%", topic, lang, 100*alike)
			}
		}
	}
}

// lookAlike is the part of the longer text's letters that the other has in its order.
func lookAlike(a, b string) float64 {
	longer := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	return 1 - float64(edits(a, b))/float64(longer)
}

func TestQuestionsAndAnswers(t *testing.T) {
	s := set(t, "faq")
	answers, products, topics := map[string]string{}, map[string]int{}, map[string]int{}
	for _, text := range s.Texts {
		parts := strings.Split(text.ID, "-")
		if len(parts) != 3 || parts[2] != text.Group {
			t.Fatalf("%s: group %s", text.ID, text.Group)
		}
		answers[text.ID] = text.Text
		products[parts[1]]++
		topics[parts[2]]++
	}
	if len(products) != 4 || len(topics) != 6 || len(answers) != 24 {
		t.Errorf("%d answers on products %v and topics %v", len(answers), products, topics)
	}
	queries, graded, unanswerable := rowsOf(t, s.Queries, "query", "relevant"), 0, 0
	for _, row := range queries {
		grades := map[string]int{}
		for _, relevant := range strings.Fields(row[1]) {
			id, grade, _ := strings.Cut(relevant, ":")
			grades[grade]++
			if shared := sharedContent(row[0], answers[id]); answers[id] == "" || len(shared) > 2 {
				t.Errorf("%q shares %v with its answer %s, at most two words are allowed", row[0], shared, id)
			}
		}
		switch {
		case len(grades) == 0:
			unanswerable++
		case maps.Equal(grades, map[string]int{"2": 1, "1": 1}):
			graded++
		case !maps.Equal(grades, map[string]int{"": 1}):
			t.Errorf("%q has the answers %s", row[0], row[1])
		}
	}
	if len(queries) != 16 || graded != 4 || unanswerable != 2 {
		t.Errorf("%d queries, %d of them graded and %d unanswerable; want 16, 4 and 2", len(queries), graded, unanswerable)
	}
}

func TestTickets(t *testing.T) {
	sounds := map[string]func(text string) bool{
		"angry":  func(text string) bool { return strings.HasSuffix(text, "!") },
		"polite": func(text string) bool { return strings.Contains(text, "hank") },
		"brief":  func(text string) bool { return len(words(text)) <= 5 },
		"chatty": func(text string) bool { return len(words(text)) >= 25 },
	}
	count := map[string]int{}
	for _, text := range set(t, "tickets").Texts {
		parts := strings.Split(text.ID, "-")
		if len(parts) != 4 || parts[1] != text.Group {
			t.Fatalf("%s: group %s", text.ID, text.Group)
		}
		count[text.Group+", "+parts[2]]++
		for tone, is := range sounds {
			if is(text.Text) != (tone == parts[2]) {
				t.Errorf("%s: it is %v that %q sounds %s", text.ID, is(text.Text), text.Text, tone)
			}
		}
	}
	for of, n := range count {
		if n != 2 {
			t.Errorf("%s: %d tickets, want 2", of, n)
		}
	}
	if len(count) != 5*len(sounds) {
		t.Errorf("%v: want every tone in 5 groups", slices.Sorted(maps.Keys(count)))
	}
}

func TestCodeSearch(t *testing.T) {
	s := set(t, "code-search")
	tasks, languages := map[string]map[string]corpus.Text{}, map[string]int{}
	for _, text := range s.Texts {
		parts := strings.Split(text.ID, "-")
		if len(parts) != 4 || text.Group != parts[1]+": "+parts[2] {
			t.Fatalf("%s: group %s", text.ID, text.Group)
		}
		if parts[3] == "snippet" {
			languages[text.Lang]++
		}
		if tasks[parts[1]] == nil {
			tasks[parts[1]] = map[string]corpus.Text{}
		}
		tasks[parts[1]][fmt.Sprintf("%s %d", parts[3], len(tasks[parts[1]])/2)] = text
	}
	if len(tasks) != 6 || !maps.Equal(languages, map[string]int{"go": 4, "python": 4, "sql": 4}) {
		t.Errorf("%d tasks, snippets in %v", len(tasks), languages)
	}
	for task, texts := range tasks {
		if alike := sharedWords(texts["snippet 0"].Text, texts["snippet 1"].Text); len(texts) != 4 || alike < 0.6 {
			t.Errorf("%s: the twins share %.0f%% of their words", task, 100*alike)
		}
	}
	if n := len(pairsOf(t, s)); n != 24 {
		t.Errorf("%d pairs, want every description with its snippet and with the twin", n)
	}
}
