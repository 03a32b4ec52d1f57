package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/config"
)

// large are settings of many parts, n of each kind: time that grew with their square
// took minutes for 20,000.
func large(n int) map[string]string {
	var models, keys, providers strings.Builder
	models.WriteString("[[provider]]\nname = 'a'\nbase_url = 'http://127.0.0.1:1/v1'\n")
	fmt.Fprintf(&keys, "[%s]\n", strings.Repeat("k", n/10))
	for i := range n {
		fmt.Fprintf(&models, "[[provider.models]]\nid = 'm%d'\ndimensions = 8\n", i)
		fmt.Fprintf(&keys, "k%d = 1\n", i)
		fmt.Fprintf(&providers, "[[provider]]\nname = 'p%d'\nbase_url = 'http://127.0.0.1:1/v1'\n", i)
	}
	return map[string]string{
		"dotted keys": strings.Repeat("a.", n) + "a = 1", "dotted tables": strings.Repeat("[a.b.c]\n", n), "models": models.String(),
		"a long name": keys.String(), "providers": providers.String(), "lists in lists": "a = " + strings.Repeat("[", n) + strings.Repeat("]", n),
		"tables in tables": "a = " + strings.Repeat("{a=", n) + "1" + strings.Repeat("}", n),
	}
}

func TestVeryLargeSettingsAreReadOrRefusedInOneLine(t *testing.T) {
	refused := map[string]bool{"models": false, "providers": false}
	for name, content := range large(5_000) {
		_, err := config.Load(file(t, content))
		if want, known := refused[name]; err == nil && !known || err != nil && known && !want {
			t.Errorf("%s: %.200v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%s is refused in several lines: %.200v", name, err)
		}
	}
}

// BenchmarkSettings shows how the time grows with the size: four times the parts take
// about four times as long.
func BenchmarkSettings(b *testing.B) {
	for _, n := range []int{1_000, 4_000} {
		for name, content := range large(n) {
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(name, " ", "-"), n), func(b *testing.B) {
				path := file(b, content)
				for b.Loop() {
					_, _ = config.Load(path)
				}
			})
		}
	}
}
