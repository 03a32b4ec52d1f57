package api

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Embedder turns texts into vectors.
type Embedder interface {
	// Embed turns every text of the request into one vector. A text that has no
	// vector is reported in Result.Failed and does not fail the others. An error
	// means that not all texts were answered, and that the result has no Vectors; its
	// Usage says nevertheless what was spent, its Clipped which of the texts that
	// arrived were read in part, and what Request.Arrived was given stays good. The
	// request's Progress is called, and ctx's end is honoured, between texts.
	Embed(ctx context.Context, req Request) (Result, error)
}

// Backend is what answers in the end: the models inside the binary, or the client of
// a server.
type Backend interface {
	Embedder
	// Name is the first segment of its models' references.
	Name() string
	// Models lists the catalog.
	Models(ctx context.Context) ([]Model, error)
}

// Provider is a backend as the explorer and the command line see it: behind what is
// known already, with whether it can be asked and what is left to spend there.
type Provider interface {
	Embedder
	// Blocked says why it cannot be asked now and what a person can do; nil when it
	// can. It is an *InsecureKeyError while leave to send the key is missing.
	Blocked() error
	// Known tells for each text of a request whether Embed would answer it for
	// nothing. The error says that what is known cannot be read, or is ctx's.
	Known(ctx context.Context, req Request) ([]bool, error)
	// Held gives the vectors of a request's texts that are known, nil for the others,
	// and asks nobody. The errors are those of Known.
	Held(ctx context.Context, req Request) ([][]float32, error)
	// Balance asks what is left to spend, which costs nothing. The error is
	// errors.ErrUnsupported where nobody tells.
	Balance(ctx context.Context) (Balance, error)
}

// Uncached is the Provider of an Embedder with nothing before it: it knows no text,
// can always be asked and tells no balance.
type Uncached struct{ Embedder }

// Blocked implements Provider.
func (Uncached) Blocked() error { return nil }

// Known implements Provider.
func (Uncached) Known(_ context.Context, req Request) ([]bool, error) {
	return make([]bool, len(req.Texts)), nil
}

// Held implements Provider.
func (Uncached) Held(_ context.Context, req Request) ([][]float32, error) {
	return make([][]float32, len(req.Texts)), nil
}

// Balance implements Provider.
func (Uncached) Balance(context.Context) (Balance, error) { return Balance{}, errors.ErrUnsupported }

// Request asks a provider for vectors.
type Request struct {
	// Model is the model's id at the provider, without the provider's name.
	Model string
	// Dimensions asks for vectors of that length; 0 asks for the full length.
	Dimensions int
	// Texts are what to embed.
	Texts []string
	// Fresh asks for all texts, also those that are known: what comes takes the place of
	// what is kept.
	Fresh bool
	// Length, when set, is how long the vectors must be, because others of the same
	// kind are. A provider that gets another length asks for no more and fails with
	// a *LengthError.
	Length int
	// Prefix goes before every text, exactly as it stands: the words some models
	// want before a query. Vectors made with another prefix are other vectors.
	Prefix string
	// Field goes into the body of every request, to say the role; vectors made with
	// another are other vectors. Providers without a server ignore it.
	Field Field
	// Progress, when set, is called now and then with the number of texts done;
	// it may be called from several goroutines, but never after Embed returns.
	Progress func(done int)
	// Batch, when set, is told how many batches have been answered and of how many
	// there are, as far as is known: the total grows when a batch is too large and
	// is sent in parts. Providers that send no batches never call it. It may be
	// called from several goroutines, but never after Embed returns.
	Batch func(done, total int)
	// Arrived, when set, is called once for every batch as soon as it is
	// complete, with the places of its texts in Texts and their unit-length
	// vectors, so that what was paid for can be kept even if the rest fails. It
	// may be called from several goroutines, but never after Embed returns.
	Arrived func(at []int, vectors [][]float32)
	// Streamed tells that vectors given to Arrived need not be in the Result too, so
	// that those of many texts are not held twice: a provider may leave Vectors nil.
	Streamed bool
	// Notice, when set, is told of every wait before it begins. It may be called
	// from several goroutines, but never after Embed returns.
	Notice func(Notice)
	// Approval says what may be spent, and takes note of what is; without one lost
	// answers are asked for again as it comes.
	Approval Approval
}

