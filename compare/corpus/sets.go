package corpus

import (
	"embed"
	"errors"
	"io/fs"
	"strings"
)

// setFiles holds of each set NAME.csv and, where it has labels beside its groups,
// NAME.pairs.csv and NAME.queries.csv.
//
//go:embed sets/*.csv
var setFiles embed.FS

// Set is a built-in list of texts made to show one thing about embeddings.
type Set struct {
	// Name is how it is called on the command line: "paraphrase-traps".
	Name string
	// Title is how it is called on the screen: "Paraphrase traps".
	Title string
	// Shows says in a few words what it shows.
	Shows string
	// About says what it holds and what to look for, in two or three sentences.
	About string
	// Texts are its texts, each with an id, a group and a language.
	Texts []Text
	// Pairs is the CSV file of its labelled pairs of texts, by id, and Queries that of
	// the queries with the texts that answer them; empty where it has none. Package
	// labels reads both.
	Pairs, Queries string
}

// ParaphraseTraps is the name of the set that a newcomer sees first: of each three texts one
// has the words of another and a different meaning.
const ParaphraseTraps = "paraphrase-traps"

// sets are the built-in sets without what their files hold, in the order in which
// they are offered.
var sets = []Set{
	{
		Name:  ParaphraseTraps,
		Title: "Paraphrase traps",
		Shows: "meaning against words",
		About: "Twelve sentences, each with a paraphrase in other words and a trap in the same words with another meaning. " +
			"A model that understands puts the paraphrase nearer; one that counts words falls into the trap.",
	},
	{
		Name:  "negation-numbers",
		Title: "Negation and numbers",
		Shows: "how high the similarity of wrong pairs is",
		About: "Six sentences, each with two that differ by one word and say something else (a not, another number, the opposite), and one that says the same in other words. " +
			"See how near the wrong ones are: similarity is not truth.",
	},
	{
		Name:  "near-duplicates",
		Title: "Near duplicates",
		Shows: "why a threshold flags the changed number",
		About: "Nine sentences in four versions: as written, in other case and punctuation, with typos, and with another number or date. " +
			"The last one is no duplicate: see how few models put it under the threshold.",
	},
	{
		Name:  "polysemy",
		Title: "Words with two meanings",
		Shows: "words against their context",
		About: "Bank, bat, spring, pitch and seal, each in two senses and three sentences a sense. " +
			"A model that reads the context keeps the senses apart; ordered by group, they show as blocks.",
	},
	{
		Name:  "multilingual",
		Title: "Four languages",
		Shows: "an English-only model fails, visibly",
		About: "Ten things said in English, German, Spanish and Chinese, two of a kind that look alike. " +
			"A multilingual model puts a sentence next to its translations; one that reads English alone sees languages, not meanings.",
	},
	{
		Name:  "faq",
		Title: "Questions and answers",
		Shows: "search, query prefixes, queries without an answer",
		About: "The answers of a shop on four products and six topics, and beside them sixteen questions as people ask them, in other words. " +
			"Some have a better and a worse answer, two have none: does a model tell?",
	},
	{
		Name:  "tickets",
		Title: "Support tickets",
		Shows: "groups by topic or by tone",
		About: "Forty messages to a help desk on five topics, each topic in four tones: angry, polite, brief and chatty. " +
			"Ordered by group, the topics should show as blocks; some models gather the angry ones instead.",
	},
	{
		Name:  "code-search",
		Title: "Code and what it does",
		Shows: "what models for code are good for",
		About: "Twelve snippets in Go, Python and SQL and what each does in words: six tasks, each in two forms that look nearly the same. " +
			"Does a description find its own snippet, or the twin?",
	},
}

// Sets lists the built-in sets; the first is what a first run shows. The texts
// are the caller's to change.
func Sets() []Set {
	list := make([]Set, len(sets))
	for i, set := range sets {
		list[i] = set.read()
	}
	return list
}

// SetNames lists the names of the built-in sets, in the order of Sets.
func SetNames() []string {
	names := make([]string, len(sets))
	for i, set := range sets {
		names[i] = set.Name
	}
	return names
}

// SetTitle gives the title of the built-in set of that name; empty when there is none.
func SetTitle(name string) string {
	for _, set := range sets {
		if set.Name == name {
			return set.Title
		}
	}
	return ""
}

// FindSet gives the built-in set of that name.
func FindSet(name string) (Set, bool) {
	for _, set := range sets {
		if set.Name == name {
			return set.read(), true
		}
	}
	return Set{}, false
}

// read is the set with what its files hold. They are part of the program: that one
// cannot be read is a mistake in the program, which its tests would show.
func (s Set) read() Set {
	file := "sets/" + s.Name + ".csv"
	texts, err := Read(strings.NewReader(setFile(file)), file, FormatCSV)
	if err != nil {
		panic(err)
	}
	s.Texts = texts
	s.Pairs, s.Queries = setFile("sets/"+s.Name+".pairs.csv"), setFile("sets/"+s.Name+".queries.csv")
	return s
}

// setFile is what a file of the sets holds; empty when there is none.
func setFile(name string) string {
	data, err := setFiles.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		panic(err)
	}
	return string(data)
}
