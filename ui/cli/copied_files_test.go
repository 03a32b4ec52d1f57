package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui/app"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/uitest"
)

// TestFilesAreNamedInTheNextSessionToo starts again with what was remembered.
func TestFilesAreNamedInTheNextSessionToo(t *testing.T) {
	path := awkward(t)
	a := onFile(t, matrices.ID, append(columnFlags, path)...)
	st := a.State()
	st.Screen = matrices.ID
	o := uitest.LocalOptions(t)
	o.State = st
	later := uitest.Settled(t, 120, 40, o, app.Screens())
	was, _ := command(t, a, matrices.ID)
	if is, lacks := command(t, later, matrices.ID); is != was || lacks != "" || !filepath.IsAbs(path) {
		t.Errorf("%s became %s, which lacks %q", was, is, lacks)
	}
}

func TestAFileGivenAsAnAddressIsKnownByItsPath(t *testing.T) {
	path := sharedFolder(t, sharedChoices)
	a := onFile(t, matrices.ID, "file://"+path)
	if line, lacks := command(t, a, matrices.ID); !strings.HasSuffix(line, " "+path) || a.Session.Thresholds().Of("local/ngrams@512") != 0.3 {
		t.Errorf("what is copied is %s, which lacks %q; the choices of its folder are not taken up", line, lacks)
	}
	s, own := newSession(t), file(t, "own.csv", "a,b,score\na,b,1\nc,d,0\n")
	s.onTerminal(&s.out, s.In)
	if s.expect(t, ExitDone, path+" file://"+own, withLocal); s.explored[0].Open != "file://"+own {
		t.Errorf("beside the texts it opens %q", s.explored[0].Open)
	}
}
