package ui

// event is something that has happened in the session and that a person may want to
// hear of. Whoever shows the session takes the events after each message and words
// them.
type event interface{ happened() }

// detachedEvent are the paid askings that go on although something has changed that
// they were begun for.
type detachedEvent []detached

// uncachedEvent is that a paid model was asked for what is known and some of it is
// known no longer, so that nothing was sent.
type uncachedEvent struct{ model string }

// listEvent is that a server's list was read, with what changed in a few words, or
// could not be.
type listEvent struct {
	provider, changes string
	err               error
}

// newsEvent is what came up beside the work, each line once.
type newsEvent struct{ lines []string }

// unrecordedEvent is that what was spent could not be noted for later sessions.
type unrecordedEvent struct{ err error }

// failedEvent is that something could not be computed.
type failedEvent struct{ err error }

func (listEvent) happened()       {}
func (newsEvent) happened()       {}
func (unrecordedEvent) happened() {}
func (failedEvent) happened()     {}
func (detachedEvent) happened()   {}
func (uncachedEvent) happened()   {}

// emit notes an event.
func (s *store) emit(e event) { s.events = append(s.events, e) }

// takeEvents gives the events since it was called last.
func (s *store) takeEvents() []event {
	events := s.events
	s.events = nil
	return events
}
