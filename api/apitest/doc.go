// Package apitest is a server that speaks the NanoGPT API, and the dialects of
// its OpenAI-compatible relatives, inside this process: catalog, embeddings,
// balance, and a chat that repeats what it is told. It is for tests, pictures and
// trying things out; nothing is sent anywhere and nothing costs anything.
//
//	server := apitest.New(t, apitest.Options{})
//	server.Fail(apitest.RateLimited(), apitest.Fine(), apitest.Cut())
//
// Start does the same for a program. The vectors come from the models inside the
// binary, so similar texts get similar vectors (see vectors.go). What a Fault
// spoils, it spoils the same way every time, and nothing sleeps: a request that
// hangs ends when its client gives up or the server is closed.
//
// It may import api, api/catalog and api/local. Only tests and the hidden command
// that starts it as a program import it.
package apitest
