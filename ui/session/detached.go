package session

// Detached is a paid request that goes on although something has changed that it was
// begun for; the zero one is of an request that brings what is wanted now.
type Detached struct {
	Model    string // its reference
	Agreed   int    // texts that were agreed to
	Unwanted bool   // no candidate is made from it any more
	Changed  int    // texts that it was not begun for
}

// noticeDetached tells which paid requests go on although something has changed.
func (s *Session) noticeDetached() {
	var news DetachedEvent
	for _, a := range s.Requests().Paid() {
		// Each key takes a line away: it is said again after further changes.
		now := toldDetached{s.detachment(a), s.corpus.Revision()}
		if now != a.lastTold && now.Detached != (Detached{}) {
			news = append(news, now.Detached)
		}
		a.lastTold = now
	}
	if len(news) > 0 {
		s.emit(news)
	}
}

// detachment compares what a paid request was begun for with what is wanted now.
func (s *Session) detachment(a *Request) Detached {
	_, agreed := a.Progress()
	d := Detached{Model: a.source.Model.Ref(), Agreed: agreed}
	switch {
	case a.purpose != ForCandidates:
		return Detached{}
	case !s.isWanted(a.key):
		d.Unwanted = true
		return d
	}
	d.Changed = s.unasked(a)
	if d.Changed == 0 && s.corpus.Len() == len(a.texts) {
		return Detached{}
	}
	return d
}

// unasked counts the different texts of the corpus that a request does not ask for. Where
// few have changed since it was begun, it looks at those alone.
func (s *Session) unasked(a *Request) int {
	texts, missing := s.wordings(), map[string]bool{}
	if at, _, come, known := s.corpus.Since(a.revision); known {
		texts = texts[at : at+come]
	}
	for _, t := range texts {
		missing[t] = true
	}
	for _, t := range a.texts {
		if len(missing) == 0 {
			break
		}
		delete(missing, t)
	}
	return len(missing)
}
