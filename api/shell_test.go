package api

import "testing"

func TestWordsForAShell(t *testing.T) {
	for text, want := range map[string]string{"nanogpt/BAAI/bge-m3": "nanogpt/BAAI/bge-m3", "ollama/x:latest": "ollama/x:latest", "a/b c": "'a/b c'", "AZaz09": "AZaz09", "a[b]": "'a[b]'", "a`b`": "'a`b`'", "~a": "'~a'", "a!": "'a!'", "{a}": "'{a}'", "a/b;$(c)'d": `'a/b;$(c)'\''d'`} {
		if got := ShellWord(text); got != want {
			t.Errorf("%s is written %s", text, got)
		}
	}
}
