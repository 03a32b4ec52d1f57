// Package openai is the provider of embeddings from NanoGPT and from every server
// that speaks OpenAI's protocol: one client on net/http, and a Profile for each
// kind of server that says what that kind may be sent and how it answers. It may
// import api, golang.org/x/time and golang.org/x/sync.
package openai
