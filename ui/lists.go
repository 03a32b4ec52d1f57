package ui

import (
	"errors"
	"time"

	"github.com/vecscope/vecscope/api"
)

// lists is what is known of the reading of servers' lists of models.
type lists struct {
	// servers are those whose lists are read, in the order of the settings.
	servers []string
	// failed says why a list could not be read.
	failed map[string]error
	// now is when the lists' ages were told last.
	now time.Time
}

// read notes how the reading of a list went.
func (l *lists) read(msg listMsg) {
	if msg.err == nil {
		delete(l.failed, msg.provider)
		return
	}
	if l.failed == nil {
		l.failed = map[string]error{}
	}
	l.failed[msg.provider] = msg.err
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
