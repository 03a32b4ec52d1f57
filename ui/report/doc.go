// Package report writes results as plain text, Markdown, JSON, TSV and NumPy
// arrays: for pipes, exports and screen readers. Plain text is linear, without
// boxes or drawings. What it writes has no escape sequences and no control
// characters, whatever the texts hold.
//
// The JSON shapes are a promise: keys are added, never changed or removed.
// Unknown numbers are null, empty lists are [].
//
// It may import api, compare, and the leaves ui/format and ui/term; it knows no
// explorer.
package report
