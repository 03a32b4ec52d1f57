package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/pelletier/go-toml/v2"
)

// maxSettings is the largest settings file read, in bytes.
const maxSettings = 1 << 20

// Settings are what the person wrote in the settings file, and the defaults for
// the rest.
type Settings struct {
	// Theme is one of Themes.
	Theme string
	// ColorScale is one of ColorScales.
	ColorScale string
	// Cells is one of CellModes.
	Cells string
	// Mouse tells whether the program takes the mouse; without it the terminal's
	// own selecting and copying works.
	Mouse bool
	// Threshold is the similarity, from -1 to 1, from which on two texts count as
	// duplicates when nothing else was chosen.
	Threshold float64
}

// Themes are the colours to choose from; "auto" follows the terminal's background.
func Themes() []string { return []string{"auto", "dark", "light"} }

// ColorScales are the scales that turn similarities into colours.
func ColorScales() []string { return []string{"viridis", "cividis", "grey"} }

// CellModes are the ways to draw a matrix; "auto" takes what fits.
func CellModes() []string { return []string{"auto", "numbers", "colors", "half-blocks"} }

// Defaults are the settings of someone who has no settings file.
func Defaults() Settings {
	return Settings{Theme: "auto", ColorScale: "viridis", Cells: "auto", Mouse: true, Threshold: 0.95}
}

// SettingsError reports what is wrong in a settings file.
type SettingsError struct {
	Path     string
	Problems []Problem
}

// Problem is one mistake in a settings file.
type Problem struct {
	// Line and Column are where it is, from 1; 0 when the whole file is meant.
	Line, Column int
	// Why is what is wrong and what would be right.
	Why string
}

// Error is one line with every problem.
func (e *SettingsError) Error() string {
	const most = 5
	var parts []string
	for _, p := range e.Problems[:min(len(e.Problems), most)] {
		part := p.Why
		if p.Line > 0 {
			part = fmt.Sprintf("line %d, column %d: %s", p.Line, p.Column, p.Why)
		}
		parts = append(parts, part)
	}
	if more := len(e.Problems) - most; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	return printable(e.Path) + ": " + strings.Join(parts, "; ")
}

// Load reads the settings file. A missing file, or an empty path, gives the
// defaults. The error is a *SettingsError, and the defaults come with it, so that
// the program can go on.
func Load(path string) (Settings, error) {
	if path == "" {
		return Defaults(), nil
	}
	data, err := readSettings(path)
	if missing(err) {
		return Defaults(), nil
	}
	if err != nil {
		return Defaults(), &SettingsError{Path: path, Problems: []Problem{{Why: "cannot be read (" + reason(err) + "); check its permissions"}}}
	}
	settings, problems := parse(data)
	if len(problems) > 0 {
		return Defaults(), &SettingsError{Path: path, Problems: problems}
	}
	return settings, nil
}

// missing tells that there is no such file, also because something that is no
// directory stands where one would be.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

func readSettings(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSettings+1))
	if err == nil && len(data) > maxSettings {
		err = fmt.Errorf("it is larger than %d MB", maxSettings>>20)
	}
	return bytes.TrimPrefix(data, []byte("\uFEFF")), err
}

func parse(data []byte) (Settings, []Problem) {
	var values map[string]any
	if err := toml.Unmarshal(data, &values); err != nil {
		problem := Problem{Why: printable(strings.TrimPrefix(err.Error(), "toml: "))}
		var wrong *toml.DecodeError
		if errors.As(err, &wrong) {
			problem.Line, problem.Column = wrong.Position()
		}
		return Defaults(), []Problem{problem}
	}
	settings := Defaults()
	known := setters(&settings)
	var problems []Problem
	for _, p := range places(data) {
		why := ""
		if set, ok := known[p.key]; !ok {
			why = fmt.Sprintf("there is no setting %.40q: use %s", p.key, either(slices.Sorted(maps.Keys(known))))
		} else if use := set(values[p.key]); use != "" {
			why = fmt.Sprintf("%s cannot be %s: use %s", p.key, describe(values[p.key]), use)
		}
		if why != "" {
			problems = append(problems, Problem{Line: p.line, Column: p.column, Why: why})
		}
	}
	return settings, problems
}

// setters put the value of each key into s; a value that cannot be is answered
// with what to use.
func setters(s *Settings) map[string]func(any) string {
	choice := func(to *string, choices []string) func(any) string {
		return func(value any) string {
			chosen, ok := value.(string)
			if !ok || !slices.Contains(choices, chosen) {
				return either(quoted(choices))
			}
			*to = chosen
			return ""
		}
	}
	return map[string]func(any) string{
		"theme":       choice(&s.Theme, Themes()),
		"color_scale": choice(&s.ColorScale, ColorScales()),
		"cells":       choice(&s.Cells, CellModes()),
		"mouse": func(value any) string {
			on, ok := value.(bool)
			if !ok {
				return "true or false"
			}
			s.Mouse = on
			return ""
		},
		"threshold": func(value any) string {
			n, ok := value.(float64)
			if whole, isWhole := value.(int64); isWhole {
				n, ok = float64(whole), true
			}
			if !ok || !(n >= -1 && n <= 1) {
				return "a number from -1 to 1"
			}
			s.Threshold = n
			return ""
		},
	}
}

// describe writes a value so that it can be recognised.
func describe(value any) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("%.40q", v)
	case map[string]any:
		return "a table"
	case []any:
		return "a list"
	default:
		return fmt.Sprint(v)
	}
}

// place is where a key stands in the file.
type place struct {
	key          string
	line, column int
}

// places finds every key of the file: to a value without fields all are unknown,
// and the strict decoder says where they are.
func places(data []byte) []place {
	decoder := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	var none struct{}
	var unknown *toml.StrictMissingError
	if !errors.As(decoder.Decode(&none), &unknown) {
		return nil
	}
	var list []place
	for _, e := range unknown.Errors {
		line, column := e.Position()
		list = append(list, place{strings.Join(e.Key(), "."), line, column})
	}
	return list
}

// either writes "a, b or c".
func either(choices []string) string {
	last := len(choices) - 1
	return strings.Join(choices[:last], ", ") + " or " + choices[last]
}

func quoted(words []string) []string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = strconv.Quote(word)
	}
	return list
}
