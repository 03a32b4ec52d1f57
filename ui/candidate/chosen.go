package candidate

import (
	"errors"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
)

// EmptyText says what to do when there is nothing to compare.
func EmptyText(s *session.Session) string {
	switch {
	case len(s.Candidates()) == 0:
		return "No models yet: space on Models selects one."
	case s.Corpus().Len() == 0 && len(s.Texts()) == 0:
		return "No texts yet: on Texts a adds one, o opens a file, x loads an example."
	}
	return ""
}

// EmptyOfTwo is EmptyText where it takes two texts to make something of that name.
func EmptyOfTwo(s *session.Session, made string) string {
	empty := EmptyText(s)
	if empty == "" && s.Corpus().Len() == 1 && len(s.Texts()) <= 1 {
		return "One text makes no " + made + ": on Texts a adds another, o opens a file."
	}
	return empty
}

// TellChosen says that a candidate takes part now, and what it waits for.
func TellChosen(s *ui.Context, m api.Model, dimensions int) {
	s.Chosen(m)
	text := "Selected: " + api.Candidate{Model: m.Ref(), Dimensions: dimensions}.ID()
	lacking := s.Session.Engine().Available(m)
	if lacks := Unavailable(lacking).Line(ui.Unlimited); lacks != "" {
		if _, noKey := errors.AsType[*api.KeyError](lacking); noKey && s.Session.TakesKeys(m.Provider) {
			lacks += ", or K on Models"
		}
		s.Notify(ui.NoticeWarn, text+" · "+lacks)
		return
	}
	s.Notify(ui.NoticeGood, text)
}
