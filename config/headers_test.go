package config_test

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/config"
)

func TestHeadersOfAGateway(t *testing.T) {
	s, err := config.Load(file(t, `
[[provider]]
name = "a"
[provider.headers]
x-team = " search "
X-Token = " $GATEWAY_TOKEN "
cf-aig-authorization = "Bearer ${CF_TOKEN}"
x-price = "5 $"
[[provider]]
name = "b"
headers = { x-long = "`+secret+`" }
`))
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]string{"GATEWAY_TOKEN": secret + "\n", "CF_TOKEN": "cf-" + secret}
	want := map[string]string{"x-team": "search", "X-Token": secret, "cf-aig-authorization": "Bearer cf-" + secret, "x-price": "5 $"}
	if len(s.Providers[0].Headers) != len(want) {
		t.Errorf("%v", s.Providers[0].Headers)
	}
	for _, h := range s.Providers[0].Headers {
		if got := h.Resolve(func(name string) string { return held[name] }); got.Reveal() != want[h.Name] {
			t.Errorf("%s is not what it should be", h.Name)
		}
		if h.Env != "" && !h.Resolve(func(string) string { return "" }).Empty() {
			t.Errorf("%s has a value although its variable is not set", h.Name)
		}
	}
	for _, said := range []string{fmt.Sprint(s), fmt.Sprintf("%+v", s), fmt.Sprintf("%#v", s.Providers)} {
		if strings.Contains(said, secret) {
			t.Errorf("printed as %s", said)
		}
	}
}

func TestWrongHeadersAreReportedWithTheirLine(t *testing.T) {
	const before = "[[provider]]\nname = 'a'\n[provider.headers]\n"
	for content, want := range map[string]string{
		before + "x-a = 'b'\n'x a' = 'c'":                `line 5, column 1: "x a" can name no header: use letters`,
		before + "'' = 'c'":                              "line 4, column 1: \"\" can name no header",
		before + "\"x\\nEvil\" = 'c'":                    `line 4, column 1: "x\nEvil" can name no header`,
		before + "Authorization = '" + secret + "'":      "line 4, column 1: Authorization is sent with the key: name its variable in key_env",
		before + "Api-Key = '" + secret + "'":            "line 4, column 1: Api-Key is sent with the key",
		before + "host = 'x'":                            "line 4, column 1: host is sent by itself",
		before + "x-a = 'b'\nX-A = 'c'":                  "line 5, column 1: X-A is there twice",
		before + "x-a = 5":                               "line 4, column 1: x-a is not right: use a text in quotes, or the name of an environment variable",
		before + "x-a = ''":                              "line 4, column 1: x-a is not right",
		before + "x-a = '$" + secret + "'":               "line 4, column 1: x-a is not right",
		before + "x-a = \"" + secret + "\\r\\nEvil: 1\"": "line 4, column 1: x-a is not right",
		before + "x-a = 'ä" + secret + "'":               "line 4, column 1: x-a is not right",
		"[[provider]]\nname = 'a'\nheaders = 3":          "line 3, column 1: headers is a table",
	} {
		_, err := config.Load(file(t, content))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), secret) {
			t.Errorf("%q: %v\nwant %q", content, err, want)
		}
	}
}

func TestAHeaderInAFileForAllToReadIsWarnedOf(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // Windows has no such bits
	}
	for _, c := range []struct {
		name, value string
		warned      bool
	}{
		{"x-team", secret, true}, {"x-team", "search", false}, {"x-token", "search", true}, {"x-token", "$GATEWAY_TOKEN_OF_OURS", false},
		{"X-Api-Key", "a1b2", true}, {"cf-aig-authorization", "a1b2", true}, {"client_Secret", "a1b2", true},
	} {
		path := file(t, "[[provider]]\nname = 'a'\nheaders = { "+c.name+" = '"+c.value+"' }")
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := config.Load(path)
		if err != nil || (len(s.Warnings) == 1) != c.warned || strings.Contains(fmt.Sprint(s.Warnings), c.value) {
			t.Errorf("%s: %v, %v", c.name, s.Warnings, err)
		}
	}
}
