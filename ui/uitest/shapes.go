package uitest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/api/openai"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/candidate"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/pair"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/theme"
)

// WhileAsked buys good@4 and does something after the first of three answers. It
// gives the explorer after everything has ended.
func WhileAsked(t *testing.T, s *Shop, a *shell.App, do func(a *shell.App)) *shell.App {
	t.Helper()
	did := false
	s.After, s.Meanwhile = 1, func() { did = true; do(a) }
	Press(t, a, "E", "p")
	if !did {
		t.Fatal("nothing was asked")
	}
	CheckNobodyWaitsForNothing(t, a.Session)
	return a
}

// CheckNobodyWaitsForNothing fails when a candidate waits although nothing is
// under way for it.
func CheckNobodyWaitsForNothing(t testing.TB, s *session.Session) {
	t.Helper()
	kept := slices.Clone(s.States())
	s.Touch()
	for i, c := range s.States() {
		if k := kept[i]; k.Phase != c.Phase || k.Working != c.Working || k.Comparing != c.Comparing || k.Result != c.Result || k.Missing != c.Missing || k.Unpaid != c.Unpaid || (k.Err == nil) != (c.Err == nil) {
			t.Errorf("%s is kept as %+v and is %+v: a change went unnoticed", c.ID(), k, c)
		}
		switch c.Phase { // without texts there is nothing to do
		case session.PhaseWaiting:
			if !s.Pending() && s.Corpus().Len() > 0 {
				t.Errorf("%s waits, and nothing is under way", c.ID())
			}
		case session.PhaseRunning:
			if !s.WorkedOn(c) {
				t.Errorf("%s is said to be %s, and nothing is under way", c.ID(), candidate.WorkText(c))
			}
		}
	}
}

// PlaneOptions are the options for SetPlane: with as many texts and candidates as
// there are angles, by candidate.
func PlaneOptions(t testing.TB, angles map[string][]float64) shell.Options {
	t.Helper()
	var ids []string
	n := 0
	for id, list := range angles {
		ids = append(ids, id)
		n = len(list)
	}
	slices.Sort(ids)
	texts := make([]corpus.Text, n)
	for i := range texts {
		texts[i].Text = fmt.Sprintf("text number %d", i+1)
	}
	return OptionsWith(t, texts, ids...)
}

// SetPlane gives the candidates vectors in a plane, at those angles in degrees, so
// that a test knows every similarity; NaN is a text without a vector.
func SetPlane(t testing.TB, a *shell.App, angles map[string][]float64) {
	t.Helper()
	for id, list := range angles {
		n := len(list)
		rows, failed := make([][]float32, n), map[int]error{}
		for i, angle := range angles[id] {
			if !math.IsNaN(angle) {
				rows[i] = []float32{float32(math.Cos(angle * math.Pi / 180)), float32(math.Sin(angle * math.Pi / 180))}
			} else {
				failed[i] = &api.TextError{Index: i, Err: errors.New("nothing to see in it")}
			}
		}
		vectors, err := compare.NewVectors(rows)
		if err != nil {
			t.Fatal(err)
		}
		c, err := api.ParseCandidate(id)
		c.Dimensions = 2
		if err != nil {
			t.Fatal(err)
		}
		result, err := pipeline.Analyse(t.Context(), api.Model{}, c, &pipeline.Embedding{Vectors: vectors, Failed: failed}, nil)
		if err != nil {
			t.Fatal(err)
		}
		a.Session.SetResult(id, result)
	}
	Settle(t, a, a.Refresh())
}

// DrawingStyles stand in for the theme's.
var DrawingStyles = theme.Codes{
	Dim: "\x1b[38;2;154;161;178m", Accent: "\x1b[38;2;122;162;247m", Strong: "\x1b[1m",
	Header: "\x1b[1m\x1b[38;2;122;162;247m", Selected: "\x1b[48;2;51;70;124m\x1b[1m", Match: "\x1b[1;4m\x1b[38;2;255;158;100m",
	Candidates: []string{"\x1b[38;2;86;180;233m", "\x1b[38;2;230;159;0m", "\x1b[38;2;44;194;149m"},
}

// plainStyles stand in for the theme's when there are no colours.
var plainStyles = theme.Codes{Strong: "\x1b[1m", Header: "\x1b[1m", Selected: "\x1b[7m", Match: "\x1b[1;4m"}

// StylesFor are the styles a theme has for that profile.
func StylesFor(p colorprofile.Profile) theme.Codes {
	if p <= colorprofile.ASCII {
		return plainStyles
	}
	return DrawingStyles
}

// RequireSize fails unless the drawing has exactly h lines of exactly w columns.
func RequireSize(t *testing.T, drawing string, w, h int) {
	t.Helper()
	lines := strings.Split(drawing, "\n")
	if len(lines) != h {
		t.Errorf("%d lines drawn, want %d", len(lines), h)
	}
	for y, line := range lines {
		if got := ansi.StringWidth(line); got != w {
			t.Errorf("line %d is %d columns wide, want %d: %q", y, got, w, line)
		}
	}
}

// OpenPair opens a pair of texts in full.
func OpenPair(t testing.TB, a *shell.App, i, j int) *pair.View {
	t.Helper()
	p := pair.New(&a.Context, i, j)
	a.Open(p)
	return p
}

// direct is a server's client without a cache.
type direct struct {
	api.Uncached
	client *openai.Client
}

// Balance implements api.Provider.
func (d direct) Balance(ctx context.Context) (api.Balance, error) { return d.client.Balance(ctx) }

// ServerOptions are the explorer with a real client of a server in this process.
func ServerOptions(t *testing.T, s *apitest.Server, candidates ...string) shell.Options {
	t.Helper()
	name := string(s.Dialect)
	profile, err := openai.FindProfile(name)
	if err != nil {
		t.Fatal(err)
	}
	client, err := openai.New(openai.Config{Name: name, BaseURL: s.URL, Key: api.NewSecret(s.Key), Profile: profile})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	models, err := client.Models(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	o := OptionsWith(t, ShopTexts, candidates...)
	o.Engine.Catalog = catalog.New(models, o.Engine.Catalog.Models())
	o.Engine.Providers[name] = direct{api.Uncached{Embedder: client}, client}
	o.Engine.HasKey = func(string) bool { return true }
	return o
}

// reading is the screen that takes in what was read from a file.
type reading interface {
	Opened(path string, texts []corpus.Text, err error) tea.Cmd
}

// OpenTexts is the end of reading texts from a file.
func OpenTexts(a *shell.App, path string, texts ...corpus.Text) loop.Done {
	return func() tea.Cmd { return a.Screen("texts").(reading).Opened(path, texts, nil) }
}

// CandidateIn is how far a candidate has come; the test ends when there is none.
func CandidateIn(t testing.TB, a *shell.App, id string) session.State {
	t.Helper()
	for _, c := range a.Session.States() {
		if c.ID() == id {
			return c
		}
	}
	t.Fatalf("there is no candidate %s", id)
	return session.State{}
}

// Several are three candidates that are ready at once.
var Several = []string{"local/ngrams@64", "local/glove@100", "local/ngrams@256"}
