package matrices

import (
	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/plot"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/theme"
)

// Actions move the cursor, change what is drawn, and take matrices out.
func (m *Screen) Actions() []ui.Action {
	if m.filter.Typing() {
		return m.filter.Actions("matrix", "matrices", m.clearFilter, m)
	}
	name := func(id string) string { return "matrix." + id }
	hasTwoTexts := ui.Unless(func() bool { return len(m.Session.Texts()) > 1 }, "needs two texts: add some on Texts")
	hasColours := ui.Unless(func() bool { return !m.Theme.Colourless() }, "this terminal shows no colours (NO_COLOR)")
	hasMatrix := ui.All(m.needsPair, export.HasAnyResult(m.Session))
	hasCandidates := ui.HasCandidates(m.Session)
	next := "next disagreement"
	if len(m.Session.Ready()) < 2 {
		next = "next pair"
	}
	list := []ui.Action{
		{ID: name("pair"), Key: ui.KeyEnter, Name: "open the pair in full…", Short: "pair…", Group: ui.GroupDo, Footer: 2,
			Guard: ui.All(m.needsPair, hasCandidates), Run: ui.Do(func() { m.Open(pair.New(m.Context, m.Session.CursorA(), m.Session.CursorB())) })},
		{ID: name("fewer"), Key: keyFewer, Short: "fewer dims", Group: ui.GroupDo, Footer: 4,
			Guard: ui.All(hasCandidates, m.cannotResize(-1)), Run: func() tea.Cmd { return m.resize(-1) }},
		{ID: name("more"), Key: keyMore, Short: "more dims", Group: ui.GroupDo, Footer: 5,
			Guard: ui.All(hasCandidates, m.cannotResize(1)), Run: func() tea.Cmd { return m.resize(1) }},
		{ID: name("copy"), Key: ui.KeyCopy, Name: "copy a value, the pair, a matrix…", Short: "copy…", Group: ui.GroupDo, Footer: 10,
			Guard: hasMatrix, Run: ui.Do(m.askCopy)},
		{ID: name("export"), Key: ui.KeyExport, Short: "export…", Group: ui.GroupDo, Footer: 10,
			Guard: hasMatrix, Run: ui.Do(m.askExport)},
		{ID: name("reduced"), Key: ui.KeyOwnReduced, Group: ui.GroupDo, Guard: ui.All(hasCandidates, m.cannotReduce), Run: m.askReduced},
		{ID: name("order"), Key: ui.KeySortNext, Name: "order of the texts", Short: "order", Group: ui.GroupShow, Footer: 3, Guard: ui.All(hasTwoTexts, hasCandidates), Run: m.nextOrder},
		{ID: name("cells"), Key: ui.KeyView, Name: "numbers, colours or half-blocks", Short: "cells", Group: ui.GroupShow, Footer: 6, Guard: ui.All(ui.HasTwoTexts(m.Session), hasCandidates), Run: ui.Do(m.nextMode)},
		{ID: name("difference"), Key: ui.KeyOnly, Name: "only the difference of two models…", Short: "difference…", Group: ui.GroupShow, Footer: 6,
			Guard: ui.All(m.cannotSubtract, ui.HasTwoTexts(m.Session)), Run: ui.Do(m.askDifference)},
		{ID: name("scale"), Key: ui.KeyEach, Name: "one scale for all or one each; of a difference raw or standardised", Group: ui.GroupShow, Run: ui.Do(func() { m.shared = !m.shared; m.Session.MarkUnsaved() })},
		{ID: name("colours"), Key: keyColours, Group: ui.GroupShow, Guard: hasColours, Run: ui.Do(m.nextRamp)},
		{ID: name("zoomout"), Key: keyZoomOut, Short: "zoom out", Group: ui.GroupShow, Guard: ui.All(hasMatrix, m.cannotZoom(1)), Run: ui.Do(func() { m.resizeBlocks(1) })},
		{ID: name("zoomin"), Key: keyZoomIn, Short: "zoom in", Group: ui.GroupShow, Footer: m.zoomFooter(), Guard: ui.All(hasMatrix, m.cannotZoom(-1)), Run: ui.Do(func() { m.resizeBlocks(-1) })},
		{ID: name("solo"), Key: keySolo, Group: ui.GroupShow, Run: ui.Do(func() { m.solo = !m.solo })},
		{ID: name("next"), Key: ui.KeyNextPane, Name: "next model", Group: ui.GroupMove, Run: ui.Do(func() { m.Session.CycleFocus(1) })},
		{ID: name("previous"), Key: ui.KeyPreviousPane, Name: "previous model", Group: ui.GroupMove, Run: ui.Do(func() { m.Session.CycleFocus(-1) })},
		{ID: name("disagreement"), Key: keyDisagreement, Short: next, Group: ui.GroupMove, Footer: 7,
			Guard: hasMatrix, Run: m.nextNotable},
		{ID: name("filter"), Key: ui.KeyFilter, Name: "filter by words in texts, ids or groups…", Short: "filter…", Group: ui.GroupShow, Footer: 7, Guard: ui.All(hasTwoTexts, hasCandidates), Run: ui.Do(m.startFilter)},
		{ID: name("go"), Key: ui.KeyNumber, Name: "go to a text by number or word…", Short: "go to…", Group: ui.GroupMove, Footer: 8, Guard: ui.All(hasTwoTexts, hasCandidates), Run: ui.Do(m.askText)},
		{ID: name("left"), Key: ui.KeyLeft, Group: ui.GroupMove, Run: ui.Do(func() { m.Move(0, -1) })},
		{ID: name("right"), Key: ui.KeyRight, Group: ui.GroupMove, Run: ui.Do(func() { m.Move(0, 1) })},
	}
	list = append(list, labelling.Actions(m.Context, ID, "matrix", func() (a, b int, reason string) {
		return m.Session.CursorA(), m.Session.CursorB(), m.needsPair()
	})...)
	for _, act := range ui.Motions("matrix", m) {
		switch act.ID {
		case name("home"):
			act.Run = ui.Do(func() { m.Move(0, -ui.Unlimited) })
			act.Name = "first column"
		case name("end"):
			act.Run = ui.Do(func() { m.Move(0, ui.Unlimited) })
			act.Name = "last column"
		}
		list = append(list, act)
	}
	return list
}

func (m *Screen) nextOrder() tea.Cmd {
	next := m.Session.Order() + 1
	if next == session.OrderGroup && !m.Session.HasGroups() {
		next++
	}
	if next == session.OrderModes {
		next = session.OrderGiven
	}
	return m.Session.SetOrder(next)
}

func (m *Screen) nextMode() {
	m.mode = (m.mode + 1) % plot.CellModes
	if m.mode == plot.CellHalf && m.Theme.Colourless() {
		m.mode = plot.CellAuto
		m.Inform("Cells: auto. Half-blocks are left out: they need colours, which this terminal does not show.")
	}
	m.Session.MarkUnsaved()
}

func (m *Screen) nextRamp() {
	m.ramp = (m.ramp + 1) % theme.RampDiverging
	m.Session.MarkUnsaved()
}
