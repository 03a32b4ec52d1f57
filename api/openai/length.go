package openai

import (
	"fmt"
	"net/http"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
	"github.com/vecscope/vecscope/api/openai/internal/scrub"
)

// notVectors says why vectors of that length, the first of which is garbled or has
// one dimension, are none.
func notVectors(dims int) string {
	if dims == 1 {
		return "vectors of 1 dimension, which cannot be compared"
	}
	return fmt.Sprintf("vectors of %s that look like other data read as numbers", answer.Counted(dims, "dimension"))
}

// otherLength reports vectors that are not as long as those before.
func (c *Client) otherLength(header http.Header, model string, had, came int) *fault {
	f := c.unusable(header, fmt.Sprintf("vectors of %d and %s for one model", had, answer.Counted(came, "dimension")), faultyAnswer)
	f.Err = &api.LengthError{Provider: c.cfg.Name, Model: scrub.Clean(model), Had: had, Came: came, Advice: faultyAnswer}
	return f
}
