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
	asked := make(map[string]bool, len(a.texts))
	for _, t := range a.texts {
		asked[t] = true
	}
	for i := range s.corpus.Len() {
		if t := s.corpus.At(i).Text; !asked[t] {
			asked[t] = true
			d.Changed++
		}
	}
	if d.Changed == 0 && s.corpus.Len() == len(a.texts) {
		return Detached{}
	}
	return d
}
