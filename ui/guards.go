package ui

import (
	"github.com/vecscope/vecscope/ui/session"
)

// NothingToBuy gives the reason why asking for the costs makes no sense.
func NothingToBuy(s *session.Session) string {
	if why := NothingToCompute(s); why != "" {
		return why
	}
	if len(s.PaidSources()) > 0 || len(s.InsecureCandidates()) > 0 {
		return ""
	}
	if len(s.PaidRequests()) > 0 {
		return "what was agreed to is on its way: E asks again when it has ended"
	}
	return "no candidate costs anything; the models inside the binary just run"
}

// NothingToCompute gives the reason why computing again makes no sense.
func NothingToCompute(s *session.Session) string {
	switch {
	case len(s.Candidates()) == 0:
		return "no candidates: choose some on Models"
	case s.Corpus().Len() == 0:
		return "no texts: add some on Texts"
	}
	return ""
}

// NoRoom gives the reason why no further candidate can be added.
func NoRoom(s *session.Session) string {
	if s.Full() {
		return "six candidates are the most that fit side by side: take one out first"
	}
	return ""
}
