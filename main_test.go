package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestRunHandsEverythingOn(t *testing.T) {
	var out, errOut bytes.Buffer
	if code := run([]string{"embed", "--model", "local/ngrams@2", "-"}, strings.NewReader("hello\n"), &out, &errOut); code != 0 {
		t.Fatalf("exit code %d: %s", code, errOut.String())
	}
	if !strings.HasPrefix(out.String(), `{"id":"1","text":"hello","embedding":[`) {
		t.Error(out.String())
	}
	if code := run([]string{"--nonsense"}, strings.NewReader(""), &out, &errOut); code != 2 || !strings.Contains(errOut.String(), "--nonsense") {
		t.Errorf("exit code %d: %s", code, errOut.String())
	}
}
