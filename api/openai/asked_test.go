package openai

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/vecscope/vecscope/api"
)

// What is asked, and in which order, after a server refuses something. Texts that it
// refuses begin with "bad", and are written up to a ~; | stands between requests. In the
// end as many batches are said to be over as there were.
func TestWhatIsAskedAfterARefusal(t *testing.T) {
	const tooMany, tooLong = `{"error":{"message":"too many inputs"}}`, `{"error":{"message":"input is too large to process (current batch size: 4)"}}`
	long := func(tokens int) string { return strings.Repeat("~~~", tokens) }
	for name, c := range map[string]struct {
		status int
		body   string // of the refusal of a bad text
		inputs int    // in a request
		most   int    // texts that the server takes at once
		texts  string
		want   string
		failed int
	}{
		"a failure is tried again, one of a part or after a bad text less often": {500, "", 2, 9, "bad,a,bad2", "bad a|bad a|bad a|bad a|bad|bad|a|bad2|bad2|a", 2},
		"a bad text before any other":                                            {500, "", 1, 9, "bad,a,bad2,b", "bad|bad|bad|bad|a|bad2|bad2|a|b", 2},
		"of bad requests nothing is doubted":                                     {400, "", 1, 9, "a,bad1,bad2,bad3,b,bad4,bad5,bad6,c", "a|bad1|bad2|bad3|b|bad4|bad5|bad6|c", 6},
		"but for four in a row, when the shortest is asked again":                {400, "", 1, 9, "aaaaaaaaa,b,cccccc,bad1,bad2,bad3,bad4,bad5,d", "aaaaaaaaa|b|cccccc|bad1|bad2|bad3|bad4|b|bad5|d", 5},
		"and for four more":                                                      {400, "", 1, 9, "a,bad1,bad2,bad3,bad4,bad5,bad6,bad7,bad8,bad9", "a|bad1|bad2|bad3|bad4|a|bad5|bad6|bad7|bad8|a|bad9", 9},
		"as many as it takes at once":                                            {400, "", 4, 2, "a,b,c,d,e,f,g,h", "a b c d|a b|c d|e f|g h", 0},
		"also before it has accepted any":                                        {400, "", 2, 1, "bad1,bad2,a,b", "bad1 bad2|bad1|bad2|a|b", 2},
		"what a part of is refused":                                              {413, "", 4, 9, "a,b,bad text,c", "a b bad text c|a b|bad text c|bad text|c", 1},
		"the shortest first, where nothing was accepted":                         {413, "", 4, 9, "bad1~" + long(90) + ",bad2~" + long(70) + ",a,b", "bad1 bad2 a b|bad1 bad2|bad2|bad1|a b", 2},
		"what is surely longer than that is not":                                 {413, "", 4, 9, "bad1~" + long(150) + ",bad2~" + long(70) + ",a,b", "bad1 bad2 a b|bad1 bad2|bad2|a b", 2},
		"the shortest, whatever is wrong":                                        {400, "", 4, 9, "bad1~" + long(90) + ",bad2,a,b", "bad1 bad2 a b|bad1 bad2|bad2|bad1|a b", 2},
		"what is surely longer than it says is not sent":                         {500, tooLong, 1, 9, "a,bad text of ten words,bad text that has more than twice as many,b", "a|bad text of ten words|b", 2},
	} {
		var asked []string
		var over, planned int
		var got api.Result
		var err error
		synctest.Test(t, func(t *testing.T) {
			client := inside(t, Config{MaxInputs: c.inputs, Concurrency: 1, RequestsPerSecond: 1e6}, func(r *http.Request) (*http.Response, error) {
				a := readAsked(t, r)
				var names []string
				for _, text := range a.Input {
					name, _, _ := strings.Cut(text, "~")
					names = append(names, name)
				}
				asked = append(asked, strings.Join(names, " "))
				switch {
				case len(a.Input) > c.most:
					return response(400, tooMany), nil
				case slices.ContainsFunc(a.Input, func(s string) bool { return strings.HasPrefix(s, "bad") }):
					return response(c.status, c.body), nil
				}
				return response(200, answerTo(a)), nil
			})
			got, err = client.Embed(t.Context(), api.Request{Model: "m", Texts: strings.Split(c.texts, ","), Batch: func(done, of int) { over, planned = done, of }})
		})
		if have := strings.Join(asked, "|"); have != c.want || err != nil || len(got.Failed) != c.failed {
			t.Errorf("%s: %s, want %s; %v, %v", name, have, c.want, got.Failed, err)
		}
		if over != planned || planned == 0 {
			t.Errorf("%s: in the end %d batches of %d are over", name, over, planned)
		}
	}
}
