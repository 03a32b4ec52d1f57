package api

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestServerErrorsSayWhatWhyAndWhatToDo(t *testing.T) {
	for _, c := range []struct {
		err  ServerError
		want string
	}{
		{ServerError{Provider: "nanogpt", Status: 402, Message: "Insufficient balance.", Advice: "add credit", RequestID: "r1"},
			"nanogpt answered 402 Payment Required: Insufficient balance; add credit [request r1]"},
		{ServerError{Provider: "nanogpt", Status: 404, Code: "model_not_found", Message: "no model x"},
			"nanogpt answered 404 Not Found: no model x (model_not_found)"},
		{ServerError{Provider: "nanogpt", Status: 400, Code: "bad_input", Message: "bad_input: too short"},
			"nanogpt answered 400 Bad Request: bad_input: too short"},
		{ServerError{Provider: "mine", Status: 200, Message: "2 vectors for 3 texts"},
			"mine answered 200: 2 vectors for 3 texts"},
		{ServerError{Provider: "mine", Message: "cannot be reached"},
			"mine: cannot be reached"},
		{ServerError{Provider: "mine", Status: 599},
			"mine answered 599"},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("%+v reads\n%s\nwant\n%s", c.err, got, c.want)
		}
	}
}

func TestServerErrorSaysWhenItOpensAgain(t *testing.T) {
	at := time.Date(2030, 1, 2, 3, 4, 0, 0, time.Local)
	err := &ServerError{Provider: "nanogpt", Status: 429, Message: "daily limit", OpensAt: at}
	if !strings.Contains(err.Error(), "opens again at 2030-01-02 03:04 "+at.Format("MST")) {
		t.Errorf("the time is missing: %v", err)
	}
}

func TestServerErrorLetsItsCauseBeFound(t *testing.T) {
	err := fmt.Errorf("embedding: %w", &ServerError{Provider: "p", Err: context.DeadlineExceeded})
	var server *ServerError
	if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &server) {
		t.Errorf("%v hides its cause", err)
	}
}
