package openai

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
)

// pieceOf finds a piece of a key that gives it away.
func pieceOf(text, key string) string {
	const telling = 5
	for at := 0; at+telling <= len(key); at++ {
		if strings.Contains(text, key[at:at+telling]) {
			return key[at : at+telling]
		}
	}
	return ""
}

// shortKey has no beginning that is looked for by itself.
const (
	shortKey = "q7w9z3k5x1"
	longKey  = "q7w9z3k5x1/v8+u2=t4?s6r0p9o7n5m3"
)

// Wherever the key stands in what a server says, no limit of length cuts through it.
func TestNoLimitOfLengthLeavesAPieceOfTheKey(t *testing.T) {
	for _, key := range []string{shortKey, longKey} {
		for _, before := range []int{0, 20, 24, 28, 50, 55, 90, 95, 190, 195, 290, 295, 990, 995, 1985, 1995, 7990, 7995, 65520, 65530} {
			fill := strings.Repeat("~", before)
			for name, body := range map[string]string{
				"message": `{"error":{"message":"` + fill + key + `"}}`, "code": `{"error":{"message":"m","code":"` + fill + key + `"}}`,
				"text": fill + key, "number": answerOf("[" + fill + key + "]"), "index": `{"data":[{"index":` + fill + key + `,"embedding":[1]}]}`,
				"invisible": strings.Repeat("\x00", before) + key,
			} {
				for _, status := range []int{200, 400} {
					var log lockedBuilder
					c := inside(t, Config{Key: api.NewSecret(key), Debug: &log}, func(*http.Request) (*http.Response, error) {
						return response(status, body, requestID, fill+key), nil
					})
					got, err := embed(c, "a")
					said := fmt.Sprint(err, got.Failed) + log.String()
					if piece := pieceOf(said, key); piece != "" {
						t.Errorf("%s, %d, after %d: %q is said", name, status, before, piece)
					}
				}
			}
		}
	}
}

func TestAListDoesNotShowTheKey(t *testing.T) {
	for _, key := range []string{shortKey, longKey} {
		for _, before := range []int{0, 190, 195, 990, 995} {
			fill := strings.Repeat("~", before)
			body := fmt.Sprintf(`{"data":[{"id":"good","name":%q,"owned_by":%q,"description":%q},{"id":%q}]}`, fill+key, fill+key, fill+key, fill+key)
			c := inside(t, Config{Key: api.NewSecret(key)}, func(*http.Request) (*http.Response, error) { return response(200, body), nil })
			models, err := c.Models(t.Context())
			if err != nil || len(models) != 1 || models[0].ID != "good" {
				t.Fatalf("%+v, %v", models, err)
			}
			if piece := pieceOf(fmt.Sprintf("%+v", models), key); piece != "" {
				t.Errorf("after %d: %q is in %+v", before, piece, models[0])
			}
		}
	}
}

func TestABalanceDoesNotShowTheKey(t *testing.T) {
	for before := range 30 {
		body := fmt.Sprintf(`{"usd_balance":"1","%s_balance":"2"}`, strings.Repeat("~", before)+shortKey)
		c := inside(t, Config{Key: api.NewSecret(shortKey)}, func(*http.Request) (*http.Response, error) { return response(200, body), nil })
		b, err := c.Balance(t.Context())
		if err != nil || len(b.Other) != 1 || pieceOf(fmt.Sprint(b.Other), shortKey) != "" {
			t.Errorf("%v, %v", b.Other, err)
		}
	}
}
