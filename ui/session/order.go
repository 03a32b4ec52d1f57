package session

import (
	"context"
	"errors"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/ui/loop"
)

// OrderMode is the order in which matrices show the texts.
type OrderMode int

const (
	OrderAuto       OrderMode = iota // nobody has chosen: by group where there are groups, else by similarity
	OrderGiven                       // as the corpus has them
	OrderGroup                       // texts of a group together
	OrderSimilarity                  // similar texts beside each other
	OrderModes                       // how many there are
)

// orderKeys name the orders in the remembered state.
var orderKeys = [OrderModes]string{"", "as given", "by group", "by similarity"}

// Key names the order in the remembered state.
func (o OrderMode) Key() string { return orderKeys[o] }

// DisplayOrder gives the indices of the texts that matrices show, in the order in which
// they do: all of them, or those that are selected. While an order by similarity is being
// computed it is the last such one, or the given one.
func (s *Session) DisplayOrder() []int { return s.shownOf(s.wholeOrder()) }

// wholeOrder is the order of all texts.
func (s *Session) wholeOrder() []int {
	switch s.Order() {
	case OrderGroup:
		return s.current.groupOrder()
	case OrderSimilarity:
		if lead, ok := s.Reference(); ok {
			if order := s.current.orders[lead.ID()]; order != nil {
				return order
			}
		}
		if s.current.previousOrder != nil {
			return s.current.previousOrder
		}
	}
	return s.current.givenOrder()
}

// Reference is the candidate whose similarities order the texts: the first that is
// ready.
func (s *Session) Reference() (State, bool) {
	ready := s.Ready()
	if len(ready) == 0 {
		return State{}, false
	}
	return ready[0], true
}

// Order is the order of the texts that was chosen last, never OrderAuto: where nobody has
// chosen it is by group where a text has one, else by similarity. Of more texts than a
// matrix can help with it is the given one, which costs nothing.
func (s *Session) Order() OrderMode {
	switch {
	case s.order != OrderAuto:
		return s.order
	case s.HasGroups():
		return OrderGroup
	case len(s.current.texts) <= compare.DenseLimit:
		return OrderSimilarity
	}
	return OrderGiven
}

// HasGroups tells whether a text that is shown has a group.
func (s *Session) HasGroups() bool { return s.current.grouped() }

// SetOrder changes the order of the texts, and gives the command that computes it
// where it is not known.
func (s *Session) SetOrder(o OrderMode) tea.Cmd {
	s.order = o
	s.unsaved = true
	return s.ensureOrder()
}

// ensureDerived computes what follows from the results and is wanted.
func (s *Session) ensureDerived() tea.Cmd { return tea.Batch(s.ensureOrder(), s.ensureTrial()) }

// ensureOrder computes the order by similarity where it is wanted and missing.
func (s *Session) ensureOrder() tea.Cmd {
	lead, ok := s.Reference()
	if s.Order() != OrderSimilarity || !ok {
		return nil
	}
	if _, known := s.current.orders[lead.ID()]; known {
		return nil
	}
	if s.orderCancel != nil {
		s.orderCancel()
	}
	// What was under way ends unfinished.
	maps.DeleteFunc(s.current.orders, func(_ string, order []int) bool { return order == nil })
	s.current.orders[lead.ID()] = nil // under way
	var ctx context.Context
	ctx, s.orderCancel = context.WithCancel(s.life)
	id, matrix, revision := lead.ID(), lead.Result.Matrix, s.current.revision
	work := func(ctx context.Context) ([]int, error) { return compare.OrderBySimilarity(ctx, matrix) }
	return loop.Async(ctx, work, func(order []int, err error) tea.Cmd {
		switch {
		case revision != s.current.revision || errors.Is(err, context.Canceled):
		case err != nil:
			s.emit(FailedEvent{err})
		default:
			s.current.orders[id], s.current.previousOrder = order, order
		}
		return nil
	})
}

func (c *comparison) givenOrder() []int {
	if c.given == nil {
		c.given = make([]int, len(c.texts))
		for i := range c.given {
			c.given[i] = i
		}
	}
	return c.given
}

func (c *comparison) groupOrder() []int {
	if c.byGroup == nil {
		groups := make([]string, len(c.texts))
		for i, t := range c.texts {
			groups[i] = t.Group
		}
		c.byGroup = compare.OrderByGroup(groups)
	}
	return c.byGroup
}

// IndexIn is where a text stands in the order shown; 0 when it is not there.
func IndexIn(order []int, text int) int {
	return max(slices.Index(order, text), 0)
}
