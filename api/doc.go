// Package api says in types what vecscope asks of the world: which embedding
// models there are (Model), which of them take part in a comparison and at how
// many dimensions (Candidate), and how texts become vectors (Provider, Request,
// Result). The packages below it answer: local with the models inside the
// binary, openai with servers. It may import the standard library only.
package api
