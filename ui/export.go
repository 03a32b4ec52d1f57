package ui

import (
	"cmp"
	"context"
	"io"
	"path/filepath"
	"strings"
)

// export is something that can be taken out of the explorer: written to a file
// or, where it is short enough, copied.
type export struct {
	// what names it in a sentence: "the 36×36 matrix of local/use-lite@512".
	what string
	// name is that of its file without an ending.
	name string
	// remark is what to know of it in every format; may be empty.
	remark string
	// formats are those that it can be written in; the first one is proposed.
	formats []exportFormat
	// copied is the ending of the format that is copied; empty for .tsv.
	copied string
}

// exportFormat writes an export in the format that a file's ending stands for.
type exportFormat struct {
	ending string // with its dot
	// write is called outside the loop and must not look at what the loop changes.
	// The remark is what the person should know of the result; may be empty.
	write func(ctx context.Context, w io.Writer) (remark string, err error)
}

// format finds the format of a file name by its ending.
func (e export) format(name string) (exportFormat, bool) {
	ending := strings.ToLower(filepath.Ext(name))
	for _, f := range e.formats {
		if f.ending == ending {
			return f, true
		}
	}
	return exportFormat{}, false
}

// endings lists the formats: ".csv, .tsv or .json".
func (e export) endings() string {
	all := make([]string, len(e.formats))
	for i, f := range e.formats {
		all[i] = f.ending
	}
	last := len(all) - 1
	if last == 0 {
		return all[0]
	}
	return strings.Join(all[:last], ", ") + " or " + all[last]
}

// copyFormat is the one in which an export is copied.
func (e export) copyFormat() exportFormat {
	f, _ := e.format(cmp.Or(e.copied, ".tsv"))
	return f
}
