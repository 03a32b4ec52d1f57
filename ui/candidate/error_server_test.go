package candidate_test

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/candidate"
)

// A model of a server that was found here is unknown as long as that does not run.
func TestAModelOfAServerThatDoesNotRunSaysHowItComesBack(t *testing.T) {
	got := candidate.OfError(&api.UnknownModelError{Ref: "llamacpp/mini"})
	if got.What != "no such model" || !strings.Contains(got.Advice, "start its server, then r on Models") {
		t.Errorf("%+v", got)
	}
	if got := candidate.OfError(&api.UnknownModelError{Ref: "own/typo", Known: []string{"own/type"}}); got.Advice != "did you mean own/type?" {
		t.Errorf("%+v", got)
	}
}
