package session

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/loop"
)

// Lists is what is known of the reading of servers' lists of models.
type Lists struct {
	// Servers are those whose lists are read, in the order of the settings.
	Servers []string
	// Failed says why a list could not be read.
	Failed map[string]error
}

// Read notes how the reading of a list went.
func (l *Lists) Read(provider string, err error) {
	if err == nil {
		delete(l.Failed, provider)
		return
	}
	if l.Failed == nil {
		l.Failed = map[string]error{}
	}
	l.Failed[provider] = err
}

// RefreshLists reads the lists of all servers.
func (s *Session) RefreshLists() tea.Cmd {
	var cmds []tea.Cmd
	for _, provider := range s.lists.Servers {
		cmds = append(cmds, s.RefreshList(provider))
	}
	return tea.Batch(cmds...)
}

// RefreshList reads the list of a server, if it has one.
func (s *Session) RefreshList(provider string) tea.Cmd {
	read := s.readList
	if read == nil || !slices.Contains(s.lists.Servers, provider) {
		return nil
	}
	work := func(ctx context.Context) (string, error) { return read(ctx, provider) }
	return loop.Async(s.life, work, func(changes string, err error) tea.Cmd { return s.Listed(provider, changes, err) })
}

// Listed takes in how the reading of a list went: candidates may be found in it now.
func (s *Session) Listed(provider, changes string, err error) tea.Cmd {
	s.Touch()
	s.lists.Read(provider, err)
	s.emit(ListEvent{Provider: provider, Changes: changes, Err: err})
	return tea.Batch(s.resume(), s.askNews())
}

func (l *Lists) Rank(server string) int {
	if l.Failed[server] != nil {
		return 0
	}
	return 1
}

// GaveNoList tells that a server answered, but gave no list.
func GaveNoList(err error) bool {
	var refused *api.ServerError
	return errors.As(err, &refused) && refused.Status != 0
}
