package candidate

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
)

// errStopped is session.ErrStopped as a person reads it.
var errStopped = errors.New("stopped before all had arrived")

// ErrorOf is why a candidate has no result, or not all of it, as a person reads it; nil
// when there is no reason.
func ErrorOf(c session.State) error {
	if errors.Is(c.Err, session.ErrStopped) {
		return errStopped
	}
	return c.Err
}

// OfError puts an error in short. Errors end with their advice after a semicolon
// where they have any.
func OfError(err error) Status {
	var refused *api.ServerError
	var noKey *api.KeyError
	var insecure *api.InsecureKeyError
	var absent *pipeline.NotReachableError
	var unknown *api.UnknownModelError
	switch {
	case errors.Is(err, session.ErrStopped):
		return Status{What: errStopped.Error(), Advice: "R goes on", Key: "R"}
	case errors.As(err, &refused):
		return refusal(refused)
	case errors.As(err, &noKey):
		return Status{What: "no key", Advice: "set " + noKey.Env}
	case errors.As(err, &insecure):
		return Status{What: "not asked: the key would go unencrypted to " + term.Safe(insecure.Host), Advice: "E asks whether to send it", Key: "E"}
	case errors.As(err, &absent):
		return Status{What: absent.Provider + " is not set up", Advice: "name its server in the settings file"}
	case errors.As(err, &unknown) && len(unknown.Known) == 0:
		return Status{What: "no such model", Advice: "start its server, then r on Models"}
	}
	text := term.Safe(err.Error())
	if at := strings.LastIndex(text, "; "); at > 0 {
		return Status{What: text[:at], Advice: text[at+2:]}
	}
	return Status{What: text}
}

// refusal is what a server, or the way to it, says in short.
func refusal(e *api.ServerError) Status {
	message := strings.TrimRight(term.Safe(e.Message), ". ")
	if message == "" {
		message = http.StatusText(e.Status)
	}
	s := Status{Advice: term.Safe(e.Advice)}
	switch e.Status {
	case 0:
		s.What = term.Safe(e.Provider) + ": " + message
	case http.StatusOK:
		s.What = "unusable answer: " + message
	default:
		s.What = fmt.Sprintf("%d: %s", e.Status, message)
	}
	if !e.OpensAt.IsZero() {
		s.Advice = "opens again at " + e.OpensAt.Local().Format("2006-01-02 15:04 MST")
	}
	return s
}

// Unavailable says of a model what it lacks before it can be asked, err being the
// reason why it cannot; nothing for nil.
func Unavailable(err error) Status {
	var noKey *api.KeyError
	var insecure *api.InsecureKeyError
	switch {
	case err == nil:
		return Status{}
	case errors.As(err, &noKey):
		return Status{What: "needs key", Advice: "set " + noKey.Env, joint: ": "}
	case errors.As(err, &insecure):
		return OfError(err)
	}
	return Status{What: err.Error()}
}

// UnavailableInFull is Unavailable where there is room to say what it means.
func UnavailableInFull(err error) string {
	var noKey *api.KeyError
	if errors.As(err, &noKey) {
		return fmt.Sprintf("needs an API key: set %s, or enter one with K; it can be selected without, and waits", noKey.Env)
	}
	return err.Error()
}

// adviceWithKey names the key that asks again in an advice that says to do so.
func adviceWithKey(c session.State, advice string) string {
	if c.Again == "" {
		return advice
	}
	const again, later = "try again", "try again later"
	switch {
	case strings.Contains(advice, later):
		return strings.Replace(advice, later, "press "+c.Again+" later to try again", 1)
	case strings.Contains(advice, again):
		return strings.Replace(advice, again, "press "+c.Again+" to try again", 1)
	case strings.Contains(advice, "ask once more"):
		return strings.Replace(advice, "ask once more", "press "+c.Again, 1)
	}
	return advice
}

// wholeError is the one line that tells everything, without what the candidate's
// name says already.
func wholeError(c session.State) string {
	err := ErrorOf(c)
	var refused *api.ServerError
	if errors.As(err, &refused) {
		keyed := *refused
		if keyed.Advice = adviceWithKey(c, refused.Advice); keyed.Advice == refused.Advice && keyed.Advice != "" && c.Again != "" {
			keyed.Advice += ", then press " + c.Again
		}
		if refused.Advice == "" && !refused.OpensAt.IsZero() && c.Again != "" {
			keyed.Advice = "press " + c.Again + " then"
		}
		err = &keyed
	}
	text := term.Safe(err.Error())
	var unknown *api.UnknownModelError
	if errors.As(err, &unknown) && len(unknown.Known) == 0 {
		text += "; " + OfError(err).Advice
	}
	return text
}
