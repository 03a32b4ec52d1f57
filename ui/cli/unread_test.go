package cli

import (
	"strings"
	"testing"
)

func TestTextsThatAModelCannotReadAreNoDuplicates(t *testing.T) {
	tickets := file(t, "tickets.txt", "パスワードを忘れました\n👍👍👍\nPlease reset my パスワード\nPlease reset my 密码\n")
	s := newSession(t)
	out := s.expect(t, ExitFailed, "duplicates --models local/use-lite --threshold 0.9 --json "+tickets, withLocal)
	for _, want := range []string{
		"text 1 has no vector: the model reads English and knows none of its 11 characters",
		"text 2 has no vector: the model reads English and knows none of its 3 characters",
		"local/use-lite@512 knows only a part of 2 texts, and what it does not know looks all alike to it: 3, 4\n",
	} {
		if !strings.Contains(s.err.String(), want) {
			t.Errorf("%q is not said:\n%s", want, s.err.String())
		}
	}
	if strings.Count(out, `"duplicate":`) != 1 || !strings.Contains(out, `{"a":"3","b":"4",`) || !strings.Contains(out, `"known_in_part":{"local/use-lite@512":["3","4"]}`) {
		t.Errorf("the output is\n%s", out)
	}
}

// Texts of which a model knows as little are told together, in their number.
func TestTextsThatAModelCannotReadAreToldInTheirNumber(t *testing.T) {
	texts := file(t, "texts.txt", "パスワード\nこんにちは\nplease reset it\nreset it please\n")
	s := newSession(t)
	s.expect(t, ExitFailed, "compare --json --models local/use-lite "+texts, withLocal)
	if want := "2 texts have no vector (1, 2): the model reads English and knows none of their 5 characters each\n"; !strings.Contains(s.err.String(), want) {
		t.Errorf("%q is not said:\n%s", want, s.err.String())
	}
}
