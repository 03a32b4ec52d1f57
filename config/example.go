package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/vecscope/vecscope/api/oserr"
)

// ExistsError reports that a file was not written because there is one already.
type ExistsError struct{ Path string }

func (e *ExistsError) Error() string {
	return oserr.Printable(e.Path) + " exists already and was left as it is; edit it, or move it away and try again"
}

// Example is a settings file with every setting explained, all of them commented
// out at their defaults.
func Example() string {
	d := Defaults()
	var b strings.Builder
	b.WriteString("# Settings of vecscope. A line that begins with # has no effect: what stands there\n")
	b.WriteString("# is the default. Remove the # to change a setting.\n")
	entry := func(comment, format string, value any) {
		fmt.Fprintf(&b, "\n# %s\n# "+format+"\n", comment, value)
	}
	entry("Colours: "+either(Themes())+". \"auto\" follows the terminal's background.", "theme = %q", d.Theme)
	entry("How similarities turn into colours: "+either(ColorScales())+".", "color_scale = %q", d.ColorScale)
	entry("How matrices are drawn: "+either(CellModes())+". \"auto\" takes what fits.", "cells = %q", d.Cells)
	entry("Whether the mouse works. false leaves it to the terminal, for selecting and copying.", "mouse = %t", d.Mouse)
	entry("From which similarity on two texts count as duplicates, from -1 to 1.", "threshold = %g", d.Threshold)
	entry("Whether servers are found that stand nowhere below: Ollama, llama.cpp, llama-swap and LM Studio on this machine, OpenAI by OPENAI_API_KEY.", "discover = %t", d.Discover)
	b.WriteString(serversExample(d))
	return b.String()
}

// serversExample explains the tables, which come after every plain setting.
func serversExample(d Settings) string {
	return fmt.Sprintf(`
# What may be spent before vecscope asks again, in US dollars. Commands that print ask
# paid models only with --yes, up to these limits, or with --max-cost instead of them.
# [spending]
# per_run = %g
# per_session = %g
# per_query = %g          # a query on Search that can cost no more is sent at enter, without a box

# NanoGPT needs no table: set NANOGPT_API_KEY. Every other server that speaks OpenAI's
# protocol has one. The kinds of servers (profile) are listed by vecscope providers --help;
# a well-known base_url tells which it is, and most bring the name of their key's variable along. The key itself may
# stand here too, as key, but is safer in the environment.
# [[provider]]
# name = "openai"
# profile = "openai"
# base_url = "https://api.openai.com/v1"
# key_env = "OPENAI_API_KEY"
# allow_insecure_key = false
# free = false               # true: nothing asked there costs anything
# requests_per_second = 20
# concurrency = 4
# max_inputs = 2048
# max_tokens = 300000
# timeout = "2m"             # for one answer; a number without a unit is seconds
# [provider.headers]         # sent with every request, as gateways want them
# x-team = "search"
# x-gateway-token = "$GATEWAY_TOKEN"  # what the environment holds; "Bearer $TOKEN" too

# What the server's list does not tell of a model, or all of it where there is no list.
# price is US dollars per million tokens.
# [[provider.models]]
# id = "text-embedding-3-small"
# name = "Text Embedding 3 Small"
# dimensions = 1536
# max_dimensions = 1536
# supports_dimensions = true
# max_tokens = 8191
# price = 0.02
# query_prefix = "query: "       # before queries; "" for none, whatever is known of the model
# document_prefix = "passage: "  # before texts that are searched
# symmetric_prefix = "query: "   # before texts that are compared with each other
# role_field = "input_type"      # or a field of the request says the role …
# query_value = "query"          # … by these values
# document_value = "document"
# symmetric_value = "document"
`, d.Spending.PerRun, d.Spending.PerSession, d.Spending.PerQuery)
}

// WriteExample writes the example where the settings file belongs. The error is an
// *ExistsError when there is a file already, else a *WriteError.
func WriteExample(path string) error {
	if _, err := os.Lstat(path); path != "" && !errors.Is(err, fs.ErrNotExist) {
		if err != nil {
			return &WriteError{Path: path, Err: err}
		}
		return &ExistsError{Path: path}
	}
	return WriteAtomic(path, []byte(Example()), 0o600)
}
