package apitest

import (
	"slices"
	"strings"
)

// Fault is one thing that goes wrong with an answer. The functions that make
// faults are below and in the other fault files; And joins two of them.
type Fault struct {
	name string
	// instead answers in place of the server; nil lets the server answer.
	instead func(*exchange) reply
	// vectors changes the vectors of a good answer.
	vectors func(*embeddingAnswer)
	// reply changes the answer as it is about to be sent.
	reply func(*exchange, *reply)
	// wire changes the way it is sent.
	wire func(next sender) sender
}

// Name is what the fault is called: "index-twice". Faults made with And have both
// names with a + between them.
func (f Fault) Name() string { return f.name }

func (f Fault) String() string { return f.name }

// And is both faults: what f says in place of the server, or else what g says;
// then both change the answer, f first; then g sends what f would have sent.
func (f Fault) And(g Fault) Fault {
	both := Fault{name: f.name + "+" + g.name, instead: f.instead, vectors: f.vectors, reply: f.reply, wire: f.wire}
	if f.instead == nil {
		both.instead = g.instead
	}
	switch {
	case f.vectors == nil:
		both.vectors = g.vectors
	case g.vectors != nil:
		both.vectors = func(a *embeddingAnswer) { f.vectors(a); g.vectors(a) }
	}
	switch {
	case f.reply == nil:
		both.reply = g.reply
	case g.reply != nil:
		both.reply = func(x *exchange, r *reply) { f.reply(x, r); g.reply(x, r) }
	}
	switch {
	case f.wire == nil:
		both.wire = g.wire
	case g.wire != nil:
		both.wire = func(next sender) sender { return g.wire(f.wire(next)) }
	}
	return both
}

// Fine is no fault: the place in a script where all is well.
func Fine() Fault { return Fault{} }

// When chooses requests.
type When func(Request) bool

// Always chooses every request for embeddings.
func Always() When { return Request.Embeds }

// OfModel chooses the requests for embeddings of one model.
func OfModel(id string) When {
	return func(r Request) bool { return r.Embeds() && r.Model == id }
}

// WithMoreThan chooses the requests for embeddings of more than n texts.
func WithMoreThan(n int) When {
	return func(r Request) bool { return r.Embeds() && len(r.Inputs) > n }
}

// WithText chooses the requests for embeddings of that text and others.
func WithText(text string) When {
	return func(r Request) bool { return r.Embeds() && slices.Contains(r.Inputs, text) }
}

// To chooses the requests to paths with that end, such as "/embedding-models".
func To(end string) When {
	return func(r Request) bool { return strings.HasSuffix(strings.TrimSuffix(r.Path, "/"), end) }
}

// rule is a fault for the requests that it chooses.
type rule struct {
	when  When
	fault Fault
}

// Fail lets the next requests for embeddings go wrong, the first of them with the
// first fault and so on; after those all is well, or as FailWhen says. Calling it
// again appends.
func (s *Server) Fail(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = append(s.script, faults...)
}

// FailWhen lets every request that is chosen go wrong until Recover. Of several
// rules that choose a request the first counts.
func (s *Server) FailWhen(when When, fault Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = append(s.rules, rule{when, fault})
}

// Recover ends all faults.
func (s *Server) Recover() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script, s.rules = nil, nil
}

// nextFault finds what goes wrong with a request. s.mu is held.
func (s *Server) nextFault(r Request) Fault {
	if r.Embeds() && len(s.script) > 0 {
		fault := s.script[0]
		s.script = s.script[1:]
		return fault
	}
	for _, rule := range s.rules {
		if rule.when(r) {
			return rule.fault
		}
	}
	return Fault{}
}
