package config_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/config"
)

func TestTheTimeToReadSettingsGrowsWithTheirSize(t *testing.T) {
	var models strings.Builder
	models.WriteString("[[provider]]\nname = 'a'\nbase_url = 'http://127.0.0.1:1/v1'\n")
	for i := range 15_000 {
		fmt.Fprintf(&models, "[[provider.models]]\nid = 'm%d'\ndimensions = 8\n", i)
	}
	var keys, providers strings.Builder
	fmt.Fprintf(&keys, "[%s]\n", strings.Repeat("k", 20_000))
	for i := range 20_000 {
		fmt.Fprintf(&keys, "k%d = 1\n", i)
	}
	for i := range 15_000 {
		fmt.Fprintf(&providers, "[[provider]]\nname = 'p%d'\nbase_url = 'http://127.0.0.1:1/v1'\n", i)
	}
	for name, content := range map[string]string{
		"dotted keys": strings.Repeat("a.", 20_000) + "a = 1", "dotted tables": strings.Repeat("[a.b.c]\n", 20_000), "models": models.String(),
		"a long name": keys.String(), "providers": providers.String(), "lists in lists": "a = " + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000),
		"tables in tables": "a = " + strings.Repeat("{a=", 20_000) + "1" + strings.Repeat("}", 20_000),
	} {
		began := time.Now()
		_, err := config.Load(file(t, content))
		if took := time.Since(began); took > 20*time.Second { // growing with the square it took minutes
			t.Errorf("%s took %v: %.200v", name, took, err)
		}
	}
}
