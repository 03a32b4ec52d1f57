package ui

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/config"
)

// again is the explorer as the next session starts it.
func again(t *testing.T, st config.State, given ...string) *app {
	t.Helper()
	o := localOptions(t)
	o.State = st
	o.Texts = texts(given...)
	if len(given) > 0 {
		o.Source = "given.txt"
	}
	return textsApp(t, 80, 24, o)
}

func TestReplacedOwnTextsComeBackInALaterSession(t *testing.T) {
	path := file(t, "faq.txt", "from the file\n")
	a := textsApp(t, 80, 24, optionsWith(t, texts("mine"), "local/ngrams@64"))
	openPath(t, a, path)
	wantWords(t, a, "from the file")

	later := again(t, a.state())
	wantWords(t, later, "from the file")
	wantShown(t, later, "faq.txt · 1 text")
	if got := later.notice.text; !strings.Contains(got, "u on Texts brings them back") {
		t.Errorf("the later session says %q", got)
	}
	later = again(t, later.state())
	press(t, later, "u")
	wantWords(t, later, "mine")
	if st := later.state(); st.Replaced != nil {
		t.Errorf("texts that are back are remembered as replaced: %v", st.Replaced)
	}
}

func TestGivenTextsLoseNoOwnOnes(t *testing.T) {
	a := again(t, optionsWith(t, texts("mine")).State, "given")
	for range 2 { // the same file again, and again after that
		a = again(t, a.state(), "given")
		wantWords(t, a, "given")
	}
	a = again(t, a.state(), "another file")
	wantWords(t, a, "another file")
	if !strings.Contains(a.notice.text, "u on Texts brings them back") {
		t.Errorf("the notice is %q", a.notice.text)
	}
	press(t, a, "u")
	wantWords(t, a, "mine")
}

func TestOwnTextsThatWereNeverReplacedAreNotPromised(t *testing.T) {
	a := textsApp(t, 80, 24, localOptions(t))
	if st := a.state(); st.Replaced != nil {
		t.Errorf("a built-in set counts as replaced: %v", st.Replaced)
	}
	a = again(t, a.state(), "given")
	if strings.Contains(a.notice.text, "back") {
		t.Errorf("the notice is %q", a.notice.text)
	}
}
