// Package app puts the screens into the shell: it is the one place that knows all
// of them. It imports the screens, the shell and the contract (package ui), and
// only ui/cli imports it.
package app

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/duplicates"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/screens/models"
	"github.com/vecscope/vecscope/ui/screens/search"
	"github.com/vecscope/vecscope/ui/screens/texts"
	"github.com/vecscope/vecscope/ui/screens/usage"
	"github.com/vecscope/vecscope/ui/screens/verdict"
	"github.com/vecscope/vecscope/ui/shell"
)

// Options are what the explorer starts with.
type Options = shell.Options

// Start says where the explorer starts.
type Start = shell.Start

// MostModels is how many models the explorer compares.
const MostModels = shell.MostModels

// OrderWords are what the orders of the texts are called on the command line.
func OrderWords() []string { return shell.OrderWords() }

// ErrInterrupted is what Run returns when a signal ended the explorer.
var ErrInterrupted = shell.ErrInterrupted

// registry has every screen in the order of the tabs and of the number keys. A further
// screen is one line here.
var registry = []struct {
	id   string
	make func(*ui.Context) ui.Screen
}{
	{models.ID, models.New},
	{texts.ID, texts.New},
	{matrices.ID, matrices.New},
	{duplicates.ID, duplicates.New},
	{search.ID, search.New},
	{verdict.ID, verdict.New},
	{usage.ID, usage.New},
}

// ScreenIDs name the screens, in the order of the tabs.
func ScreenIDs() []string {
	ids := make([]string, len(registry))
	for i, s := range registry {
		ids[i] = s.id
	}
	return ids
}

// Screens make every screen, in the order of the tabs.
func Screens() []func(*ui.Context) ui.Screen {
	all := make([]func(*ui.Context) ui.Screen, len(registry))
	for i, s := range registry {
		all[i] = s.make
	}
	return all
}

// Run shows the explorer on the terminal until the person quits or ctx ends.
// The state is saved on every way out, after a panic too. Errors are
// ErrInterrupted, that the terminal cannot be used, and that the state could not
// be saved.
func Run(ctx context.Context, o Options, extra ...tea.ProgramOption) error {
	return shell.Run(ctx, o, Screens(), extra...)
}