// Manner is how the texts are sent.
func (r Request) Manner() Manner { return Manner{Prefix: r.Prefix, Field: r.Field} }

// Approval is the word to send the texts of a request. It may be called from several
// goroutines, but never after Embed returns.
type Approval interface {
	// Allow is asked before texts are sent again whose answer was lost or of no use
	// although the server may bill it: whether about that many tokens may be paid for
	// once more. If not, Embed ends with what failed. It is never asked where nothing
	// is billed.
	Allow(tokens int) bool
	// Record takes note of what a request took as soon as that is known. The parts add
	// up to the result's Usage, of which they may lack some but count nothing else.
	Record(Usage)
}

// Notice makes a wait visible: a retry after a failure, a pause that the server
// asked for, or the end of another program that asks for the same.
type Notice struct {
	// Provider is who is waited for.
	Provider string
	// Wait is how long, counted from the notice; 0 is nobody knows how long.
	Wait time.Duration
	// Reason says in a few words why: "429 too many requests".
	Reason string
	// Attempt is the number of the attempt that follows the wait; the first
	// retry is 2, and 0 follows a wait for another program.
	Attempt int
	// Lost tells that the request before the wait was sent and its answer never
	// came: a server that has done the work bills it, and the next attempt again.
	Lost bool
}

// Result is what a provider answers.
type Result struct {
	// Dimensions is the length of every vector.
	Dimensions int
	// Vectors holds one vector a text, in the order of the request, each of unit
	// length; nil for a text that Failed names.
	Vectors [][]float32
	// Failed says why a text has no vector, by its index in the request.
	Failed map[int]error
	// Clipped are the places of the texts that the model read only in part because
	// they are too long for it, as far as the provider knows; also with an error,
	// of those that have arrived.
	Clipped []int
	// Version tells apart what different models under the same name gave, as far as that
	// is known: vectors of two versions cannot be compared. Empty is unknown.
	Version string
	// Unknown are the places of the texts of which the model does not know a good
	// part, such as words of another language, as far as the provider knows. What
	// differs there makes no difference to it.
	Unknown []int
	// Norms is how long the vectors were before they were scaled, as far as that is known;
	// also with an error, of those that have arrived.
	Norms Norms
	// Usage is what the request cost.
	Usage Usage
}

// Usage is what was used to answer a request.
type Usage struct {
	// Tokens is the number of tokens read.
	Tokens int
	// Estimated tells that Tokens was not counted by the model's own tokenizer.
	Estimated bool
	// Elapsed is the time from the request to the answer.
	Elapsed time.Duration
	// Requests is the number of requests sent to a server, failed ones included.
	Requests int
	// Failed is how many of Requests brought no vectors.
	Failed int
	// Lost is how many of the failed ones were sent, and neither refused nor
	// answered: their answers were cut off, came too late, or were not waited for.
	// The server may have done the work and bill it. LostTokens estimates what they
	// held, which were LostTexts texts; Tokens does not count it.
	Lost, LostTexts, LostTokens int
	// Latencies holds the time of every successful request to a server, from the
	// sending to the last byte of the answer, in no particular order.
	Latencies []time.Duration
	// Texts is the number of different texts that were answered, where it is counted,
	// and Cached how many of them without asking the provider.
	Texts, Cached int
}

// Plus adds what was used for other texts, one request after the other.
func (u Usage) Plus(more Usage) Usage {
	return Usage{
		Tokens:     u.Tokens + more.Tokens,
		Estimated:  u.Estimated || more.Estimated,
		Elapsed:    u.Elapsed + more.Elapsed,
		Requests:   u.Requests + more.Requests,
		Failed:     u.Failed + more.Failed,
		Lost:       u.Lost + more.Lost,
		LostTexts:  u.LostTexts + more.LostTexts,
		LostTokens: u.LostTokens + more.LostTokens,
		Latencies:  append(slices.Clone(u.Latencies), more.Latencies...),
		Texts:      u.Texts + more.Texts,
		Cached:     u.Cached + more.Cached,
	}
}

