package shell

import (
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
)

// Start says where to start, in place of what is remembered; what is empty or nil stays
// as it was.
type Start struct {
	// Models are the candidates, by their ids; they win over those of the folder, too.
	Models []string
	// Screen is the id of the screen to show.
	Screen string
	// Filter are the words to filter the list of that screen by; on Search it is a query.
	Filter string
	// Threshold is that of all candidates.
	Threshold *float64
	// Order is one of OrderWords.
	Order string
}

// MostModels is how many models can be named.
const MostModels = session.MaxCandidates

// orderWords are what orders of the texts are called where one is to be typed.
var orderWords = [session.OrderModes]string{"auto", "given", "group", "similarity"}

// OrderWords are what the orders of the texts are called.
func OrderWords() []string { return orderWords[:] }

// startAt takes up what the explorer was started with.
func (a *App) startAt(at Start) {
	chosen := a.Session.Choices()
	if at.Threshold != nil {
		chosen.Threshold, chosen.PerCandidate = *at.Threshold, false
	}
	for o, word := range orderWords {
		if word == at.Order {
			chosen.Order = session.OrderMode(o)
		}
	}
	a.Session.Restore().Choices(chosen)
	if s := a.Screen(at.Screen); s != nil {
		a.current = s
	}
	if at.Filter == "" {
		return
	}
	if f, ok := a.current.(ui.Filterer); ok {
		f.Filter(at.Filter)
	}
}
