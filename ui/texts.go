package ui

import tea "charm.land/bubbletea/v2"

type textsScreen struct{ *shared }

func newTextsScreen(s *shared) *textsScreen { return &textsScreen{shared: s} }

func (s *textsScreen) update(tea.Msg) tea.Cmd         { return nil }
func (s *textsScreen) view(z size) string             { return centeredText("Texts", z, s.theme) }
func (s *textsScreen) actions() []action              { return nil }
func (s *textsScreen) mouse(mouseEvent, size) tea.Cmd { return nil }
func (s *textsScreen) typing() bool                   { return false }
func (s *textsScreen) back() bool                     { return false }
func (s *textsScreen) status() string                 { return "" }
