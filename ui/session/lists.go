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
	// unasked names those that are asked nothing before they have a key; nil names none.
	unasked func() []string
	// read reads the list of a server; nil cannot.
	read func(ctx context.Context, provider string) (changes string, err error)
	// forget forgets what a server has shown of its limits; nil has nothing to forget.
	forget func(provider string)
	find   func(ctx context.Context) (found []string)
	origin func(provider string) string
	failed map[string]error
	// open is how many readings and findings that the person has asked for are under
	// way, and models how many models there were when they began.
	open, models int
}

// ServerList is how the last reading of a server's list of models went.
type ServerList struct {
	Server string
	// Origin says in a few words where a server comes from that nobody has named; empty
	// for others.
	Origin string
	Err    error // why it could not be read; nil when it could, or was not yet
}

// Lists are the servers' lists of models.
type Lists struct{ session *Session }

// Lists are those of the servers that the settings name, and of those that were found.
func (s *Session) Lists() Lists { return Lists{s} }

// All are the lists in the order of the settings, those of found servers last.
func (l Lists) All() []ServerList {
	known := &l.session.lists
	out := make([]ServerList, len(known.servers))
	for i, server := range known.servers {
		out[i] = ServerList{server, l.Origin(server), known.failed[server]}
	}
	return out
}

// Origin says in a few words where a server comes from that nobody has named; empty for
// others.
func (l Lists) Origin(server string) string {
	if origin := l.session.lists.origin; origin != nil {
		return origin(server)
	}
	return ""
}

// Begin gives the command that reads the lists at the start and finds servers that run
// here.
func (l Lists) Begin() tea.Cmd { return tea.Batch(l.all()...) }

// all are the commands that find the servers that run here, and read the lists of those
// that are there already, but for those that are asked nothing before they have a key.
func (l Lists) all() []tea.Cmd {
	known := &l.session.lists
	cmds := []tea.Cmd{l.findServers()}
	var unasked []string
	if known.unasked != nil {
		unasked = known.unasked()
	}
	for _, provider := range known.servers {
		if !slices.Contains(unasked, provider) {
			cmds = append(cmds, l.Refresh(provider))
		}
	}
	return slices.DeleteFunc(cmds, func(cmd tea.Cmd) bool { return cmd == nil })
}

// RefreshAll is Begin for the person who asks for it, so that what servers have shown of
// their limits is found out anew, too. A ReadAgainEvent tells when all is done.
func (l Lists) RefreshAll() tea.Cmd {
	if forget := l.session.lists.forget; forget != nil {
		for _, provider := range l.session.lists.servers {
			forget(provider)
		}
	}
	cmds := l.all()
	l.session.lists.open += len(cmds)
	l.session.lists.models = len(l.session.engine.Catalog.Models())
	for i := range cmds {
		cmds[i] = l.counted(cmds[i])
	}
	return tea.Batch(cmds...)
}

// CanRefresh tells that there is anything to read again, and none of it is under way.
func (l Lists) CanRefresh() bool {
	known := &l.session.lists
	return known.open == 0 && known.read != nil && (len(known.servers) > 0 || known.find != nil)
}

// counted is a command for which RefreshAll waits.
func (l Lists) counted(cmd tea.Cmd) tea.Cmd {
	s := l.session
	return func() tea.Msg {
		done, ok := cmd().(loop.Done)
		if !ok {
			return nil // the program ends
		}
		return loop.Done(func() tea.Cmd {
			next := done()
			if s.lists.open--; s.lists.open == 0 {
				s.emit(ReadAgainEvent{More: max(len(s.engine.Catalog.Models())-s.lists.models, 0)})
			}
			return next
		})
	}
}

// findServers gives the command that looks for servers on this machine; nil when none
// are looked for.
func (l Lists) findServers() tea.Cmd {
	s, find := l.session, l.session.lists.find
	if find == nil {
		return nil
	}
	work := func(ctx context.Context) ([]string, error) { return find(ctx), nil }
	return loop.Async(s.life, work, func(found []string, _ error) tea.Cmd {
		s.Touch()
		var cmds []tea.Cmd
		for _, provider := range found {
			if !slices.Contains(s.lists.servers, provider) {
				s.lists.servers = append(s.lists.servers, provider)
				s.emit(FoundEvent{Provider: provider})
				cmds = append(cmds, l.Refresh(provider))
			}
		}
		return tea.Batch(append(cmds, s.resume())...)
	})
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
	s.nameInFull()
	if err == nil && s.costsNothingNow(provider) {
		return tea.Batch(s.schedule(0), s.askNews())
	}
	return tea.Batch(s.resume(), s.askNews())
}

// costsNothingNow lets candidates be asked again that cost nothing, after their server
// has answered: it was silent before, or its price was looked up while it had not said
// what it is. It tells whether there are any.
func (s *Session) costsNothingNow(provider string) (any bool) {
	for _, c := range s.candidates {
		m, err := s.Find(c.Model)
		if err != nil || m.Provider != provider || s.engine.Paid(m) {
			continue
		}
		var silent *api.ServerError
		if o := s.current.outcomes[c.ID()]; errors.As(o.err, &silent) && silent.Status == 0 {
			delete(s.current.outcomes, c.ID())
			any = true
		}
		any = any || s.job != nil && s.job.pending[c.ID()]
	}
	return any
}

// GaveNoList tells that a server answered, but gave no list.
func GaveNoList(err error) bool {
	var refused *api.ServerError
	return errors.As(err, &refused) && refused.Status != 0
}
