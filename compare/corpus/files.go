package corpus

import (
	"path/filepath"
	"strings"
)

// Files says which files texts were read from, and how, so that they can be read again.
// Two can be compared with ==.
type Files struct {
	// paths has a NUL behind each, which no path holds.
	paths string
	// Columns and Encoding are what was said of them; empty is what the files show.
	Columns  Columns
	Encoding string
}

// FilesAt are the files at those paths, read in that way. Paths are made absolute: the
// folder that the program works in is another the next time.
func FilesAt(o Options, paths ...string) Files {
	f := Files{Columns: o.Columns, Encoding: o.Encoding}
	for _, p := range paths {
		if absolute, err := filepath.Abs(p); err == nil {
			p = absolute
		}
		f.paths += p + "\x00"
	}
	return f
}

// Paths are those of the files in the order in which they were read; none for the zero
// Files.
func (f Files) Paths() []string {
	if f.paths == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(f.paths, "\x00"), "\x00")
}

// Folder is the one that all files stand in; empty where there is none.
func (f Files) Folder() string {
	folder := ""
	for i, path := range f.Paths() {
		dir := filepath.Dir(path)
		if i > 0 && dir != folder {
			return ""
		}
		folder = dir
	}
	return folder
}
