// Package term makes text fit for a terminal: foreign text made safe, measured in
// columns, cut, and scrolled. It is a leaf: it imports nothing of ours.
package term
