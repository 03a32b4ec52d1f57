package ui

import tea "charm.land/bubbletea/v2"

type modelsScreen struct{ *shared }

func newModelsScreen(s *shared) *modelsScreen { return &modelsScreen{shared: s} }

func (s *modelsScreen) update(tea.Msg) tea.Cmd         { return nil }
func (s *modelsScreen) view(z size) string             { return centeredText("Models", z, s.theme) }
func (s *modelsScreen) actions() []action              { return nil }
func (s *modelsScreen) mouse(mouseEvent, size) tea.Cmd { return nil }
func (s *modelsScreen) typing() bool                   { return false }
func (s *modelsScreen) back() bool                     { return false }
func (s *modelsScreen) status() string                 { return "" }
