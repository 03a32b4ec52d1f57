package term

import (
	"os/exec"
	"testing"
)

func TestShellWord(t *testing.T) {
	for word, want := range map[string]string{
		"":                              "''",
		"--models":                      "--models",
		"local/use-lite@512,local/bm25": "local/use-lite@512,local/bm25",
		"local/use-lite+bm25":           "local/use-lite+bm25",
		"cancel an order":               "'cancel an order'",
		"don't":                         `'don'\''t'`,
		"~/faq.csv":                     "'~/faq.csv'",
		"$(rm -r x); `y` !! *":          "'$(rm -r x); `y` !! *'",
		"größer":                        "'größer'",
		"\x1b[31mred":                   `"$(printf %b '\0033[31mred')"`,
		"no \xff":                       `"$(printf %b 'no \0377')"`,
		"\u202e":                        `"$(printf %b '\0342\0200\0256')"`,
		"a\u200db":                      "'a\u200db'",
		"a\x00b":                        "ab",
		"=cat":                          "'=cat'",
		"a=b":                           "a=b",
		"\x1bdon't":                     `"$(printf %b '\0033don'\''t')"`,
		"\a\\n":                         `"$(printf %b '\0007\\n')"`,
		"\a!rm":                         `"$(printf %b '\0007\0041rm')"`,
	} {
		if got := ShellWord(word); got != want {
			t.Errorf("%q is written %s, not %s", word, got, want)
		}
	}
}

// TestAShellTakesAWordForThatWord has a shell read words back.
func TestAShellTakesAWordForThatWord(t *testing.T) {
	for _, word := range []string{
		"", "plain", "two words", "don't", `back\slash \n`, "100% %s", "$HOME `id` $(id)", "a\nb", "tab\there", "\x1b]0;title\x07",
		"-n", "-\x07", `\x1b'"\`, "漢字 👩\u200d👩", "\u202ertl", "no \xff UTF-8", "a#b", "#", "~", "!x", "{a,b}", "*", "\u0085", "=x", "-\n!!\t",
	} {
		out, err := exec.Command("sh", "-c", "printf '%s' "+ShellWord(word)).Output()
		if err != nil || string(out) != word {
			t.Errorf("%q, written %s, is read as %q (%v)", word, ShellWord(word), out, err)
		}
	}
}
