package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/ui/app"
)

func TestTheExplorerWritesIntoTheFileOfTheRequests(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	s.onTerminal(s.In, &s.out, &s.err)
	log := filepath.Join(s.getenv("HOME"), "debug.log")
	s.explore = func(ctx context.Context, o app.Options) error {
		wrote := make(chan error)
		go func() {
			for range 200 {
				if _, err := fmt.Fprintln(o.Debug, "a line of the explorer"); err != nil {
					wrote <- err
					return
				}
			}
			wrote <- nil
		}()
		for range 20 {
			if _, err := o.Refresh(ctx, "nanogpt"); err != nil {
				t.Error(err)
			}
		}
		return <-wrote
	}
	s.expect(t, ExitDone, "--debug "+log)
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	lines, requests := 0, 0
	request := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z nanogpt .*\n$`)
	for line := range strings.Lines(string(data)) {
		switch {
		case line == "a line of the explorer\n":
			lines++
		case request.MatchString(line):
			requests++
		default:
			t.Errorf("neither of the explorer nor of a request: %q", line)
		}
	}
	if lines != 200 || requests < 40 {
		t.Errorf("%d lines of the explorer and %d of requests", lines, requests)
	}
	s.keepsSecret(t, server.Key)
}

func TestWithoutItsFlagTheExplorerWritesNoLog(t *testing.T) {
	if o := newSession(t).openExplorer(t, ""); o.Debug != nil {
		t.Errorf("it is given %v to write to", o.Debug)
	}
}
