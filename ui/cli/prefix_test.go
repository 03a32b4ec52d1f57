package cli

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/apitest"
)

func TestPrefixesGoBeforeTextsOnlyWhenAsked(t *testing.T) {
	const bge, plain, qwen = "nanogpt/BAAI/bge-large-en-v1.5", "nanogpt/BAAI/bge-m3", "nanogpt/Qwen/Qwen3-Embedding-0.6B"
	const words = "Represent this sentence for searching relevant passages: "
	for _, tt := range []struct {
		name, model string
		flags       []string
		sent, said  string
	}{
		{"documents", bge, nil, "north", ""},
		{"queries", bge, []string{"--query"}, words + "north", bge + `: "` + words + `" goes before every text`},
		{"queries to a model without", plain, []string{"--query"}, "north", plain + ": nothing goes before the texts: the model has no query prefix"},
		{"the documented task is filled in", qwen, []string{"--query"},
			"Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:north", `the query\nQuery:" goes before every text`},
		{"a prefix of one's own", plain, []string{"--prefix", "Instruct: find\nQuery: "}, "Instruct: find\nQuery: north", plain + `: "Instruct: find\nQuery: " goes before every text`},
		{"none of one's own", bge, []string{"--prefix", ""}, "north", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := apitest.New(t, apitest.Options{Quick: true})
			s := withServer(t, server, "")
			args := append([]string{"embed", "--yes", "--json", "--model", tt.model}, tt.flags...)
			if code := s.run(t.Context(), append(args, file(t, "q.txt", "north\n"))); code != ExitDone {
				t.Fatalf("exit code %d: %s", code, s.err.String())
			}
			if sent := server.Embeddings(); len(sent) != 1 || !slices.Equal(sent[0].Inputs, []string{tt.sent}) {
				t.Errorf("sent were %+v, want %q", sent, tt.sent)
			}
			if said := s.err.String(); !strings.Contains(said, tt.said) || tt.said == "" && strings.Contains(said, "goes before") {
				t.Errorf("standard error says %q, want %q", said, tt.said)
			}
			var rows []struct{ Text, Prefix string }
			if err := json.Unmarshal(s.out.Bytes(), &rows); err != nil || len(rows) != 1 {
				t.Fatalf("%v in %s", err, s.out.String())
			}
			if rows[0].Text != "north" || rows[0].Prefix+"north" != tt.sent {
				t.Errorf("JSON has the text %q and the prefix %q", rows[0].Text, rows[0].Prefix)
			}
		})
	}
}

// TestTextsAreSentAsTheModelWantsThem has of a model that wants other words in each
// role which go before the texts.
func TestTextsAreSentAsTheModelWantsThem(t *testing.T) {
	const nomic = "[[provider.models]]\nid = \"nomic-ai/nomic-embed-text-v1.5\"\nprice = 0.01\n"
	for line, want := range map[string]string{
		"compare --models":               "clustering: north",
		"duplicates --models":            "clustering: north",
		"embed --model":                  "search_document: north",
		"embed --query --model":          "search_query: north",
		"embed --role query --model":     "search_query: north",
		"embed --role symmetric --model": "clustering: north",
		"embed --prefix= --model":        "north",
	} {
		server := apitest.New(t, apitest.Options{Quick: true})
		s := withServer(t, server, nomic)
		s.run(t.Context(), append(strings.Fields(line), "nanogpt/nomic-ai/nomic-embed-text-v1.5", "--yes", file(t, "q.txt", "north\n")))
		sent := server.Embeddings()
		if len(sent) != 1 || !slices.Equal(sent[0].Inputs, []string{want}) {
			t.Errorf("%s sent %+v, want %q: %s", line, sent, want, s.err.String())
		}
		prefix := strings.TrimSuffix(want, "north")
		if said := s.err.String(); (prefix != "") != strings.Contains(said, `"`+prefix+`" goes before every text`) {
			t.Errorf("%s says %q", line, said)
		}
	}
}

// How a model wants its texts is said once, at however many lengths it takes part, of texts
// and of queries.
func TestHowAModelIsSentTextsIsSaidOnce(t *testing.T) {
	const model = "nanogpt/BAAI/bge-m3"
	for line, want := range map[string]map[string]string{
		"compare":              {"clustering: ": "text"},
		"search --query north": {"search_document: ": "text", "search_query: ": "query"},
	} {
		server := apitest.New(t, apitest.Options{Quick: true})
		s := withServer(t, server, "[[provider.models]]\nid = \"BAAI/bge-m3\"\nsymmetric_prefix = \"clustering: \"\nquery_prefix = \"search_query: \"\ndocument_prefix = \"search_document: \"\n")
		s.expect(t, ExitDone, line+" --yes --models "+model+","+model+"@256 "+file(t, "q.txt", "north\nsouth\n"))
		said, sent := s.err.String(), map[string]int{}
		for _, r := range server.Embeddings() {
			prefix, _, _ := strings.Cut(r.Inputs[0], ": ")
			sent[prefix+": "]++
		}
		for prefix, called := range want {
			if strings.Count(said, model+": \""+prefix+"\" goes before every "+called) != 1 || strings.Count(said, prefix) != 1 || sent[prefix] != 1 {
				t.Errorf("%s sent %d times %q, and says %s", line, sent[prefix], prefix, said)
			}
		}
		if len(sent) != len(want) {
			t.Errorf("%s sent %v", line, sent)
		}
	}
}

