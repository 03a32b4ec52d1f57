package apitest_test

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
)

func TestAReplacedModelHasOtherVectorsAndAnotherSum(t *testing.T) {
	for dialect, list := range map[apitest.Dialect]string{apitest.Ollama: "/api/tags", apitest.LlamaCPP: "/v1/models"} {
		s, model := of(t, dialect)
		address := strings.TrimSuffix(s.URL, "/v1") + list
		body := fields{"model": model, "input": "hello"}
		s.Fail(apitest.ModelReplaced())
		listed := string(send(t, s, http.MethodGet, address, nil).body)
		first := post(t, s, body).vectors(t)
		after := string(send(t, s, http.MethodGet, address, nil).body)
		second := post(t, s, body).vectors(t)
		if reflect.DeepEqual(first, second) || listed == after || len(first[0]) != len(second[0]) {
			t.Errorf("%s: the model is the same: %s", dialect, after)
		}
		if again := post(t, s, body).vectors(t); !reflect.DeepEqual(again, second) {
			t.Errorf("%s: the new model is not the same twice", dialect)
		}
	}
}

func TestAnUnexplainedRefusalOfSeveralTexts(t *testing.T) {
	s, model := of(t, apitest.Generic)
	s.FailWhen(apitest.Always(), apitest.Unexplained())
	if r := post(t, s, fields{"model": model, "input": []string{"a", "b"}}); r.status != http.StatusBadRequest || !strings.Contains(string(r.body), `"message":"Bad Request"`) {
		t.Errorf("status %d: %s", r.status, r.body)
	}
	if r := post(t, s, fields{"model": model, "input": "a"}); r.status != http.StatusOK {
		t.Errorf("one text: status %d: %s", r.status, r.body)
	}
}
