package cli

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
)

// A text without a vector is said whether or not its label takes part, as compare says it.
func TestEvaluateNamesWhatHasNoVectorAndEndsWithAnError(t *testing.T) {
	lost := gales + "x1,lost wind,east\n"
	unlabelled := gales + "x1,lost wind,\n"
	queries := file(t, "queries.csv", "id,query,relevant\nq1,east of what,e1 e2\nq2,north or not,n1\nq3,lost at sea,n2\nq4,up or away,n3\n")
	const models = "evaluate --resamples 20 --no-cuts --models local/compass "
	for _, c := range []struct {
		name, line string
		said       string // on standard error for people
		listed     []string
	}{
		{"nothing is lacking", file(t, "gales.csv", gales), "", nil},
		{"a text", file(t, "lost.csv", lost),
			"local/compass@3: no vector for 1 of 7 texts; see Missing in the report\n",
			[]string{"local/compass@3: text 7 names no direction"}},
		{"a text without a label", file(t, "unlabelled.csv", unlabelled),
			"local/compass@3: no vector for 1 of 7 texts; see Missing in the report\n",
			[]string{"local/compass@3: text 7 names no direction"}},
		{"a query and a text", "--queries " + queries + " " + file(t, "both.csv", unlabelled),
			"local/compass@3: no vector for 1 of 7 texts; see Missing in the report\n" +
				"vecscope: local/compass@3: 1 query (q3) has no vector: text 3 names no direction\n",
			[]string{"local/compass@3: text 7 names no direction", "local/compass@3: 1 query (q3) has no vector: text 3 names no direction"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			code := ExitFailed
			if c.said == "" {
				code = ExitDone
			}
			s := newSession(t)
			out := s.expect(t, code, models+c.line)
			_, missing, _ := strings.Cut(out, "\nMissing\n")
			if got := s.err.String(); !strings.HasSuffix(got, c.said) || c.said == "" && strings.Contains(got, "no vector") ||
				missing != ended(c.listed) {
				t.Errorf("standard error:\n%smissing:\n%s", got, missing)
			}
			s = newSession(t)
			var doc struct {
				Errors []struct{ Candidate, Message string }
			}
			if err := json.Unmarshal([]byte(s.expect(t, code, models+"--json "+c.line)), &doc); err != nil {
				t.Fatal(err)
			}
			var errors []string
			for _, e := range doc.Errors {
				errors = append(errors, e.Candidate+": "+e.Message)
				if !strings.Contains(s.err.String(), "vecscope: "+e.Candidate+": "+e.Message+"\n") {
					t.Errorf("%q is not on standard error:\n%s", e.Message, s.err.String())
				}
			}
			if !slices.Equal(errors, c.listed) {
				t.Errorf("errors %q", errors)
			}
		})
	}
}

// ended are lines as they stand in a report.
func ended(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// The vector that a server spoils is lost for one text alone.
func TestEvaluateNamesATextWhoseVectorIsNull(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	server.Fail(apitest.NullVector())
	s := withServer(t, server, "")
	out := s.expect(t, ExitFailed, "evaluate --json --yes --no-cuts --resamples 20 --models nanogpt/BAAI/bge-m3,local/compass "+file(t, "gales.csv", gales))
	if strings.Count(out, `"candidate":"nanogpt/BAAI/bge-m3@1024","message":"text`) != 1 || strings.Count(s.err.String(), "has no vector") != 1 {
		t.Errorf("%s\n%s", out, s.err.String())
	}
}

// A model that cannot embed the queries has its row's reason in errors.
func TestEvaluateSaysThatAModelCouldNotBeTried(t *testing.T) {
	server := apitest.New(t, apitest.Options{Quick: true})
	queries := file(t, "queries.csv", "id,query,relevant\nq1,east of what,e1 e2\nq2,north or not,n1\nq3,up at sea,n2\nq4,up or away,n3\n")
	server.FailWhen(func(r apitest.Request) bool { return slices.Contains(r.Inputs, "up or away") }, apitest.Unpaid())
	s := withServer(t, server, "")
	out := s.expect(t, ExitFailed, "evaluate --json --yes --no-cuts --resamples 20 --models nanogpt/BAAI/bge-m3,local/compass --queries "+queries+" "+file(t, "gales.csv", gales))
	if strings.Count(out, "\"errors\":[\n{\"candidate\":\"nanogpt/BAAI/bge-m3@1024\",\"message\":\"its queries: embedding the queries: ") != 1 ||
		strings.Count(s.err.String(), "nanogpt/BAAI/bge-m3@1024: its queries: ") != 1 {
		t.Errorf("%s\n%s", out, s.err.String())
	}
}
