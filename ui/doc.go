// Package ui is the explorer: the Bubble Tea program that shows the catalog,
// the texts, the similarity matrices and the duplicate pairs. It may import
// api, compare, config and the packages below ui; nothing of those imports it
// but ui/cli, which starts it.
//
// One file holds one thing: app.go routes messages, store.go holds what all
// screens share and tells events of it, async.go takes work off the loop and
// its results back onto it as closures, actions.go and the files of keys say what can be done and with which key, and
// each screen has a file of its own. Everything a screen shows is derived from
// corpus, candidates, vectors and settings.
package ui
