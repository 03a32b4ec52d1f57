package api

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Kind tells what a catalog row does with texts.
type Kind string

const (
	// KindEmbedding turns one text into one vector.
	KindEmbedding Kind = "embedding"
	// KindReranker scores a query against a text and has no vectors; some
	// servers list such models among the embedding models.
	KindReranker Kind = "reranker"
)

// Source tells where a catalog row comes from.
type Source string

const (
	// SourceBinary marks models that live inside the binary.
	SourceBinary Source = "binary"
	// SourceSnapshot marks rows of the catalog compiled into the binary.
	SourceSnapshot Source = "snapshot"
	// SourceCached marks rows of a server's list remembered from an earlier run.
	SourceCached Source = "cached"
	// SourceLive marks rows read from the server in this run.
	SourceLive Source = "live"
	// SourceConfig marks rows that the settings file names.
	SourceConfig Source = "config"
	// SourceAsked marks rows of models that no list has and a person asks for all the
	// same.
	SourceAsked Source = "asked"
)

// Mark tells what the server's newest list changed about a row.
type Mark string

const (
	// MarkNew marks models that the list before did not have.
	MarkNew Mark = "new"
	// MarkChanged marks models of which the list before said something else; a
	// note tells what.
	MarkChanged Mark = "changed"
	// MarkVanished marks models that the list no longer has; what is said of them
	// is what was known last.
	MarkVanished Mark = "vanished"
)

// Model is one row of a provider's catalog.
type Model struct {
	// Provider is the first segment of the reference: "local", "nanogpt", ….
	Provider string
	// ID is the model's name at its provider, e.g. "BAAI/bge-m3".
	ID string
	// Name is what people call it, e.g. "BGE M3".
	Name string
	// Owner is who made it, e.g. "baai".
	Owner string
	// Kind is KindEmbedding for everything that can be a candidate.
	Kind Kind
	// Description says in a sentence or two what it is.
	Description string
	// Dimensions is the length of its vectors when nothing else is asked; 0 is unknown.
	Dimensions int
	// MaxDimensions is the most that can be asked for; 0 when unknown or the same.
	MaxDimensions int
	// MinDimensions is the least that can be asked for; 0 is unknown.
	MinDimensions int
	// NativeDimensions is the length the model card gives; 0 is unknown.
	NativeDimensions int
	// ListedDimensions is what the list said before vectors of another length came,
	// which is what Dimensions has now; 0 when nothing contradicts the list.
	ListedDimensions int
	// SupportsDimensions tells whether the provider can be asked for shorter vectors.
	SupportsDimensions bool
	// Matryoshka names the dimensions the model was trained to be cut to
	// ("any 1..1536"); empty when it was not trained for truncation.
	Matryoshka string
	// MaxTokens is the longest text it reads, in its own tokens; 0 is unknown.
	MaxTokens int
	// Price is US dollars per million tokens; nil is unknown, which is not free.
	Price *float64
	// Languages names what it reads: "English", "100+ languages".
	Languages string
	// Use names what it is good for, in a few words.
	Use string
	// Roles are how texts are sent to it as queries, as documents, and to be compared
	// with each other.
	Roles Roles
	// Notes are facts worth knowing before choosing it, one sentence each.
	Notes []string
	// Tokenizer names the encoding that counts its tokens exactly
	// ("cl100k_base"); empty when counts are estimates.
	Tokenizer string
	// Unlikely tells that the model stands on a list of models of all kinds, and nothing
	// there says that it embeds texts. It can be asked all the same.
	Unlikely bool `json:",omitempty"`
	// Elsewhere tells that the server passes what this model is sent on to another
	// machine, where it may cost something whatever the server itself costs.
	Elsewhere bool `json:",omitempty"`
	// KeyEnv names the environment variable that must hold the provider's key;
	// empty when no key is needed.
	KeyEnv string
	// Identity is what the server tells of the model behind the name, by which another
	// that takes its place is noticed; empty where it tells nothing.
	Identity Identity
	// Source tells where the row comes from.
	Source Source
	// Listed is when the server's list that the row comes from was read; zero when
	// it comes from none.
	Listed time.Time
	// Mark tells what the newest list changed about it; empty is nothing.
	Mark Mark
}

