package apitest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/vecscope/vecscope/api"
)

// DefaultKey is the key that a server of a dialect with keys asks for unless
// Options say otherwise. It is unlike anything else, so that a search through
// everything a program wrote finds it.
const DefaultKey = "sk-apitest-7f3a91c4-do-not-print"

// DefaultBalance is what the account holds unless Options say otherwise, in US
// dollars.
const DefaultBalance = 10.0

// headerTimeout ends connections that never send a request.
const headerTimeout = 10 * time.Second

// Options say how a server behaves. The zero value is a NanoGPT without faults.
type Options struct {
	// Dialect is whose protocol is spoken; empty is NanoGPT.
	Dialect Dialect
	// Key is the key to ask for. Empty is DefaultKey where the dialect's servers
	// have keys, and no key where they have none.
	Key string
	// Models replace the dialect's own list.
	Models []api.Model
	// Reads is the most tokens of a text that are read where that is less than the list
	// says, as by a llama-server with a small batch; 0 is what the list says.
	Reads int
	// Balance is what the account holds in US dollars; 0 is DefaultBalance. Every
	// embedding lessens it by the model's price.
	Balance float64
	// Quick makes vectors from spelling alone: thousands of texts in milliseconds,
	// where the sentence encoder takes about 3 ms for each. For tests of the
	// protocol, which do not care what the vectors mean.
	Quick bool
	// Latency is how long every embedding takes at least. It is for trying a
	// program by hand; tests leave it 0 and use Hold.
	Latency time.Duration
	// Log, when set, is written every request as it arrives and what came of it, one
	// line each and without the keys that were sent.
	Log io.Writer
	// Port is where to listen on 127.0.0.1; 0 is any free one.
	Port int
}

// Server is a running server. Its methods may be called by several goroutines.
type Server struct {
	// URL is the base URL to give to a client, such as
	// http://127.0.0.1:41234/api/v1.
	URL string
	// Key is the key it asks for; empty when it asks for none.
	Key string
	// Dialect is whose protocol it speaks.
	Dialect Dialect

	options Options
	speaks  dialect
	encoder *encoder
	tokens  tokenCounter
	http    *http.Server
	stop    context.CancelFunc
	serving sync.WaitGroup // the listener and every connection

	writing sync.Mutex // held while a line of Options.Log is written

	mu      sync.Mutex // guards the rest
	models  []api.Model
	spent   float64
	log     []Request
	arrived chan struct{} // closed and replaced when a request arrives
	active  int
	peak    int
	script  []Fault
	rules   []rule
}

// T is what New needs of a test; *testing.T and *testing.B have it. It is named
// here so that a program with this package inside does not link package testing.
type T interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
}

// New starts a server that is closed when the test ends.
func New(t T, o Options) *Server {
	t.Helper()
	s, err := Start(o)
	if err != nil {
		t.Fatalf("start a server: %v", err)
	}
	t.Cleanup(s.Close)
	return s
}

// Start starts a server on 127.0.0.1. It fails when the dialect is unknown or the
// port is taken. Close it.
func Start(o Options) (*Server, error) {
	if o.Dialect == "" {
		o.Dialect = NanoGPT
	}
	speaks, ok := speech(o.Dialect)
	if !ok {
		return nil, fmt.Errorf("there is no dialect %q; there are %v", o.Dialect, append(Dialects(), Azure))
	}
	if o.Models == nil {
		models, err := speaks.models()
		if err != nil {
			return nil, fmt.Errorf("list the models of %s: %w", o.Dialect, err)
		}
		o.Models = models
	}
	if o.Key == "" && speaks.keyed {
		o.Key = DefaultKey
	}
	if o.Balance == 0 {
		o.Balance = DefaultBalance
	}
	listener, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(o.Port)))
	if err != nil {
		return nil, fmt.Errorf("listen for requests: %w", err)
	}
	s := &Server{
		URL:     "http://" + listener.Addr().String() + speaks.base,
		Key:     o.Key,
		Dialect: o.Dialect,
		options: o,
		speaks:  speaks,
		encoder: newEncoder(o.Quick),
		models:  slices.Clone(o.Models),
		arrived: make(chan struct{}),
	}
	s.serve(listener)
	return s, nil
}

// serve answers until Close. Every request's context ends with the server's.
func (s *Server) serve(listener net.Listener) {
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.http = &http.Server{
		Handler:           http.HandlerFunc(s.handle),
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ConnState:         s.connection,
		ReadHeaderTimeout: headerTimeout,
	}
	s.serving.Go(func() {
		if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			panic(fmt.Sprintf("serve on %s: %v", listener.Addr(), err))
		}
	})
}

// connection counts the connections, each of which has its own goroutine.
func (s *Server) connection(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		s.serving.Add(1)
	case http.StateClosed:
		s.serving.Done()
	}
}

// Close ends everything that hangs, cuts every connection and returns when all
// goroutines of the server have ended. Closing twice is harmless.
func (s *Server) Close() {
	s.stop()
	// The only error is that of closing the listener, which nobody can use.
	_ = s.http.Close()
	s.serving.Wait()
}

// SetModels replaces the models from now on, as when a catalog changes.
func (s *Server) SetModels(models []api.Model) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.models = slices.Clone(models)
}

// Models lists the models that it has now, whatever they are good for.
func (s *Server) Models() []api.Model {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.models)
}

// Spent is what the embeddings so far cost in US dollars, lost answers included.
func (s *Server) Spent() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.spent
}

// model gives the model of that id.
func (s *Server) model(id string) (api.Model, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.models {
		if m.ID == id {
			return m, true
		}
	}
	return api.Model{}, false
}

// pay takes the price from the account; when there is not enough, it takes
// nothing.
func (s *Server) pay(usd float64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.spent+usd > s.options.Balance {
		return false
	}
	s.spent += usd
	return true
}
