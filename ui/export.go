package ui

import (
	"cmp"
	"context"
	"io"
	"path/filepath"
	"strings"
)

// Export is something that can be taken out of the explorer: written to a file
// or, where it is short enough, copied.
type Export struct {
	// What names it in a sentence: "the 36×36 matrix of local/use-lite@512".
	What string
	// Name is that of its file without an ending.
	Name string
	// Remark is what to know of it in every format; may be empty.
	Remark string
	// Formats are those that it can be written in; the first one is proposed.
	Formats []ExportFormat
	// Copied is the ending of the format that is copied; empty for .tsv.
	Copied string
}

// ExportFormat writes an export in the format that a file's ending stands for.
type ExportFormat struct {
	Ending string // with its dot
	// Write is called outside the loop and must not look at what the loop changes.
	// The remark is what the person should know of the result; may be empty.
	Write func(ctx context.Context, w io.Writer) (remark string, err error)
}

// Format finds the format of a file name by its ending.
func (e Export) Format(name string) (ExportFormat, bool) {
	ending := strings.ToLower(filepath.Ext(name))
	for _, f := range e.Formats {
		if f.Ending == ending {
			return f, true
		}
	}
	return ExportFormat{}, false
}

// Endings lists the formats: ".csv, .tsv or .json".
func (e Export) Endings() string {
	all := make([]string, len(e.Formats))
	for i, f := range e.Formats {
		all[i] = f.Ending
	}
	last := len(all) - 1
	if last == 0 {
		return all[0]
	}
	return strings.Join(all[:last], ", ") + " or " + all[last]
}

// CopyFormat is the one in which an export is copied.
func (e Export) CopyFormat() ExportFormat {
	f, _ := e.Format(cmp.Or(e.Copied, ".tsv"))
	return f
}
