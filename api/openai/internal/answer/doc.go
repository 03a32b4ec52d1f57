// Package answer reads what servers of OpenAI's protocol answer, of which nothing is
// promised: embeddings in numbers or base64, complaints in any of their forms, and
// JSON objects whose fields may be missing or of another type. It turns bytes into
// values and knows neither servers nor requests. It may import
// api/openai/internal/scrub.
package answer
