package session

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui/loop"
)

// mostDoubts is how many pairs are suggested at once.
const mostDoubts = 500

// Doubts looks for the pairs that tell most when they are marked, those on which the
// candidates disagree most by rank, and hands them to then, by the indices of the
// results' texts. Pairs that are marked are none of them, nor those of the same words;
// of several of the same two wordings there is one. Those that no label says anything of
// come first. What was found of texts that have changed meanwhile is dropped, and so is
// what an earlier call still looks for. The error says what could not be compared.
func (l Labels) Doubts(then func(pairs [][2]int, err error) tea.Cmd) tea.Cmd {
	s := l.session
	if s.labelled.endDoubts != nil {
		s.labelled.endDoubts()
	}
	var ctx context.Context
	ctx, s.labelled.endDoubts = context.WithCancel(s.life)
	return l.DoubtsUntil(ctx, func(pairs [][2]int, err error) tea.Cmd {
		s.labelled.endDoubts()
		return then(pairs, err)
	})
}

// DoubtsUntil is [Labels.Doubts] beside other calls: what it looks for is dropped when ctx
// ends.
func (l Labels) DoubtsUntil(ctx context.Context, then func(pairs [][2]int, err error) tea.Cmd) tea.Cmd {
	s := l.session
	var scans []*compare.Scan
	var matrices []*compare.Matrix
	for _, c := range s.Ready() {
		scans, matrices = append(scans, c.Result.Scan), append(matrices, c.Result.Matrix)
	}
	revision := s.current.revision
	work := func(ctx context.Context) ([][2]int32, error) {
		return compare.Disagreements(ctx, scans, matrices, mostDoubts)
	}
	return loop.Async(ctx, work, func(pairs [][2]int32, err error) tea.Cmd {
		if ctx.Err() != nil || s.current.revision != revision {
			return nil
		}
		if err != nil {
			return then(nil, fmt.Errorf("looking for pairs that the models rank differently: %w", err))
		}
		return then(l.unmarked(pairs), nil)
	})
}

// unmarked are those of some pairs that the person has not marked; those that a label
// speaks of come last.
func (l Labels) unmarked(pairs [][2]int32) [][2]int {
	var open, labelled [][2]int
	tied, texts := l.Tied(), l.session.current.texts
	seen := map[[2]string]bool{}
	for _, p := range pairs {
		a, b := int(p[0]), int(p[1])
		words := [2]string{min(texts[a].Text, texts[b].Text), max(texts[a].Text, texts[b].Text)}
		if words[0] == words[1] || seen[words] || l.Marked(a, b) != "" {
			continue
		}
		seen[words] = true
		if _, known := tied.Same(a, b); known {
			labelled = append(labelled, [2]int{a, b})
		} else {
			open = append(open, [2]int{a, b})
		}
	}
	return append(open, labelled...)
}
