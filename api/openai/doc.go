// Package openai is the provider of embeddings from NanoGPT and from every server
// that speaks OpenAI's protocol: one client on net/http, and a Profile for each
// kind of server that says what that kind may be sent and how it answers. Reading
// answers is internal/answer's, making them safe to show internal/scrub's. It may
// import those two, api, golang.org/x/time and golang.org/x/sync.
package openai
