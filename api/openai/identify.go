package openai

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

// recogniseTimeout is the longest wait for each answer of a server on this machine
// that is asked what it is. One that runs answers within milliseconds.
const recogniseTimeout = 700 * time.Millisecond

// owners are who lists of models say they belong to, where that tells the kind of
// server.
var owners = map[string]string{
	"llamacpp": "llamacpp", "vllm": "vllm", "llama-swap": "llamaswap",
	"organization_owner": "lmstudio", // which before 0.4 has no list of its own at /api/v1
}

// Identify asks a server on this machine what it is, and gives its profile: one of
// those whose models cost nothing. It sends no key, and ok is false for servers
// elsewhere, which are not asked, and for those that do not tell.
func Identify(ctx context.Context, address string) (p Profile, ok bool) {
	base, err := baseURL(address)
	if err != nil || !api.Loopback(base.Hostname()) {
		return Profile{}, false
	}
	name := kindOf(ctx, base)
	if name == "" {
		return Profile{}, false
	}
	p, err = FindProfile(name)
	return p, err == nil
}

// kindOf names the profile of the server at an address; empty when it does not tell.
func kindOf(ctx context.Context, base *url.URL) string {
	// A transport of its own, so that no proxy and no connection kept for later
	// stands between.
	transport := &http.Transport{DisableKeepAlives: true, DialContext: dial}
	client := &http.Client{Transport: transport, Timeout: recogniseTimeout, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	listed, reached := lookAt(ctx, client, base.JoinPath("models"))
	if !reached {
		return ""
	}
	for _, row := range listed.List("data") {
		if kind := owners[answer.ReadFields(row).Text("owned_by")]; kind != "" {
			return kind
		}
	}
	if tags, _ := lookAt(ctx, client, root(base).JoinPath("api/tags")); isTags(tags.List("models")) {
		return "ollama"
	}
	props, _ := lookAt(ctx, client, root(base).JoinPath("props"))
	if props["default_generation_settings"] != nil && cmp.Or(len(props["total_slots"]), len(props["build_info"])) > 0 {
		return "llamacpp"
	}
	if own, _ := lookAt(ctx, client, root(base).JoinPath(lmStudioList.path)); isLMStudio(own.List("models")) {
		return "lmstudio"
	}
	return ""
}

// isLMStudio tells LM Studio's own list, which has models to tell it by.
func isLMStudio(models []json.RawMessage) bool {
	for _, row := range models {
		if f := answer.ReadFields(row); f["key"] == nil || f["publisher"] == nil || f["loaded_instances"] == nil {
			return false
		}
	}
	return len(models) > 0
}

// isTags tells Ollama's own list, which may be empty, from that of another server.
func isTags(models []json.RawMessage) bool {
	if models == nil {
		return false
	}
	for _, row := range models {
		if f := answer.ReadFields(row); f["name"] == nil || f["details"] == nil {
			return false
		}
	}
	return true
}

// lookAt reads an answer with status 200; reached tells that some answer came.
func lookAt(ctx context.Context, client *http.Client, u *url.URL) (f answer.Fields, reached bool) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, false
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, false
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, true
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, listLimit))
	if err != nil {
		return nil, true
	}
	return answer.ReadFields(body), true
}

// SameServer tells whether two addresses lead to the same server, by whatever names.
func SameServer(a, b string) bool {
	at := hostAndPort(a)
	return at != "" && at == hostAndPort(b)
}
