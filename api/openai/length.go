package openai

import (
	"fmt"
	"math"
	"net/http"

	"github.com/vecscope/vecscope/api"
)

// No model gives values beyond these, not even before they are normalised. Bytes
// of something else that are read as floats have every exponent there is.
const (
	leastSane = 1e-18
	mostSane  = 1e6
)

// garbled tells whether a vector is something else that was read as numbers: of its
// values beside zero many are senselessly large, and many senselessly small.
func garbled(v []float32) bool {
	some, small, large := 0, 0, 0
	for _, x := range v {
		switch size := math.Abs(float64(x)); {
		case size == 0:
			continue
		case size < leastSane:
			small++
		case size > mostSane:
			large++
		}
		some++
	}
	return small*10 > some && large*10 > some
}

// notVectors says why vectors of that length, the first of which is garbled or has
// one dimension, are none.
func notVectors(dims int) string {
	if dims == 1 {
		return "vectors of 1 dimension, which cannot be compared"
	}
	return fmt.Sprintf("vectors of %s that look like other data read as numbers", counted(dims, "dimension"))
}

// otherLength reports vectors that are not as long as those before.
func (c *Client) otherLength(header http.Header, model string, had, came int) *fault {
	f := c.unusable(header, fmt.Sprintf("vectors of %d and %s for one model", had, counted(came, "dimension")), faultyAnswer)
	f.Err = &api.LengthError{Provider: c.cfg.Name, Model: clean(model), Had: had, Came: came, Advice: faultyAnswer}
	return f
}
