package openai

import "strings"

// batch names texts of a request by their places in it.
type batch []int

// cutBatches cuts texts into batches of at most that many texts and tokens. A
// text that is longer by itself makes a batch of its own.
func cutBatches(places []int, tokens []int, inputs, limit int) []batch {
	var batches []batch
	start, sum := 0, 0
	for i, at := range places {
		if i > start && (i-start == inputs || sum+tokens[at] > limit) {
			batches = append(batches, places[start:i])
			start, sum = i, 0
		}
		sum += tokens[at]
	}
	if start < len(places) {
		batches = append(batches, places[start:])
	}
	return batches
}

// blank tells whether a text has nothing to embed.
func blank(text string) bool { return strings.TrimSpace(text) == "" }
