// Package config is what the program knows before it starts and keeps after it
// ends: where its files are, the settings file, which keys the environment
// holds, and the session remembered from the last run. Of our packages it may
// import api, for the type that hides keys, and api/oserr.
package config

import (
	"path/filepath"
	"runtime"
)

// Paths says where files are kept. A path is empty when no place for it is known;
// the functions that take it then go on without the file.
type Paths struct {
	// Settings is the settings file, which the person writes.
	Settings string
	// State is the file that remembers the session.
	State string
	// Cache is the directory for what can be had again.
	Cache string
}

// HomeError reports that files cannot be kept because the home directory is not
// known. Nothing is wrong otherwise.
type HomeError struct {
	// Env is the variable that would name it.
	Env string
}

func (e *HomeError) Error() string {
	return "settings and session are not kept: set " + e.Env + " to your home directory"
}

// FindPaths finds the places by the XDG Base Directory rules: XDG_CONFIG_HOME,
// XDG_STATE_HOME and XDG_CACHE_HOME when they are absolute, else .config,
// .local/state and .cache under HOME; on Windows APPDATA and LOCALAPPDATA. The
// error is a *HomeError, and the paths that are known are still given.
func FindPaths(getenv func(string) string) (Paths, error) {
	return findPaths(runtime.GOOS, getenv)
}

func findPaths(goos string, getenv func(string) string) (Paths, error) {
	config, state, cache, home := unixPlaces(getenv)
	if goos == "windows" {
		config, state, cache, home = windowsPlaces(getenv)
	}
	// The rules call a relative path invalid and say to ignore it.
	config = firstAbsolute(getenv("XDG_CONFIG_HOME"), config)
	state = firstAbsolute(getenv("XDG_STATE_HOME"), state)
	cache = firstAbsolute(getenv("XDG_CACHE_HOME"), cache)
	paths := Paths{
		Settings: join(config, "vecscope", "config.toml"),
		State:    join(state, "vecscope", "state.json"),
		Cache:    join(cache, "vecscope"),
	}
	if config == "" || state == "" || cache == "" {
		return paths, &HomeError{Env: home}
	}
	return paths, nil
}

// IgnoredPlaces says, a line each, which variables that name a place are ignored.
func IgnoredPlaces(getenv func(string) string) []string {
	var lines []string
	for _, name := range []string{"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"} {
		if place := getenv(name); place != "" && !filepath.IsAbs(place) {
			lines = append(lines, name+" is ignored, because it is no absolute path; begin it with / or unset it")
		}
	}
	return lines
}

func unixPlaces(getenv func(string) string) (config, state, cache, homeEnv string) {
	home := getenv("HOME")
	return join(home, ".config"), join(home, ".local", "state"), join(home, ".cache"), "HOME"
}

func windowsPlaces(getenv func(string) string) (config, state, cache, homeEnv string) {
	local := getenv("LOCALAPPDATA")
	return firstAbsolute(getenv("APPDATA"), local), local, join(local, "cache"), "LOCALAPPDATA"
}

// join is filepath.Join that keeps an unknown place unknown.
func join(place string, names ...string) string {
	if place == "" {
		return ""
	}
	return filepath.Join(append([]string{place}, names...)...)
}

func firstAbsolute(places ...string) string {
	for _, place := range places {
		if filepath.IsAbs(place) {
			return place
		}
	}
	return ""
}