// Ref is the model's full name, provider first: "nanogpt/BAAI/bge-m3".
func (m Model) Ref() string { return m.Provider + "/" + m.ID }

// EnglishOnly tells that the model reads English and no other language.
func (m Model) EnglishOnly() bool { return m.Languages == "English" }

// Limit is the largest number of dimensions that can be asked for; 0 is unknown.
func (m Model) Limit() int { return max(m.Dimensions, m.MaxDimensions) }

// WithDimensions is the row with the length of vectors that came in place of the
// listed one, which it names.
func (m Model) WithDimensions(came int) Model {
	if came == m.Dimensions {
		return m
	}
	if m.Dimensions > 0 {
		m.Notes = append(slices.Clone(m.Notes), fmt.Sprintf("The list says %d dimensions; its vectors have %d.", m.Dimensions, came))
	}
	m.ListedDimensions, m.Dimensions = m.Dimensions, came
	if !m.SupportsDimensions || m.MaxDimensions < came {
		m.MaxDimensions = came
	}
	return m
}

// WithMaxTokens is the row with what its server said that it reads in place of the
// listed number, which it names. Only less than that is news: what a list says may be
// more than the server was started for.
func (m Model) WithMaxTokens(reads int) Model {
	if reads < 1 || m.MaxTokens > 0 && reads >= m.MaxTokens {
		return m
	}
	if m.MaxTokens > 0 {
		m.Notes = append(slices.Clone(m.Notes), fmt.Sprintf("The list says that it reads %d tokens; its server reads %d.", m.MaxTokens, reads))
	}
	m.MaxTokens = reads
	return m
}

// WithSettings is the row as the settings have it: what their row says counts, where
// it says anything.
func (m Model) WithSettings(row Model) Model {
	m.Name = cmp.Or(row.Name, m.Name)
	m.Description = cmp.Or(row.Description, m.Description)
	m.Dimensions = cmp.Or(row.Dimensions, m.Dimensions)
	m.MaxDimensions = cmp.Or(row.MaxDimensions, m.MaxDimensions)
	m.SupportsDimensions = row.SupportsDimensions || m.SupportsDimensions
	m.MaxTokens = cmp.Or(row.MaxTokens, m.MaxTokens)
	m.Price = cmp.Or(row.Price, m.Price)
	return m
}

// CountsExactly tells whether the program's own tokenizer is the model's.
func (m Model) CountsExactly() bool { return m.Tokenizer == "cl100k_base" }

// Free tells whether the price is known to be zero.
func (m Model) Free() bool { return m.Price != nil && *m.Price == 0 }

// Cost is what embedding that many tokens costs in US dollars; ok is false
// when the price is unknown.
func (m Model) Cost(tokens int) (usd float64, ok bool) {
	if m.Price == nil {
		return 0, false
	}
	return *m.Price * float64(tokens) / 1e6, true
}

// Unselectable gives the reason why the model cannot be a candidate at all;
// empty when it can.
func (m Model) Unselectable() string {
	if m.Kind == KindReranker {
		return "a reranker scores a query against a text and has no vectors to compare"
	}
	return ""
}

// mostDimensions is the most that is asked of a model whose limit is unknown: more
// than any model has, and little enough to hold.
const mostDimensions = 1 << 16

// CheckDimensions tells whether the model's vectors can have that length, be it
// from the provider or by cutting longer ones. The error is a *DimensionsError.
func (m Model) CheckDimensions(n int) error {
	limit := m.Limit()
	if limit == 0 {
		limit = mostDimensions
	}
	if n < 1 || n > limit {
		return &DimensionsError{Ref: m.Ref(), Asked: n, Limit: limit}
	}
	return nil
}

// DimensionsError reports a number of dimensions that a model cannot give.
type DimensionsError struct {
	Ref   string
	Asked int
	Limit int // the most that can be asked for
}

func (e *DimensionsError) Error() string {
	return fmt.Sprintf("%s cannot have %d dimensions: ask for 1 to %d", e.Ref, e.Asked, e.Limit)
}
