package ui

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
)

// lists is what is known of the reading of servers' lists of models.
type lists struct {
	// servers are those whose lists are read, in the order of the settings.
	servers []string
	// failed says why a list could not be read.
	failed map[string]error
}

// read notes how the reading of a list went.
func (l *lists) read(provider string, err error) {
	if err == nil {
		delete(l.failed, provider)
		return
	}
	if l.failed == nil {
		l.failed = map[string]error{}
	}
	l.failed[provider] = err
}

// refreshLists reads the lists of all servers.
func (s *store) refreshLists() tea.Cmd {
	var cmds []tea.Cmd
	for _, provider := range s.lists.servers {
		cmds = append(cmds, s.refreshList(provider))
	}
	return tea.Batch(cmds...)
}

// refreshList reads the list of a server, if it has one.
func (s *store) refreshList(provider string) tea.Cmd {
	read := s.readList
	if read == nil || !slices.Contains(s.lists.servers, provider) {
		return nil
	}
	work := func(ctx context.Context) (string, error) { return read(ctx, provider) }
	return async(s.life, work, func(changes string, err error) tea.Cmd { return s.listed(provider, changes, err) })
}

// listed takes in how the reading of a list went: candidates may be found in it now.
func (s *store) listed(provider, changes string, err error) tea.Cmd {
	s.touch()
	s.lists.read(provider, err)
	s.emit(listEvent{provider: provider, changes: changes, err: err})
	return tea.Batch(s.resume(), s.askNews())
}

func (l *lists) rank(server string) int {
	if l.failed[server] != nil {
		return 0
	}
	return 1
}

// gaveNoList tells that a server answered, but gave no list.
func gaveNoList(err error) bool {
	var refused *api.ServerError
	return errors.As(err, &refused) && refused.Status != 0
}
