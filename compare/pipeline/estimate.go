package pipeline

import (
	"context"
	"fmt"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/spending"
)

// Estimate is what one source would take to embed.
type Estimate struct {
	Source Source
	// Role is as what the texts are sent, empty for texts compared with each other:
	// queries, and documents where those are sent otherwise, are for a search.
	Role api.Role
	// Candidates are the ids of the candidates made from the source.
	Candidates []string
	// Unavailable says why the source cannot be asked now, such as an
	// *api.KeyError; nil when it can. What it would cost is told nevertheless.
	Unavailable error
	// Paid tells that sending anything costs money, or may.
	Paid bool
	// Texts is how many different texts there are to embed, and Cached how many
	// of them are known already.
	Texts, Cached int
	// Refused is how many other texts the provider was asked for before and gave no
	// vector; they are not sent again.
	Refused int
	// Tokens is how many the texts have that would be sent, long ones cut.
	Tokens int
	// Estimated tells that Tokens was not counted with the model's own tokenizer.
	Estimated bool
	// USD is what sending them costs in US dollars. Without Priced some price is
	// unknown, which is not free, and USD is what the rest costs.
	USD    float64
	Priced bool
	// Long are the places of the texts with more tokens than the model reads.
	Long []int
}

// Missing is how many texts would be sent.
func (e Estimate) Missing() int { return e.Texts - e.Cached }

// Sends tells that money would be spent.
func (e Estimate) Sends() bool { return e.Paid && e.Missing() > 0 }

// Cost is what sending the missing texts takes.
func (e Estimate) Cost() spending.Cost {
	return spending.Cost{
		Model: e.Source.Model, Paid: e.Paid, Texts: e.Missing(), Tokens: e.Tokens, Estimated: e.Estimated, USD: e.USD, Priced: e.Priced,
	}
}

// Costs are those of several sources.
func Costs(estimates []Estimate) []spending.Cost {
	costs := make([]spending.Cost, len(estimates))
	for i, e := range estimates {
		costs[i] = e.Cost()
	}
	return costs
}

// Sendable are the estimates of the sources that can be asked.
func Sendable(estimates []Estimate) []Estimate {
	var list []Estimate
	for _, e := range estimates {
		if e.Unavailable == nil {
			list = append(list, e)
		}
	}
	return list
}

// Total adds up what the paid sources would take.
func Total(estimates []Estimate) Estimate {
	sum := Estimate{Priced: true}
	for _, e := range estimates {
		if !e.Paid {
			continue
		}
		sum.Paid = true
		sum.Candidates = append(sum.Candidates, e.Candidates...)
		sum.Texts += e.Texts
		sum.Cached += e.Cached
		sum.Refused += e.Refused
		sum.Tokens += e.Tokens
		sum.Estimated = sum.Estimated || e.Estimated && e.Missing() > 0
		sum.USD += e.USD
		sum.Priced = sum.Priced && (e.Priced || e.Missing() == 0)
	}
	return sum
}

// Paid tells whether asking for the model's vectors costs money or may: an
// unknown price is not free, except at a provider where nothing costs anything.
func (e *Engine) Paid(m api.Model) bool {
	unpaid := !m.Elsewhere && e.Unpaid != nil && e.Unpaid(m.Provider)
	return m.Source != api.SourceBinary && !m.Free() && !unpaid
}

// Wanted is a candidate, and what is asked for it.
type Wanted struct {
	Candidate api.Candidate
	Source    Source
}

// Estimate tells what the candidates' sources would take for texts, in the order
// of the candidates; Estimate.Unavailable marks those that cannot be asked.
// long tells what becomes of texts that are too long, and count counts a text's
// tokens. The error is ctx's.
func (e *Engine) Estimate(ctx context.Context, wanted []Wanted, texts []string, long Long, count func(string) int) ([]Estimate, error) {
	var out []Estimate
	place := map[string]int{}
	count = counted(count)
	for _, w := range wanted {
		at, ok := place[w.Source.Key()]
		if !ok {
			est, err := e.EstimateSource(ctx, w.Source, texts, nil, long, count)
			if err != nil {
				return nil, err
			}
			at = len(out)
			place[w.Source.Key()] = at
			out = append(out, est)
		}
		out[at].Candidates = append(out[at].Candidates, w.Candidate.ID())
	}
	return out, nil
}

// counted is count that counts each text once, whichever sources it is for.
func counted(count func(string) int) func(string) int {
	known := map[string]int{}
	return func(text string) int {
		n, ok := known[text]
		if !ok {
			n = count(text)
			known[text] = n
		}
		return n
	}
}

// EstimateSource tells what one source would take for texts beyond what before,
// which may be nil, already holds; long tells what becomes of texts that are too
// long. The error is ctx's.
func (e *Engine) EstimateSource(ctx context.Context, s Source, texts []string, before *Embedding, long Long, count func(string) int) (Estimate, error) {
	return e.estimate(ctx, s, texts, before, long, count, true)
}

