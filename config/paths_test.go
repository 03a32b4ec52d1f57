package config

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for _, pair := range pairs {
			if key, value, _ := strings.Cut(pair, "="); key == name {
				return value
			}
		}
		return ""
	}
}

func TestFindPaths(t *testing.T) {
	root, err := filepath.Abs(string(filepath.Separator))
	if err != nil {
		t.Fatal(err)
	}
	p := func(parts ...string) string { return filepath.Join(append([]string{root}, parts...)...) }
	home := "HOME=" + p("home")
	fromHome := Paths{p("home", ".config", "vecscope", "config.toml"), p("home", ".local", "state", "vecscope", "state.json"), p("home", ".cache", "vecscope")}
	fromXDG := Paths{p("c", "vecscope", "config.toml"), p("s", "vecscope", "state.json"), p("k", "vecscope")}
	xdg := []string{"XDG_CONFIG_HOME=" + p("c"), "XDG_STATE_HOME=" + p("s"), "XDG_CACHE_HOME=" + p("k")}
	for _, tt := range []struct {
		name    string
		goos    string
		env     []string
		want    Paths
		missing string
	}{
		{"home", "linux", []string{home}, fromHome, ""},
		{"home on a Mac", "darwin", []string{home}, fromHome, ""},
		{"XDG", "linux", append(xdg, home), fromXDG, ""},
		{"XDG without a home", "linux", xdg, fromXDG, ""},
		{"relative XDG is ignored", "linux", []string{home, "XDG_CONFIG_HOME=c", "XDG_STATE_HOME=./s", "XDG_CACHE_HOME=k"}, fromHome, ""},
		{"nothing", "linux", nil, Paths{}, "HOME"},
		{"a relative home", "linux", []string{"HOME=home"}, Paths{}, "HOME"},
		{"one place is known", "linux", xdg[:1], Paths{Settings: fromXDG.Settings}, "HOME"},
		{"the settings' place is not known", "linux", xdg[1:], Paths{State: fromXDG.State, Cache: fromXDG.Cache}, "HOME"},
		{"the state's place is not known", "linux", []string{xdg[0], xdg[2]}, Paths{Settings: fromXDG.Settings, Cache: fromXDG.Cache}, "HOME"},
		{"the cache's place is not known", "linux", xdg[:2], Paths{Settings: fromXDG.Settings, State: fromXDG.State}, "HOME"},
		{"Windows", "windows", []string{"APPDATA=" + p("roaming"), "LOCALAPPDATA=" + p("local"), home},
			Paths{p("roaming", "vecscope", "config.toml"), p("local", "vecscope", "state.json"), p("local", "cache", "vecscope")}, ""},
		{"Windows without a roaming place", "windows", []string{"LOCALAPPDATA=" + p("local")},
			Paths{p("local", "vecscope", "config.toml"), p("local", "vecscope", "state.json"), p("local", "cache", "vecscope")}, ""},
		{"Windows with a relative one", "windows", []string{"APPDATA=roaming", "LOCALAPPDATA=" + p("local")},
			Paths{p("local", "vecscope", "config.toml"), p("local", "vecscope", "state.json"), p("local", "cache", "vecscope")}, ""},
		{"Windows without anything", "windows", []string{home}, Paths{}, "LOCALAPPDATA"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := findPaths(tt.goos, env(tt.env...))
			if got != tt.want {
				t.Errorf("%+v\nwant %+v", got, tt.want)
			}
			var home *HomeError
			switch {
			case tt.missing == "" && err != nil:
				t.Error(err)
			case tt.missing != "" && (!errors.As(err, &home) || !strings.Contains(err.Error(), tt.missing)):
				t.Errorf("error %v, want one that names %s", err, tt.missing)
			}
		})
	}
}

func TestAPlaceThatIsIgnoredIsNamed(t *testing.T) {
	root, err := filepath.Abs(string(filepath.Separator))
	if err != nil {
		t.Fatal(err)
	}
	if got := IgnoredPlaces(env("XDG_CONFIG_HOME=./c", "XDG_STATE_HOME=s", "XDG_CACHE_HOME=.")); len(got) != 3 || !strings.HasPrefix(got[2], "XDG_CACHE_HOME is ignored") {
		t.Errorf("%q", got)
	}
	if got := IgnoredPlaces(env("XDG_CONFIG_HOME=c", "XDG_STATE_HOME="+root, "XDG_CACHE_HOME=")); len(got) != 1 || !strings.HasPrefix(got[0], "XDG_CONFIG_HOME is ignored") {
		t.Errorf("%q", got)
	}
}

func TestAKeyIsFoundUnderEveryNameOfItsVariable(t *testing.T) {
	for _, tt := range []struct {
		asked string
		env   []string
		want  bool
	}{
		{"NANOGPT_API_KEY", []string{"NANOGPT_API_KEY=k"}, true},
		{"NANOGPT_API_KEY", []string{"NANO_GPT_API_KEY=k"}, true},
		{"NANOGPT_API_KEY", []string{"NANOGPT_API_KEY= ", "NANO_GPT_API_KEY="}, false},
		{"NANOGPT_API_KEY", nil, false},
		{"OPENAI_API_KEY", []string{"NANO_GPT_API_KEY=k"}, false},
		{"", []string{"=k"}, false},
	} {
		if got := !Key(env(tt.env...), tt.asked).Empty(); got != tt.want {
			t.Errorf("%s in %v: %t", tt.asked, tt.env, got)
		}
	}
}
