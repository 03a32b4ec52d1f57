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

func (detachedEvent) happened() {}
func (uncachedEvent) happened() {}

// emit notes an event.
func (s *store) emit(e event) { s.events = append(s.events, e) }

// takeEvents gives the events since it was called last.
func (s *store) takeEvents() []event {
	events := s.events
	s.events = nil
	return events
}
