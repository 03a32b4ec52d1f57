package session

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/loop"
)

// serverLists is what is known of the reading of servers' lists of models.
type serverLists struct {
	servers []string
	// read reads the list of a server; nil cannot.
	read   func(ctx context.Context, provider string) (changes string, err error)
	failed map[string]error
}

// ServerList is how the last reading of a server's list of models went.
type ServerList struct {
	Server string
	Err    error // why it could not be read; nil when it could, or was not yet
}

// Lists are the servers' lists of models.
type Lists struct{ session *Session }

// Lists are those of the servers that the settings name.
func (s *Session) Lists() Lists { return Lists{s} }

// All are the lists in the order of the settings.
func (l Lists) All() []ServerList {
	known := &l.session.lists
	out := make([]ServerList, len(known.servers))
	for i, server := range known.servers {
		out[i] = ServerList{server, known.failed[server]}
	}
	return out
}

// RefreshAll gives the command that reads the lists of all servers.
func (l Lists) RefreshAll() tea.Cmd {
	var cmds []tea.Cmd
	for _, provider := range l.session.lists.servers {
		cmds = append(cmds, l.Refresh(provider))
	}
	return tea.Batch(cmds...)
}

// Refresh gives the command that reads the list of a server; nil when it has none. A
// ListEvent tells how that went.
func (l Lists) Refresh(provider string) tea.Cmd {
	s, read := l.session, l.session.lists.read
	if read == nil || !slices.Contains(s.lists.servers, provider) {
		return nil
	}
	work := func(ctx context.Context) (string, error) { return read(ctx, provider) }
	return loop.Async(s.life, work, func(changes string, err error) tea.Cmd { return s.listed(provider, changes, err) })
}

// listed takes in how the reading of a list went: candidates may be found in it now.
func (s *Session) listed(provider, changes string, err error) tea.Cmd {
	s.Touch()
	if delete(s.lists.failed, provider); err != nil {
		s.lists.failed[provider] = err
	}
	s.emit(ListEvent{Provider: provider, Changes: changes, Err: err})
	return tea.Batch(s.resume(), s.askNews())
}

// GaveNoList tells that a server answered, but gave no list.
func GaveNoList(err error) bool {
	var refused *api.ServerError
	return errors.As(err, &refused) && refused.Status != 0
}
