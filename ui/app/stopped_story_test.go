package app

import (
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
	"github.com/vecscope/vecscope/ui/uitest"
)

// A local server that hangs, as a llama-server that was told to stop.
func TestAServerThatHangsIsWaitedForInWordsAndStoppedInWords(t *testing.T) {
	s := apitest.New(t, apitest.Options{Quick: true, Dialect: apitest.LlamaCPP})
	s.FailWhen(apitest.To("/embeddings"), apitest.Hang())
	o := uitest.ServerOptions(t, s, "llamacpp/"+s.Models()[0].ID+"@768")
	term := start(t, 100, 30, o)
	term.Press("3")
	term.WaitFor("embedding 0 of 3 texts", "esc stops")
	term.Press("esc")
	term.WaitFor("Stopped; what had arrived is kept. R computes the rest.")
	term.WaitGone("Working")
	term.WaitFor("Stopped; what had arrived is kept.")
}
