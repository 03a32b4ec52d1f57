package shell

import "testing"

func TestAnyNonEmptyNoColorForbidsColour(t *testing.T) {
	for value, want := range map[string]bool{"NO_COLOR=yes": true, "NO_COLOR=0": true, "NO_COLOR=": false, "COLOR=1": false} {
		if got := colourForbidden([]string{"TERM=xterm", value}); got != want {
			t.Errorf("%s: forbidden is %v, want %v", value, got, want)
		}
	}
}
