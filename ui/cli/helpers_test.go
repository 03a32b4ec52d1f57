package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/local"
	"github.com/vecscope/vecscope/ui/app"
)

// compass answers texts that name a direction with a vector that points there, so
// that every similarity in a test can be worked out by hand.
type compass struct {
	started chan struct{} // when set, Embed says here that it began and waits for its context
}

var directions = map[string][]float32{
	"east":  {1, 0, 0},
	"north": {0, 1, 0},
	// 0.6 east, 0.8 north
	"north-east": {0.6, 0.8, 0},
	// right above 0.8 north
	"up": {0, 0.8, 0.6},
}

func (c compass) Name() string { return local.Name }

func (c compass) Models(context.Context) ([]api.Model, error) {
	free := 0.0
	return []api.Model{
		{Provider: local.Name, ID: "compass", Name: "Compass", Kind: api.KindEmbedding, Dimensions: 3, MaxTokens: 8, Price: &free, Languages: "English", Source: api.SourceBinary},
		{Provider: local.Name, ID: "mirror", Name: "Mirror", Kind: api.KindEmbedding, Dimensions: 3, Source: api.SourceBinary},
	}, nil
}

func (c compass) Embed(ctx context.Context, req api.Request) (api.Result, error) {
	if c.started != nil {
		close(c.started)
		<-ctx.Done()
		return api.Result{}, ctx.Err()
	}
	out := api.Result{
		Dimensions: 3,
		Vectors:    make([][]float32, len(req.Texts)),
		Failed:     map[int]error{},
		Usage:      api.Usage{Tokens: 2 * len(req.Texts), Estimated: req.Model == "mirror", Elapsed: 12500 * time.Microsecond},
	}
	for i, text := range req.Texts {
		v, ok := directions[strings.Fields(text)[0]]
		if !ok {
			out.Failed[i] = fmt.Errorf("text %d names no direction", i+1)
			continue
		}
		out.Vectors[i] = v
		if req.Model == "mirror" {
			out.Vectors[i] = []float32{v[1], v[0], v[2]}
		}
	}
	return out, nil
}

// session is one run of the command line in a test.
type session struct {
	*program
	out, err bytes.Buffer
	explored []app.Options
}

// newSession has no terminal, no environment but a home directory of its own, and
// nothing on standard input.
func newSession(t *testing.T) *session {
	t.Helper()
	home := t.TempDir()
	s := &session{}
	s.program = &program{
		Environment: Environment{In: strings.NewReader(""), Out: &s.out, Err: &s.err, Environ: []string{
			"HOME=" + home, "APPDATA=" + home, "LOCALAPPDATA=" + home, "TERM=xterm-256color",
		}},
		isTerminal: func(any) bool { return false },
		explore: func(_ context.Context, o app.Options) error {
			s.explored = append(s.explored, o)
			return nil
		},
		providers: []api.Backend{compass{}},
	}
	return s
}

// onTerminal makes streams terminals.
func (s *session) onTerminal(streams ...any) *session {
	s.isTerminal = func(stream any) bool {
		for _, terminal := range streams {
			if stream == terminal {
				return true
			}
		}
		return false
	}
	return s
}

func (s *session) piped(in string) *session {
	s.In = strings.NewReader(in)
	return s
}

// do runs a command line, in which words are separated by spaces.
func (s *session) do(t *testing.T, line string) int {
	t.Helper()
	return s.run(t.Context(), strings.Fields(line))
}

// expect runs a command line that must end with that code, and gives standard
// output.
func (s *session) expect(t *testing.T, code int, line string, changes ...func(*program)) string {
	t.Helper()
	for _, change := range changes {
		change(s.program)
	}
	if got := s.do(t, line); got != code {
		t.Fatalf("vecscope %s: exit code %d, want %d; standard error:\n%s", line, got, code, s.err.String())
	}
	return s.out.String()
}

// localModels are the models inside the binary, whose weights all tests read once.
var localModels = sync.OnceValue(local.New)

// withLocal uses them.
func withLocal(p *program) { p.providers = []api.Backend{localModels()} }

// only is a provider with one of its models.
type only struct {
	api.Backend
	model string
}

func (o only) Models(ctx context.Context) ([]api.Model, error) {
	models, err := o.Backend.Models(ctx)
	return slices.DeleteFunc(models, func(m api.Model) bool { return m.ID != o.model }), err
}

// file writes a file into a directory of its own and gives its path.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// winds is a small table with ids, groups and a text that has no vector.
const winds = "id,text,group\n" +
	"e,east wind,warm\n" +
	"ne,north-east wind,cold\n" +
	"n,north wind,cold\n" +
	"calm,no wind,\n"