// Minus gives what was used beside a part of it.
func (u Usage) Minus(part Usage) Usage {
	counted := map[time.Duration]int{}
	for _, d := range part.Latencies {
		counted[d]++
	}
	u.Latencies = slices.DeleteFunc(slices.Clone(u.Latencies), func(d time.Duration) bool {
		counted[d]--
		return counted[d] >= 0
	})
	u.Tokens -= part.Tokens
	u.Elapsed -= part.Elapsed
	u.Requests -= part.Requests
	u.Failed -= part.Failed
	u.Lost -= part.Lost
	u.LostTexts -= part.LostTexts
	u.LostTokens -= part.LostTokens
	u.Texts -= part.Texts
	u.Cached -= part.Cached
	return u
}

// Nothing tells that no text was answered and nobody asked.
func (u Usage) Nothing() bool {
	return u.Texts == 0 && u.Cached == 0 && u.Tokens == 0 && u.Requests == 0 && u.Failed == 0 && u.Lost == 0
}

// UnknownModelError reports a model that a provider does not have.
type UnknownModelError struct {
	Ref   string
	Known []string // what there is instead, best guesses first
}

func (e *UnknownModelError) Error() string {
	if len(e.Known) == 0 {
		return fmt.Sprintf("there is no model %s", e.Ref)
	}
	return fmt.Sprintf("there is no model %s; did you mean %s?", e.Ref, e.Known[0])
}

// KeyError reports that a provider cannot be asked because its key is not set.
type KeyError struct {
	Provider string
	Env      string // the environment variable that would hold it
}

func (e *KeyError) Error() string {
	return fmt.Sprintf("%s needs a key: set %s", e.Provider, e.Env)
}

// LengthError reports vectors that are not as long as others of the same model, so
// that they cannot be compared.
type LengthError struct {
	Provider, Model string
	Had, Came       int    // the numbers of dimensions
	Cached          bool   // those that were had are in the cache
	Advice          string // what the person can do
}

func (e *LengthError) Error() string {
	where := "where those before have"
	if e.Cached {
		where = "but the cache holds some of"
	}
	return fmt.Sprintf("%s gives vectors of %d dimensions for %s, %s %d; %s", e.Provider, e.Came, e.Model, where, e.Had, e.Advice)
}

// EmptyTextError reports a text with nothing to embed.
type EmptyTextError struct {
	Index int
	ID    string // the person's name for the text; may be empty
}

func (e *EmptyTextError) Error() string {
	return textName(e.Index, e.ID) + " is empty: there is nothing to embed"
}

// TextError reports a text that a model sees nothing in to embed.
type TextError struct {
	Index int    // in the request
	ID    string // the person's name for the text; may be empty
	Err   error
}

func (e *TextError) Error() string {
	return fmt.Sprintf("%s has no vector: %v", e.Name(), e.Err)
}

// Name is "text 13", or "text 13 (T12)" where it has an id.
func (e *TextError) Name() string { return textName(e.Index, e.ID) }

// LimitError reports a text that is longer than what a server reads, which told so.
type LimitError struct {
	Limit  int   // the most tokens that it reads in one text
	Tokens int   // how many the text has by its count; 0 when it does not say
	Err    error // the server's words
}

func (e *LimitError) Error() string { return e.Err.Error() }

// Unwrap gives the server's words.
func (e *LimitError) Unwrap() error { return e.Err }

// textName is "text 13", or "text 13 (T12)" of one that has an id.
func textName(index int, id string) string {
	if id == "" {
		return fmt.Sprintf("text %d", index+1)
	}
	return fmt.Sprintf("text %d (%.60s)", index+1, id)
}

// Unwrap gives the reason.
func (e *TextError) Unwrap() error { return e.Err }

// AtIndex makes an error about one text of a request name the text's place in
// what the request was made from. Other errors stay as they are.
func AtIndex(err error, index int) error {
	var empty *EmptyTextError
	if errors.As(err, &empty) {
		return &EmptyTextError{Index: index}
	}
	var nothing *TextError
	if errors.As(err, &nothing) {
		return &TextError{Index: index, Err: nothing.Err}
	}
	return err
}

// WithID makes an error about one text name the text's id too. Other errors stay
// as they are.
func WithID(err error, id string) error {
	var empty *EmptyTextError
	if errors.As(err, &empty) {
		return &EmptyTextError{Index: empty.Index, ID: id}
	}
	var nothing *TextError
	if errors.As(err, &nothing) {
		return &TextError{Index: nothing.Index, ID: id, Err: nothing.Err}
	}
	return err
}
