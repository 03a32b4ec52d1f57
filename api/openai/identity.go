package openai

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/openai/internal/answer"
)

// identityOf reads from a row of a list what identifies the model behind its name:
// Ollama's digest, the sum of text-embeddings-inference, llama.cpp's and LM Studio's
// size and shape. The time of a row counts only in Ollama's, since others give the
// time of the answer.
func identityOf(f answer.Fields) api.Identity {
	if sum := f.Text("digest", "model_sha"); sum != "" {
		return api.DigestIdentity(sum)
	}
	var shape []string
	for _, part := range []struct {
		of    answer.Fields
		field string
	}{
		{f.Object("meta"), "size"}, {f.Object("meta"), "n_params"}, {f.Object("meta"), "n_embd"},
		{f.Object("meta"), "n_vocab"}, {f.Object("meta"), "n_ctx_train"}, {f, "size_bytes"},
	} {
		if n, ok := part.of.Number(part.field); ok {
			shape = append(shape, fmt.Sprintf("%s=%.0f", part.field, n))
		}
	}
	if shape != nil {
		return api.MetaIdentity(strings.Join(shape, " "))
	}
	if created, ok := f.Number("created"); ok && created > 0 && f.Text("owned_by") == "library" {
		return api.TimeIdentity(int64(created))
	}
	return ""
}

// identifyTimeout is the longest wait for what identifies a model. Who asks goes on
// without.
const identifyTimeout = 2 * time.Second

// Identify implements api.Identifier. Only kinds of servers whose lists may tell are
// asked; a server that serves one model answers for it under every name.
func (c *Client) Identify(ctx context.Context, id string) api.Identity {
	if list := c.cfg.Profile.list; list == nil || !list.identifies {
		return ""
	}
	ctx, stop := context.WithTimeout(ctx, identifyTimeout)
	defer stop()
	models, err := c.models(ctx, true)
	if err != nil {
		return ""
	}
	models = slices.DeleteFunc(models, func(m api.Model) bool { return m.Source != api.SourceLive })
	for _, name := range []string{id, id + ":latest"} {
		if at := slices.IndexFunc(models, func(m api.Model) bool { return m.ID == name }); at >= 0 {
			return models[at].Identity
		}
	}
	if len(models) == 1 {
		return models[0].Identity
	}
	return ""
}