// estimate is EstimateSource; ask tells whether the provider is asked what it
// knows.
func (e *Engine) estimate(ctx context.Context, s Source, texts []string, before *Embedding, long Long, count func(string) int, ask bool) (Estimate, error) {
	est := Estimate{Source: s, Unavailable: e.Available(s.Model), Paid: e.Paid(s.Model), Estimated: !s.Model.CountsExactly()}
	held, refused := before.known(), before.refused()
	seen := map[string]bool{}
	var missing []string
	for i, t := range texts {
		if err := ctx.Err(); err != nil {
			return Estimate{}, err
		}
		if strings.TrimSpace(t) == "" {
			continue
		}
		sent, ok := t, true
		if cutsHere(s.Model) && s.tooLong(t, count) {
			est.Long = append(est.Long, i)
			sent, ok = s.fit(t, long, count)
		}
		if !ok || seen[t] {
			continue
		}
		seen[t] = true
		if _, ok := refused[t]; ok {
			est.Refused++
			continue
		}
		est.Texts++
		if _, ok := held[t]; ok {
			est.Cached++
			continue
		}
		missing = append(missing, sent)
	}
	known := make([]bool, len(missing))
	if ask {
		known = e.knownOf(ctx, s, missing)
	}
	if err := est.add(ctx, missing, known, count); err != nil {
		return Estimate{}, err
	}
	return est, nil
}

// knownOf asks the provider which of the texts it knows. A cache that cannot be
// read knows nothing; what it holds is then paid for again, and the estimate must
// say so.
func (e *Engine) knownOf(ctx context.Context, s Source, texts []string) []bool {
	if p, ok := e.Providers[s.Model.Provider]; ok && len(texts) > 0 && !s.Fresh {
		req := api.Request{Model: s.Model.ID, Dimensions: s.Dimensions, Prefix: s.Prefix, Field: s.Field, Texts: texts}
		if told, err := p.Known(ctx, req); err == nil && len(told) == len(texts) {
			return told
		}
	}
	return make([]bool, len(texts))
}

// add counts the texts that must be sent because they are not known, and says
// what that costs.
func (est *Estimate) add(ctx context.Context, texts []string, known []bool, count func(string) int) error {
	for i, t := range texts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if known[i] {
			est.Cached++
			continue
		}
		est.Tokens += count(est.Source.Prefix + t)
	}
	est.USD, est.Priced = est.Source.Model.Cost(est.Tokens)
	if !est.Paid {
		est.USD, est.Priced = 0, true
	}
	return nil
}

// Long tells what becomes of texts with more tokens than a model reads.
type Long int

const (
	// LongSent sends them as they are and leaves it to the provider.
	LongSent Long = iota
	// LongCut sends as much of their beginning as the model reads.
	LongCut
	// LongLeftOut does not send them: they have no vector.
	LongLeftOut
)

// LongTextError reports a text that was left out because it is too long.
type LongTextError struct{ MaxTokens int }

func (e *LongTextError) Error() string {
	return fmt.Sprintf("left out: longer than the %d tokens that the model reads", e.MaxTokens)
}

// cutsHere tells whether too long texts are dealt with before they are sent: the
// models inside the binary cut them exactly, and say so.
func cutsHere(m api.Model) bool { return m.Source != api.SourceBinary }

// tooLong tells whether a text with the prefix has more tokens than the model
// reads.
func (s Source) tooLong(text string, count func(string) int) bool {
	most := s.Model.MaxTokens
	// No token is shorter than a byte.
	return most > 0 && len(s.Prefix)+len(text) > most && count(s.Prefix+text) > most
}

// fit gives what is sent of a text that is too long; ok is false for nothing.
func (s Source) fit(text string, long Long, count func(string) int) (sent string, ok bool) {
	switch long {
	case LongCut:
		sent = s.cut(text, count)
		return sent, sent != "" // a prefix can leave no room at all
	case LongLeftOut:
		return "", false
	default:
		return text, true
	}
}

// CutTo is how many tokens are sent of a text that a model does not read whole, by
// the program's own count. Where that is only an estimate, which may be too low, a
// quarter of what the model reads is kept in reserve; reserved tells so.
func CutTo(m api.Model) (tokens int, reserved bool) {
	if m.CountsExactly() {
		return m.MaxTokens, false
	}
	return m.MaxTokens - m.MaxTokens/4, true
}

// cut gives the beginning of a text that the model reads after the prefix.
func (s Source) cut(text string, count func(string) int) string {
	limit, _ := CutTo(s.Model)
	return s.beginning(text, limit, count)
}

// beginning is as much of a text as has that many tokens after the prefix.
func (s Source) beginning(text string, limit int, count func(string) int) string {
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high {
		middle := (low + high + 1) / 2
		if count(s.Prefix+string(runes[:middle])) <= limit {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return string(runes[:low])
}
