// Package trial tries candidates on labelled texts: what is scored of which candidate,
// the shorter vectors that can be cut from it and the lexical rows beside it, and what
// a choice among them rests on: quality, price, size and speed. The explorer and the
// command line share it. It may import api, its catalog, compare, compare/evaluate,
// compare/lexical, compare/labels, compare/corpus and compare/pipeline; it knows no
// terminal and has no words for a person.
package trial
