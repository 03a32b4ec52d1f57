package ui

import tea "charm.land/bubbletea/v2"

type duplicatesScreen struct{ *shared }

func newDuplicatesScreen(s *shared) *duplicatesScreen { return &duplicatesScreen{shared: s} }

func (s *duplicatesScreen) update(tea.Msg) tea.Cmd         { return nil }
func (s *duplicatesScreen) view(z size) string             { return centeredText("Duplicates", z, s.theme) }
func (s *duplicatesScreen) actions() []action              { return nil }
func (s *duplicatesScreen) mouse(mouseEvent, size) tea.Cmd { return nil }
func (s *duplicatesScreen) typing() bool                   { return false }
func (s *duplicatesScreen) back() bool                     { return false }
func (s *duplicatesScreen) status() string                 { return "" }
