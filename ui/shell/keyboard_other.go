//go:build !unix

package shell

import tea "charm.land/bubbletea/v2"

// withKeyboard leaves the keys to Bubble Tea: Windows parts esc from other keys.
func withKeyboard() []tea.ProgramOption { return nil }
