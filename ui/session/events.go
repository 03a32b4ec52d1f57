package session

import "github.com/vecscope/vecscope/compare/evaluate"

// Event is something that has happened in the session and that a person may want to
// hear of. Whoever shows the session takes the events after each message and words
// them.
type Event interface{ happened() }

// DetachedEvent are the paid requests that go on although something has changed that
// they were begun for.
type DetachedEvent []Detached

// UncachedEvent is that a paid model was asked for what is known and some of it is
// known no longer, so that nothing was sent.
type UncachedEvent struct{ Model string }

// ListEvent is that a server's list was read, with what changed in a few words, or
// could not be.
type ListEvent struct {
	Provider, Changes string
	Err               error
}

// FoundEvent is that a server was found on this machine that nobody has named.
type FoundEvent struct{ Provider string }

// ReadAgainEvent is that all lists that were asked for again have been read, or could
// not be.
type ReadAgainEvent struct {
	// More is by how many models the catalog has grown: a list that was never read before, as
	// that of a server just found, brings them without a change to tell.
	More int
}

// KeyEvent is that a key was taken for a provider until the program ends, or was not.
type KeyEvent struct {
	Provider string
	Err      error // what is wrong with it
}

// NewsEvent is what came up beside the work, each line once.
type NewsEvent struct{ Lines []string }

// UnrecordedEvent is that what was spent could not be noted for later sessions.
type UnrecordedEvent struct{ Err error }

// DecidingEvent is that other labels decide than before, since the person has marked pairs
// or judged queries, or has taken that back.
type DecidingEvent struct {
	Before, Now evaluate.Task
	// Marks and Judged are how many pairs are marked the same or different, and how many
	// queries are judged.
	Marks, Judged int
	// Left tells that the labels of before are there still and can be chosen again.
	Left bool
}

// FailedEvent is that something could not be computed.
type FailedEvent struct{ Err error }

func (ListEvent) happened() {}

func (FoundEvent) happened() {}

func (ReadAgainEvent) happened() {}

func (KeyEvent) happened() {}

func (NewsEvent) happened() {}

func (UnrecordedEvent) happened() {}

func (DecidingEvent) happened() {}

func (FailedEvent) happened() {}

func (DetachedEvent) happened() {}

func (UncachedEvent) happened() {}

// emit notes an event.
func (s *Session) emit(e Event) { s.events = append(s.events, e) }

// TakeEvents gives the events since it was called last, in their order.
func (s *Session) TakeEvents() []Event {
	events := s.events
	s.events = nil
	return events
}
