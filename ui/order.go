package ui

import (
	"context"
	"errors"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare"
)

// orderMode is the order in which matrices show the texts.
type orderMode int

const (
	orderGiven orderMode = iota
	orderGroup
	orderSimilarity
	orderModes // how many there are
)

var orderNames = [orderModes]string{"as given", "by group", "by similarity"}

func (o orderMode) String() string { return orderNames[o] }

// displayOrder gives the texts' indices in the order in which matrices show
// them. While an order by similarity is being computed it is the last such one,
// or the given one.
func (s *store) displayOrder() []int {
	switch s.order {
	case orderGroup:
		return s.current.groupOrder()
	case orderSimilarity:
		if lead, ok := s.reference(); ok {
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

// reference is the candidate whose similarities order the texts: the first that is
// ready.
func (s *store) reference() (candidateState, bool) {
	ready := s.ready()
	if len(ready) == 0 {
		return candidateState{}, false
	}
	return ready[0], true
}

// setOrder changes the order of the texts.
func (s *store) setOrder(o orderMode) tea.Cmd {
	s.order = o
	s.unsaved = true
	return s.ensureOrder()
}

// ensureOrder computes the order by similarity where it is wanted and missing.
func (s *store) ensureOrder() tea.Cmd {
	lead, ok := s.reference()
	if s.order != orderSimilarity || !ok {
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
	id, matrix, revision := lead.ID(), lead.result.Matrix, s.current.revision
	work := func(ctx context.Context) ([]int, error) { return compare.OrderBySimilarity(ctx, matrix) }
	return async(ctx, work, func(order []int, err error) tea.Cmd {
		switch {
		case revision != s.current.revision || errors.Is(err, context.Canceled):
		case err != nil:
			s.emit(failedEvent{err})
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

// hasGroups tells whether any text belongs to a group.
func (s *store) hasGroups() bool {
	for _, t := range s.texts() {
		if t.Group != "" {
			return true
		}
	}
	return false
}

// indexIn is where a text stands in the order shown; 0 when it is not there.
func indexIn(order []int, text int) int {
	return max(slices.Index(order, text), 0)
}
