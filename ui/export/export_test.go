package export

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
)

// Claim is for tests from outside.
var Claim = claim

const ClipboardLimit = clipboardLimit

// Existing is for tests from outside.
var Existing = existing

func (x *Dialog) Write(p0 ui.Export, p1 string, p2 bool) (tea.Cmd, string) {
	return x.write(p0, p1, p2)
}

func NewOrder(e ui.Export, f ui.ExportFormat, path string) Order {
	return Order{export: e, format: f, path: path}
}

func (x *Writer) Begin(p0 context.Context, p1 *Order) context.Context { return x.begin(p0, p1) }

func (x *Writer) Write(p0 context.Context, p1 Order) (exported, error) { return x.write(p0, p1) }