func TestResultsSayHowTheTextsWereSent(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "[[provider.models]]\nid = \"BAAI/bge-m3\"\nsymmetric_prefix = \"same: \"\n")
	out := s.expect(t, ExitDone, "compare --json --yes --models nanogpt/BAAI/bge-m3 "+file(t, "q.txt", "north\nsouth\n"))
	var doc struct{ Candidates []struct{ ID, Prefix string } }
	if err := json.Unmarshal([]byte(out), &doc); err != nil || len(doc.Candidates) == 0 || doc.Candidates[0].Prefix != "same: " {
		t.Errorf("%+v, %v", doc, err)
	}
	if sent := server.Embeddings(); len(sent) != 1 || !slices.Equal(sent[0].Inputs, []string{"same: north", "same: south"}) {
		t.Errorf("sent were %+v", sent)
	}
}

func TestQueriesAndDocumentsAreKeptApartInTheCache(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	line := "embed --yes --model nanogpt/BAAI/bge-large-en-v1.5 " + file(t, "q.txt", "north\n")
	document := s.expect(t, ExitDone, line)
	query := s.again(t).expect(t, ExitDone, line+" --query")
	if len(server.Embeddings()) != 2 || document == query {
		t.Errorf("%d requests; a query has a document's vector: %v", len(server.Embeddings()), document == query)
	}
	if s.again(t).expect(t, ExitDone, line+" --query") != query || len(server.Embeddings()) != 2 {
		t.Error("the query was asked again")
	}
}

func TestAPrefixIsInTheEstimate(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	s := withServer(t, server, "")
	line := "embed --dry-run --json --model nanogpt/BAAI/bge-large-en-v1.5 " + file(t, "q.txt", "north\n")
	tokens := func(out string) (n int) {
		var doc struct {
			Estimates []struct{ Tokens int }
		}
		if err := json.Unmarshal([]byte(out), &doc); err != nil || len(doc.Estimates) != 1 {
			t.Fatalf("%v in %s", err, out)
		}
		return doc.Estimates[0].Tokens
	}
	without, with := tokens(s.expect(t, ExitDone, line)), tokens(s.again(t).expect(t, ExitDone, line+" --query"))
	if without < 1 || with < without+7 || len(server.Embeddings()) != 0 {
		t.Errorf("%d tokens without the prefix, %d with it", without, with)
	}
	for _, as := range []string{line, strings.Replace(line, " --json", "", 1)} {
		dry := s.again(t)
		if out := dry.expect(t, ExitDone, as+" --query"); !strings.Contains(out, "Represent this sentence") || strings.Count(out+dry.err.String(), "goes before every text") != 1 {
			t.Errorf("%s: the prefix is not told once:\n%s%s", as, out, dry.err.String())
		}
		if out := s.again(t).expect(t, ExitDone, as); strings.Contains(out, "prefix") {
			t.Errorf("%s: %s", as, out)
		}
	}
}

func TestWrongPrefixesAreWrongUsage(t *testing.T) {
	for flags, want := range map[string]string{
		"--query --prefix find:":     "--query and --prefix exclude each other",
		"--prefix {text}-find":       "the text always comes last",
		"--prefix find:{query},now!": "the text always comes last",
	} {
		s := newSession(t)
		s.expect(t, ExitUsage, "embed --model local/compass "+flags+" "+file(t, "q.txt", "north\n"))
		if !strings.Contains(s.err.String(), want) {
			t.Errorf("%s: %s", flags, s.err.String())
		}
	}
}

func TestAllThatGoesWithATextIsSaid(t *testing.T) {
	field := api.Field{Name: "input_type", Value: "query"}
	for want, how := range map[string]api.Manner{
		"":                              {},
		`"q: " goes before every query`: {Prefix: "q: "},
		`the request says input_type = "query" of every query`:                                {Field: field},
		`"q: " goes before every query, the request says input_type = "query" of every query`: {Prefix: "q: ", Field: field},
	} {
		if got := mannerParts(how, "query"); got != want {
			t.Errorf("of %+v it says %q, want %q", how, got, want)
		}
	}
}
