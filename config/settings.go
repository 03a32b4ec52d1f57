package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/pelletier/go-toml/v2"

	"github.com/vecscope/vecscope/api/oserr"
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
	// Discover tells whether servers that the file does not name are found: those on
	// this machine, and those whose key the environment holds.
	Discover bool
	// Spending says what may be spent before a person is asked again.
	Spending Spending
	// Providers are the servers that the file names, in its order.
	Providers []Provider
	// Warnings are what the person should know about a file that is in order
	// otherwise, one line each.
	Warnings []string
}

// Themes are the colours to choose from; "auto" follows the terminal's background.
func Themes() []string { return []string{"auto", "dark", "light"} }

// ColorScales are the scales that turn similarities into colours.
func ColorScales() []string { return []string{"viridis", "cividis", "grey"} }

// CellModes are the ways to draw a matrix; "auto" takes what fits.
func CellModes() []string { return []string{"auto", "numbers", "colors", "half-blocks"} }

// Defaults are the settings of someone who has no settings file.
func Defaults() Settings {
	return Settings{Theme: "auto", ColorScale: "viridis", Cells: "auto", Mouse: true, Threshold: 0.95, Discover: true,
		Spending: Spending{PerRun: 0.10, PerSession: 1, PerQuery: 0.001}}
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
	// Cosmetic tells that it is about no server and no money.
	Cosmetic bool
}

// Cosmetic tells that nothing is wrong with what the file says of servers and
// money: what it says rightly counts, and the defaults stand for the rest.
func (e *SettingsError) Cosmetic() bool {
	return !slices.ContainsFunc(e.Problems, func(p Problem) bool { return !p.Cosmetic })
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
	return oserr.Printable(e.Path) + ": " + strings.Join(parts, "; ")
}

// Load reads the settings file. A missing file, or an empty path, gives the
// defaults. The error is a *SettingsError. Settings come with it, so that the
// program can go on: those that are right when it is cosmetic, else the defaults.
// profiles are the kinds of servers that providers may be
// of; without any every word will do.
func Load(path string, profiles ...string) (Settings, error) {
	data, err := readSettings(path)
	if missing(err) {
		return Defaults(), nil
	}
	if err != nil {
		return Defaults(), &SettingsError{Path: path, Problems: []Problem{{Why: "cannot be read (" + oserr.Reason(err) + "); " + adviceUnread(err)}}}
	}
	settings, problems := parse(data, profiles)
	if len(problems) > 0 {
		wrong := &SettingsError{Path: path, Problems: problems}
		if !wrong.Cosmetic() {
			return Defaults(), wrong
		}
		err = wrong
	}
	settings.warn(path)
	return settings, err
}

// adviceUnread is what helps when settings cannot be read for such a reason.
func adviceUnread(err error) string {
	if errors.Is(err, fs.ErrPermission) {
		return "check its permissions"
	}
	return "move it away to start with new settings"
}

// warn finds limits of which one is without effect, and keys that others on the
// machine can read.
func (s *Settings) warn(path string) {
	if s.Spending.PerRun > s.Spending.PerSession {
		s.Warnings = append(s.Warnings, fmt.Sprintf("%s: per_run is more than per_session, which counts for a run too; raise per_session or lower per_run", oserr.Printable(path)))
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return
	}
	for _, p := range s.Providers {
		if p.holdsKey() {
			s.Warnings = append(s.Warnings, fmt.Sprintf("%s holds a key and others can read it: run chmod 600 on it, or put the key into the environment", oserr.Printable(path)))
			return
		}
	}
}

// missing tells that there is no such file, also because something that is no
// directory stands where one would be.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

func readSettings(path string) ([]byte, error) {
	data, err := oserr.ReadRegular(path, maxSettings)
	return bytes.TrimPrefix(data, []byte("\uFEFF")), err
}

func parse(data []byte, profiles []string) (Settings, []Problem) {
	if line := crowded(data); line > 0 {
		return Defaults(), []Problem{tooMany(line)}
	}
	var values map[string]any
	if err := toml.Unmarshal(data, &values); err != nil {
		problem := Problem{Why: oserr.Printable(strings.TrimPrefix(err.Error(), "toml: "))}
		var wrong *toml.DecodeError
		if errors.As(err, &wrong) {
			problem.Line, problem.Column = wrong.Position()
		}
		return Defaults(), []Problem{problem}
	}
	settings := Defaults()
	r := &reader{places: placesOf(data), cosmetic: cosmetic(values)}
	r.read(settings.table(profiles), values, "")
	if (&SettingsError{Problems: r.problems}).Cosmetic() {
		if i, why := mistaken(settings.Providers); why != "" {
			r.complain(path("").key("provider").element(i), "%s", why)
		}
		for i, p := range settings.Providers {
			if p.homeless(profiles) {
				r.complain(path("").key("provider").element(i), "%s has no base_url: write one such as %q", p.Name, "https://embeddings.example.com/v1")
			}
		}
	}
	return settings, r.problems
}

// table is the schema for the whole file.
func (s *Settings) table(profiles []string) table {
	choice := func(to *string, choices []string) setter {
		return func(value any) string {
			chosen, ok := value.(string)
			if !ok || !slices.Contains(choices, chosen) {
				return either(quoted(choices))
			}
			*to = chosen
			return ""
		}
	}
	return table{
		values: map[string]setter{
			"theme":       choice(&s.Theme, Themes()),
			"color_scale": choice(&s.ColorScale, ColorScales()),
			"cells":       choice(&s.Cells, CellModes()),
			"mouse":       yesNo(&s.Mouse),
			"discover":    yesNo(&s.Discover),
			"threshold":   numberTo(&s.Threshold, -1, 1, "a number from -1 to 1"),
		},
		tables: map[string]table{"spending": s.Spending.table()},
		lists: map[string]func() table{
			"provider": func() table {
				s.Providers = append(s.Providers, Provider{})
				return s.Providers[len(s.Providers)-1].table(profiles)
			},
		},
	}
}

// cosmetic names what stands at the top of a file and concerns neither servers nor
// money. A setting that there is not counts unless it may be one of theirs in the
// wrong place, or under a wrong name a table of them.
func cosmetic(values map[string]any) map[string]bool {
	schema := new(Settings).table(nil)
	below := schema.below()
	known := map[string]bool{}
	for key, value := range values {
		if _, plain := schema.values[key]; plain {
			known[key] = key != "discover" // which is about servers
			continue
		}
		name := key[:min(len(key), longestName)]
		switch value.(type) {
		case map[string]any, []any:
		default:
			known[name] = !slices.Contains(below, key)
		}
	}
	return known
}
