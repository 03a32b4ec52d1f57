package corpus

import (
	"embed"
	"strings"
)

//go:embed sets/*.tsv
var setFiles embed.FS

// Set is a built-in list of texts made to show one thing about embeddings.
type Set struct {
	// Name is how it is called on the command line: "paraphrase-traps".
	Name string
	// Title is how it is called on the screen: "Paraphrase traps".
	Title string
	// About says what it holds and what to look for, in two or three sentences.
	About string
	// Texts are its texts, each with an id and a group.
	Texts []Text
}

// Sets lists the built-in sets; the first is what a first run shows. The texts
// are the caller's to change.
func Sets() []Set {
	return []Set{
		{
			Name:  "paraphrase-traps",
			Title: "Paraphrase traps",
			About: "Twelve sentences, each with a paraphrase in other words and a trap in the same words with another meaning. " +
				"A model that understands puts the paraphrase nearer; one that counts words falls into the trap.",
			Texts: setTexts("paraphrase-traps"),
		},
		{
			Name:  "near-duplicates",
			Title: "Near duplicates",
			About: "Nine sentences in four versions: as written, in other case and punctuation, with typos, and with another number or date. " +
				"The last one is no duplicate: see how few models put it under the threshold.",
			Texts: setTexts("near-duplicates"),
		},
		{
			Name:  "polysemy",
			Title: "Words with two meanings",
			About: "Bank, bat, spring, pitch and seal, each in two senses and three sentences a sense. " +
				"A model that reads the context keeps the senses apart; ordered by group, they show as blocks.",
			Texts: setTexts("polysemy"),
		},
	}
}

// FindSet gives the built-in set of that name.
func FindSet(name string) (Set, bool) {
	for _, set := range Sets() {
		if set.Name == name {
			return set, true
		}
	}
	return Set{}, false
}

// setTexts reads a set that is part of the program: that it cannot be read is a
// mistake in the program, which its tests would show.
func setTexts(name string) []Text {
	file := "sets/" + name + ".tsv"
	data, err := setFiles.ReadFile(file)
	if err != nil {
		panic(err)
	}
	texts, err := Read(strings.NewReader(string(data)), file, FormatTSV)
	if err != nil {
		panic(err)
	}
	return texts
}
