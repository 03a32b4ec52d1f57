package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// ExistsError reports that a file was not written because there is one already.
type ExistsError struct{ Path string }

func (e *ExistsError) Error() string {
	return printable(e.Path) + " exists already and was left as it is; edit it, or move it away and try again"
}

// Example is a settings file with every setting explained, all of them commented
// out at their defaults.
func Example() string {
	d := Defaults()
	var b strings.Builder
	b.WriteString("# Settings of vecscope. A line that begins with # has no effect: what stands there\n")
	b.WriteString("# is the default. Remove the # to change a setting.\n")
	entry := func(comment, format string, value any) {
		fmt.Fprintf(&b, "\n# %s\n# "+format+"\n", comment, value)
	}
	entry("Colours: "+either(Themes())+". \"auto\" follows the terminal's background.", "theme = %q", d.Theme)
	entry("How similarities turn into colours: "+either(ColorScales())+".", "color_scale = %q", d.ColorScale)
	entry("How matrices are drawn: "+either(CellModes())+". \"auto\" takes what fits.", "cells = %q", d.Cells)
	entry("Whether the mouse works. false leaves it to the terminal, for selecting and copying.", "mouse = %t", d.Mouse)
	entry("From which similarity on two texts count as duplicates, from -1 to 1.", "threshold = %g", d.Threshold)
	return b.String()
}

// WriteExample writes the example where the settings file belongs. The error is an
// *ExistsError when there is a file already, else a *WriteError.
func WriteExample(path string) error {
	if _, err := os.Lstat(path); path != "" && !errors.Is(err, fs.ErrNotExist) {
		if err != nil {
			return &WriteError{Path: path, Err: err}
		}
		return &ExistsError{Path: path}
	}
	return WriteAtomic(path, []byte(Example()), 0o600)
}
