package export

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
)

// What tests from outside reach.
const (
	ClipboardLimit  = clipboardLimit
	LeaveExisting   = leaveExisting
	ReplaceExisting = replaceExisting
)

var (
	Claim        = claim
	ReplacedMode = replacedMode
)

func (s *Dialog) Write(e ui.Export, path string, existing onExisting) (tea.Cmd, string) {
	return s.write(e, path, existing)
}

func NewOrder(e ui.Export, f ui.ExportFormat, path string) order {
	return order{export: e, format: f, path: path}
}

func (x *Writer) Begin(life context.Context, o *order) context.Context { return x.begin(life, o) }

func (x *Writer) Write(ctx context.Context, o order) (exported, error) { return x.write(ctx, o) }

func (s *Dialog) AskOverwrite(e ui.Export, place string, size int64) {
	s.askOverwrite(order{export: e, path: place}, &takenError{place: place, size: size})
}
