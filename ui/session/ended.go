package session

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// Ended is a request that has ended, and what came of it.
type Ended struct {
	// Model is its reference.
	Model   string
	Purpose Purpose
	// At is when it ended, and Took how long that was after it had begun.
	At   time.Time
	Took time.Duration
	// Texts is how many were asked for, and Came how many of them have a vector.
	Texts, Came int
	Spent       api.Usage
	// Err is why not all came; nil when nothing was in the way.
	Err error
}

// mostEnded is how many requests that have ended are remembered.
const mostEnded = 50

// Ended are the last requests that have ended, the newest first. Of those that asked no
// server it is the last for each model and purpose.
func (r Requests) Ended() []Ended { return r.session.ended }

// noteEnded remembers a request that has ended; one that nobody wanted any more is none.
func (s *Session) noteEnded(a *Request, emb *pipeline.Embedding, err error) {
	if errors.Is(err, context.Canceled) && !a.stopped {
		return
	}
	e := Ended{Model: a.source.Model.Ref(), Purpose: a.purpose, At: time.Now(), Texts: len(a.texts), Err: err}
	e.Took = e.At.Sub(a.started)
	if emb != nil {
		e.Spent, e.Came = emb.Spent, emb.Vectors.Present()
	}
	if a.stopped && err != nil {
		e.Err = ErrStopped
	}
	if e.quiet() {
		s.ended = slices.DeleteFunc(s.ended, func(old Ended) bool {
			return old.quiet() && old.Model == e.Model && old.Purpose == e.Purpose
		})
	}
	s.ended = slices.Insert(s.ended, 0, e)
	s.ended = s.ended[:min(len(s.ended), mostEnded)]
}

// quiet tells that no server was asked and nothing went wrong.
func (e Ended) quiet() bool { return e.Spent.Requests == 0 && e.Err == nil }
