package apitest_test

import (
	"testing"

	"github.com/vecscope/vecscope/api/apitest"
)

func TestWhatServersSayIsSaidWordForWordWhereItsCauseIs(t *testing.T) {
	names := map[string]bool{}
	for _, said := range apitest.Sayings() {
		if names[said.Name] {
			t.Errorf("two are called %s", said.Name)
		}
		names[said.Name] = true
		s, model := of(t, apitest.Generic)
		s.FailWhen(apitest.Always(), said.Fault())
		five := fields{"model": model, "input": []string{"a", "b", apitest.Said, "d", "e"}}
		if r := post(t, s, five); r.status != said.Status || string(r.body) != said.Body {
			t.Errorf("%s: status %d: %s", said.Name, r.status, r.body)
		}
		spared := said.Cause == apitest.CauseText || said.Cause == apitest.CauseBatch
		if r := post(t, s, fields{"model": model, "input": "a"}); (r.status == 200) != spared {
			t.Errorf("%s: one harmless text: status %d", said.Name, r.status)
		}
	}
}
