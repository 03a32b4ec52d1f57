package corpus

import (
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// PathOf gives the path that a person means who typed, pasted or dropped it: in
// quotes, with backslashes before blanks, as file://, with ~ for the home directory. A
// file that is called exactly so goes before all of these.
func PathOf(typed string) string {
	for _, exact := range []string{typed, inHome(typed)} {
		if _, err := os.Lstat(exact); err == nil {
			return exact
		}
	}
	path := strings.TrimSpace(typed)
	quoted := false
	for _, quote := range []string{`"`, `'`} {
		if bare, ok := strings.CutPrefix(path, quote); ok {
			path, quoted = strings.TrimSuffix(bare, quote), true
			break
		}
	}
	if rest, ok := strings.CutPrefix(path, "file://"); ok {
		return fromURL(rest)
	}
	if !quoted && runtime.GOOS != "windows" {
		path = unescapePath(path)
	}
	return inHome(path)
}

// inHome puts the home directory in the place of "~" at the start of a path.
func inHome(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return path
}

// fromURL gives the path of what follows file://: a host, which is this machine, and
// the path with its odd characters as %20.
func fromURL(rest string) string {
	if at := strings.IndexByte(rest, '/'); at > 0 {
		rest = rest[at:]
	}
	if path, err := url.PathUnescape(rest); err == nil {
		rest = path
	}
	if runtime.GOOS == "windows" {
		rest = filepath.FromSlash(strings.TrimPrefix(rest, "/"))
	}
	return rest
}

// unescapePath takes off the backslashes that shells and terminals put before blanks
// and other characters.
func unescapePath(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] == '\\' && i+1 < len(path) {
			i++
		}
		b.WriteByte(path[i])
	}
	return b.String()
}
