package ui

// nothingToBuy gives the reason why asking for the costs makes no sense.
func nothingToBuy(s *store) string {
	if why := nothingToCompute(s); why != "" {
		return why
	}
	if len(s.paidSources()) > 0 || len(s.insecureCandidates()) > 0 {
		return ""
	}
	if len(s.paidRequests()) > 0 {
		return "what was agreed to is on its way: E asks again when it has ended"
	}
	return "no candidate costs anything; the models inside the binary just run"
}

// nothingToCompute gives the reason why computing again makes no sense.
func nothingToCompute(s *store) string {
	switch {
	case len(s.candidates) == 0:
		return "no candidates: choose some on Models"
	case s.corpus.Len() == 0:
		return "no texts: add some on Texts"
	}
	return ""
}

// noRoom gives the reason why no further candidate can be added.
func noRoom(s *store) string {
	if s.full() {
		return "six candidates are the most that fit side by side: take one out first"
	}
	return ""
}
