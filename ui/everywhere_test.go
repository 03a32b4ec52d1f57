package ui

import "testing"

// settled is settledWith all screens.
func settled(t testing.TB, w, h int, o Options) *app {
	t.Helper()
	return settledWith(t, w, h, o, screens)
}

// start is startWith all screens.
func start(t *testing.T, w, h int, o Options) *terminal {
	t.Helper()
	return startWith(t, w, h, o, screens)
}
