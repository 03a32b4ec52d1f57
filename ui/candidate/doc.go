// Package candidate puts a candidate into words: its name, what it is at, how far
// it has come, what is wrong with it and which key helps. It may import the session,
// the contract, the widgets and the leaves; it knows no screen.
package candidate
