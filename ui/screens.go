package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// screens makes every screen, in the order of the tabs and of the number keys. A
// further screen is one line here.
var screens = []func(*shared) screen{
	newModelsScreen,
	newTextsScreen,
	newMatrixScreen,
	newDuplicatesScreen,
	newUsageScreen,
}

// Run shows the explorer on the terminal until the person quits or ctx ends.
// The state is saved on every way out, after a panic too. Errors are
// ErrInterrupted, that the terminal cannot be used, and that the state could not
// be saved.
func Run(ctx context.Context, o Options, extra ...tea.ProgramOption) error {
	return runWith(ctx, o, screens, extra...)
}
