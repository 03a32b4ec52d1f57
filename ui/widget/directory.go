package widget

import (
	"os"
	"path/filepath"
	"strings"
)

// maxNames is how many names of a directory are offered.
const maxNames = 2000

// listDirectory finds what a path that is being typed can go on with: the
// directories in a directory, and the files that are wanted.
func listDirectory(path string, wanted func(name string) bool) []string {
	if path == "" {
		path = "."
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries[:min(len(entries), maxNames)] {
		name := e.Name()
		switch {
		case isDirectory(path, e):
			names = append(names, name+string(filepath.Separator))
		case wanted(name):
			names = append(names, name)
		}
	}
	return names
}

// isDirectory follows links.
func isDirectory(path string, e os.DirEntry) bool {
	if e.Type()&os.ModeSymlink == 0 {
		return e.IsDir()
	}
	info, err := os.Stat(filepath.Join(path, e.Name()))
	return err == nil && info.IsDir()
}

// ExpandHome puts the home directory in the place of "~" at the start of a path.
func ExpandHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~/")
	if !ok {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(home, rest)
}
