package shell

import (
	"bytes"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestAPanicLeavesItsMessageInTheLog(t *testing.T) {
	var log bytes.Buffer
	func() {
		defer func() { _ = recover() }()
		messageLog{w: &log}.logged(tea.FocusMsg{}, false, func(tea.Msg) tea.Cmd { panic("on purpose") })
	}()
	if !strings.Contains(log.String(), "tea.FocusMsg") {
		t.Errorf("logged is %q", log.String())
	}
}
