// Package ui is the contract between the explorer's window and what it shows: what
// a screen and a box are (Screen, Overlay), what a person can do on them (Action,
// Guard), and what the program gives every screen (Context). It has no screen and
// no drawing of its own. It may import the session and the leaves term, format,
// theme and loop; everything else below ui imports it.
package ui
