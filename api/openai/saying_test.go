package openai

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
)

// saidTo asks a server that says so for eight texts, the sixth of which is at fault, and
// gives what comes and the requests that it took.
func saidTo(t *testing.T, said apitest.Saying, times int) (got api.Result, requests int, err error) {
	t.Helper()
	s := apitest.New(t, apitest.Options{Dialect: apitest.Generic, Quick: true})
	if times > 0 {
		s.Fail(slices.Repeat([]apitest.Fault{said.Fault()}, times)...)
	} else {
		s.FailWhen(apitest.Always(), said.Fault())
	}
	texts := numbered(8)
	texts[5] = apitest.Said + " " + words(200)
	c, _ := patient(t, s)
	got, err = c.Embed(t.Context(), api.Request{Model: s.Models()[0].ID, Texts: texts})
	return got, len(s.Requests()), err
}

// whole counts the vectors that came.
func whole(got api.Result) (n int) {
	for _, v := range got.Vectors {
		if v != nil {
			n++
		}
	}
	return n
}

func TestWhatRealServersSayIsTakenForWhatItMeans(t *testing.T) {
	for _, said := range apitest.Sayings() {
		t.Run(said.Name, func(t *testing.T) {
			t.Parallel()
			times := 0
			if said.Cause == apitest.CauseMoment {
				times = 2
			}
			got, requests, err := saidTo(t, said, times)
			switch said.Cause {
			case apitest.CauseText:
				if err != nil || whole(got) != 7 || got.Failed[5] == nil || requests > 12 {
					t.Errorf("%d vectors in %d requests, failed %v, %v", whole(got), requests, got.Failed, err)
				}
				var limit *api.LimitError
				if errors.As(got.Failed[5], &limit) != (said.Limit > 0) || said.Limit > 0 && limit.Limit != said.Limit {
					t.Errorf("the limit is not learnt: %v", got.Failed[5])
				}
			case apitest.CauseBatch:
				most := 3
				if said.Status == http.StatusFailedDependency { // which may pass, and is asked again
					most += maxAttempts - 1
				}
				if err != nil || whole(got) != 8 || requests > most {
					t.Errorf("%d vectors in %d requests, failed %v, %v", whole(got), requests, got.Failed, err)
				}
			case apitest.CauseMoment:
				if err != nil || whole(got) != 8 || requests != 3 {
					t.Errorf("%d vectors in %d requests, %v", whole(got), requests, err)
				}
			case apitest.CauseServer:
				var server *api.ServerError
				if !errors.As(err, &server) || whole(got) != 0 || requests > 1 {
					t.Fatalf("%d vectors in %d requests, %v", whole(got), requests, err)
				}
				if server.Advice == "" || strings.Contains(server.Advice, "shorten") {
					t.Errorf("what to do is not said: %v", err)
				}
			}
		})
	}
}
