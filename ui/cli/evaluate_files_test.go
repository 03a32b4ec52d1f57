package cli

import (
	"strings"
	"testing"
)

// Files that are named behind the one of a flag are texts, too, in their order.
func TestFilesBehindThatOfAFlagAreTextsToo(t *testing.T) {
	texts, more := file(t, "gales.csv", gales), file(t, "more.csv", "id,text,group\nm1,east of it,east\nm2,north of it,north\n")
	queries := file(t, "queries.csv", "query,relevant\neast rain,m1\nnorth gale,n2\n")
	pairs := file(t, "pairs.csv", "a,b,score\ne1,m1,1\nn1,m2,1\ne1,m2,0\n")
	for line, want := range map[string]string{
		"--groups " + texts + " " + more: "Verdict on 8 labelled texts\n",
		"--groups " + texts:              "Verdict on 6 labelled texts\n",
		texts + " " + more:               "Verdict on 8 labelled texts\n",
		"--corpus " + texts + " --queries " + queries + " " + more: "Ranked against 8 texts.\n",
		"--queries " + queries + " " + texts + " " + more:          "Ranked against 8 texts.\n",
		"--pairs " + pairs + " " + texts + " " + more:              "Verdict on 3 labelled pairs\n",
	} {
		if out := newSession(t).expect(t, ExitDone, "evaluate --resamples 20 --models local/compass "+line); !strings.Contains(out, want) {
			t.Errorf("evaluate %s does not say %q:\n%s", line, want, out)
		}
	}
}

// Compass takes 12.5 ms for six texts.
func TestALimitOfLatencyCountsWhatWasMeasured(t *testing.T) {
	texts := file(t, "gales.csv", gales)
	for limit, beyond := range map[string]bool{"2": true, "2.1": false, "0": false} {
		out := newSession(t).expect(t, ExitDone, "evaluate --resamples 20 --models local/compass --max-latency "+limit+" "+texts)
		if strings.Contains(out, "No model is within your limits: at most 2 ms a request.") != beyond {
			t.Errorf("within %s ms:\n%s", limit, out)
		}
	}
}

func TestStandardInputIsReadOnce(t *testing.T) {
	s := newSession(t).piped("east\nnorth\n")
	if out := s.expect(t, ExitUsage, "compare - -"); out != "" || !strings.Contains(s.err.String(), "- stands twice") {
		t.Errorf("%q, %s", out, s.err.String())
	}
}

// A search answers also where it cannot say how good it is.
func TestASearchWhoseAnswersAreNotThereSearchesAllTheSame(t *testing.T) {
	queries := file(t, "queries.csv", "query,relevant\neast rain,nowhere\n")
	s := newSession(t)
	out := s.expect(t, ExitDone, "search --models local/compass --queries "+queries+" "+file(t, "gales.csv", gales))
	for _, want := range []string{`"nowhere"`, "how well the relevant texts are found is not measured"} {
		if !strings.Contains(s.err.String(), want) {
			t.Errorf("%q is not said in\n%s", want, s.err.String())
		}
	}
	if !strings.Contains(out, "east wind") || strings.Contains(out, "with a relevant text") {
		t.Errorf("it finds\n%s", out)
	}
}

func TestForgettingAModelThatNobodyKnowsSaysSo(t *testing.T) {
	s := newSession(t)
	out := s.expect(t, ExitDone, "cache prune --model nanogpt/of/nobody")
	if !strings.Contains(out, "Removed 0 vectors") || !strings.Contains(s.err.String(), "nothing was kept of nanogpt/of/nobody") {
		t.Errorf("%s%s", out, s.err.String())
	}
	s = newSession(t)
	if s.expect(t, ExitDone, "cache prune --model nanogpt/BAAI/bge-m3"); s.err.Len() > 0 {
		t.Errorf("of a model of the catalog it says %s", s.err.String())
	}
}

func TestAFaultIsNamedAndCounted(t *testing.T) {
	for fault, want := range map[string]string{"nonsense": "there is no fault", "rate-limited:0": "comes a number of answers", "rate-limited:x": "comes a number of answers"} {
		s := newSession(t)
		if out := s.expect(t, ExitUsage, "serve-test --fault "+fault); out != "" || !strings.Contains(s.err.String(), want) {
			t.Errorf("--fault %s: %q, %s", fault, out, s.err.String())
		}
	}
}

// Pairs that say nothing are not taken for a wish to be judged by groups.
func TestPairsWithoutALabelAreNoGroups(t *testing.T) {
	s := newSession(t)
	unsure := file(t, "unsure.csv", "a,b,score\ne1,n1,unsure\n")
	if out := s.expect(t, ExitFailed, "evaluate --models local/compass --pairs "+unsure+" "+file(t, "gales.csv", gales)); out != "" || !strings.Contains(s.err.String(), "unsure.csv") {
		t.Errorf("%q, and on standard error %s", out, s.err.String())
	}
}
