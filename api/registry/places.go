package registry

import (
	"net"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/api/openai"
)

// Place is where a kind of server usually is on this machine.
type Place struct {
	// Name is that of its profile, and of the provider that it becomes.
	Name string
	// BaseURLs are the addresses at which it may be; the first that answers counts.
	BaseURLs []string
}

// UsualPlaces are those of Ollama and llama.cpp, at the ports that their own variables
// name, OLLAMA_HOST and LLAMA_ARG_PORT, or else at their usual ones, of llama-swap, whose
// usual port is llama.cpp's, and of LM Studio.
func UsualPlaces(getenv func(string) string) []Place {
	at := func(name string, ports ...string) Place {
		p := Place{Name: name}
		for _, port := range ports {
			p.BaseURLs = append(p.BaseURLs, "http://127.0.0.1:"+port+"/v1")
		}
		return p
	}
	llama := []string{"8080", "9931"} // the second llama-server announces as its next one
	if port := validPort(getenv("LLAMA_ARG_PORT"), ""); port != "" {
		llama = []string{port}
	}
	return []Place{at("ollama", ollamaPort(getenv("OLLAMA_HOST"))), at("llamacpp", llama...), at("llamaswap", "8080"), at("lmstudio", "1234")}
}

// ollamaPort reads the port of OLLAMA_HOST, which is written in many forms:
// "0.0.0.0:11434", ":11434", "http://localhost:11434". Without one it is the usual one.
func ollamaPort(host string) string {
	var usual string
	if p, err := openai.FindProfile("ollama"); err == nil {
		_, usual, _ = strings.Cut(strings.TrimSuffix(p.BaseURL, "/v1"), "://localhost:")
	}
	if _, after, ok := strings.Cut(host, "://"); ok {
		host = after
	}
	host, _, _ = strings.Cut(host, "/")
	_, port, err := net.SplitHostPort(host)
	if err != nil {
		return usual
	}
	return validPort(port, usual)
}

// validPort gives a port, or another one where it is none.
func validPort(port, otherwise string) string {
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return otherwise
	}
	return port
}
