package ui

import (
	"github.com/vecscope/vecscope/ui/session"
)

// Guard gives the reason why something cannot be done now, as half a sentence that
// says what helps; empty when it can be done.
type Guard func() (reason string)

// All guards what needs several things: the reason is the first that one gives.
func All(guards ...Guard) Guard {
	return func() string {
		for _, g := range guards {
			if reason := g(); reason != "" {
				return reason
			}
		}
		return ""
	}
}

// Unless guards what can be done only while possible holds, with one reason.
func Unless(possible func() bool, reason string) Guard {
	return func() string {
		if possible() {
			return ""
		}
		return reason
	}
}

// HasCandidates guards what needs a candidate.
func HasCandidates(s *session.Session) Guard {
	return Unless(func() bool { return len(s.Candidates()) > 0 }, "no models: select some on Models")
}

// HasTexts guards what needs a text.
func HasTexts(s *session.Session) Guard {
	return Unless(func() bool { return s.Corpus().Len() > 0 }, "no texts: add some on Texts")
}

// HasTwoTexts guards what compares texts with each other.
func HasTwoTexts(s *session.Session) Guard {
	return Unless(func() bool { return max(s.Corpus().Len(), len(s.Texts())) > 1 }, "needs two texts: add some on Texts")
}

// HasTwoResults guards what compares candidates with each other.
func HasTwoResults(s *session.Session) Guard {
	return Unless(func() bool { return len(s.Ready()) > 1 }, "needs two models with a result: select some on Models")
}

// HasRoom guards what adds a candidate.
func HasRoom(s *session.Session) Guard {
	return Unless(func() bool { return !s.Full() }, "six models are the most that fit side by side: remove one first")
}

// CanCompute guards what computes again.
func CanCompute(s *session.Session) Guard { return All(HasCandidates(s), HasTexts(s)) }

// CanEmbedAnew guards what asks servers for all vectors again.
func CanEmbedAnew(s *session.Session) Guard {
	return All(CanCompute(s), func() string {
		if !s.CanEmbedAnew() {
			return "no selected model is on a server; the built-in models always give the same"
		}
		return ""
	})
}

// CanBuy guards asking for the costs: something must cost something, or need leave
// before it can.
func CanBuy(s *session.Session) Guard {
	return All(CanCompute(s), func() string {
		switch {
		case len(s.Payments().Sources()) > 0 || len(s.InsecureCandidates()) > 0:
			return ""
		case len(s.Requests().Paid()) > 0:
			return "what was agreed to is on its way: E asks again when it has ended"
		case len(s.Payments().HeldBack()) > 0:
			return "what costs something is beyond your limits: f on Verdict changes them"
		}
		return "no selected model costs anything; the built-in models just run"
	})
}
