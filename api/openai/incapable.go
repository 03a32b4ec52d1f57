package openai

// incapable is a way in which a server says that a model of it embeds nothing, whatever
// the texts: asking again, or for fewer of them, helps nobody.
type incapable struct {
	words  []string // in lower case
	advice string
}

// incapables are what servers say so, the most telling first. The list is never complete;
// what it knows saves requests, and tells people what to do.
var incapables = []incapable{
	{[]string{"does not support embed", "does not support `embed`", "model is not embedding", "does not logits", "pooling type"},
		"choose an embedding model, or start its server for embeddings (llama-server: --embeddings, with a pooling type)"},
	{[]string{"no models loaded", "model is unloaded", "model is not loaded"},
		"load the model in the server, then try again"},
	{[]string{"exited prematurely", "health check timed out", "failed to start command", "unable to start process",
		"could not load model", "failed to load model", "error loading model"},
		"the server cannot start the model: its own log says why"},
	{[]string{"no router for", "no local server found", "no peer found", "try pulling it", "invalid model:"},
		"choose another model, or refresh the list of models"},
}

// incapableAdvice says what to do about a server that embeds nothing with a model; empty
// where the words, in lower case, are about something else.
func incapableAdvice(text string) string {
	for _, b := range incapables {
		if containsAny(text, b.words) {
			return b.advice
		}
	}
	if notThere()[0].MatchString(text) {
		return "choose another model, or refresh the list of models"
	}
	return ""
}

// notThere are words around the name of a model that a server does not have.
var notThere = patterns("model [`'\"][^`'\"]{1,200}[`'\"] (?:not found|does not exist|is not found)")
