package apitest_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"github.com/vecscope/vecscope/api/apitest"
)

func TestTheLogTellsWhatCameAndNoKey(t *testing.T) {
	var log bytes.Buffer
	s := apitest.New(t, apitest.Options{Quick: true, Log: &log})
	const other = "sk-of-somebody-else"
	s.Fail(apitest.Unauthorized())
	ask := map[string]any{"model": small, "input": []string{"hello", s.Key, "\x1b[31m\u009b2J"}}
	post(t, s, ask)
	post(t, s, ask, "Authorization", "Bearer "+other)
	post(t, s, map[string]any{"model": small, "input": strings.Repeat("x", 1990-len(`{"input":"`)) + s.Key + other + strings.Repeat("y", 5000)}, "X-Api-Key", other)
	send(t, s, "GET", s.URL+"/embedding-models/"+s.Key, nil)
	s.Close() // every answer is in the log
	text := log.String()
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) != 8 {
		t.Fatalf("%d lines:\n%s", len(lines), text)
	}
	for _, want := range []string{" 1 -> POST /api/v1/embeddings, ", `"hello"`, " 1 <- 401, ", "with the fault unauthorized", "…", " 4 -> GET /api/v1/embedding-models/[key]"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
	for _, key := range []string{s.Key, s.Key[:12], other} {
		if strings.Contains(text, key) {
			t.Errorf("%s was written down", key)
		}
	}
	if strings.ContainsFunc(strings.ReplaceAll(text, "\n", ""), func(r rune) bool { return !unicode.IsGraphic(r) }) {
		t.Errorf("something would reach a terminal: %q", text)
	}
}
