package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/config"
)

// Reading TOML compares a key with all others of its table, so a file of very many
// takes time that grows with their square: it is refused before it is read.
func TestSettingsOfVeryManyKeysAreRefusedAtOnce(t *testing.T) {
	repeated := func(format string, n int) string {
		var all strings.Builder
		for i := range n {
			fmt.Fprintf(&all, format, i)
		}
		return all.String()
	}
	const n = 10_001
	for name, c := range map[string]struct {
		content string
		line    int
	}{
		"keys of one table": {"[a]\n" + repeated("k%d=1\n", n), 10_002},
		"dotted keys":       {repeated("a.k%d.c=1\n", n), 10_001},
		"an inline table":   {"a = {" + strings.TrimSuffix(repeated("k%d=1,", n), ",") + "}", 1},
		"tables":            {repeated("[t%d]\n", n), 10_001},
		"tables, set in":    {repeated("  [t%d]\na=1\n", n), 20_001},
		"lists of tables":   {repeated("[[a.k%d]]\n", n), 10_001},
	} {
		_, err := config.Load(file(t, c.content))
		if want := fmt.Sprintf("line %d, column 1: there are too many settings: at most 10,000 in one table, and 10,000 tables", c.line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %.200v, want %q", name, err, want)
		}
	}
	many := "[[provider]]\nname='a'\nbase_url='http://127.0.0.1:1/v1'\n" + repeated("[[provider.models]]\nid='m%d'\ndimensions=8\n", 10_000)
	if s, err := config.Load(file(t, many)); err != nil || len(s.Providers[0].Models) != 10_000 {
		t.Errorf("10,000 models of a provider: %.200v", err)
	}
}
