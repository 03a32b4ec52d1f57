// Package search is the screen on which the texts are searched: the first hits of a
// query under every candidate side by side, beside those by words and by both; the
// judging of what was found, which makes labels; and the queries that were asked.
// It may import what screens may: see package ui.
package search
