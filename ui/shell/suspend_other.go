//go:build !unix

package shell

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// suspender does nothing where programs cannot be suspended.
type suspender struct{}

func newSuspender() *suspender { return &suspender{} }

func (*suspender) serve(context.Context, func(tea.Msg)) {}

func (*suspender) filter(_ tea.Model, msg tea.Msg) tea.Msg { return msg }
