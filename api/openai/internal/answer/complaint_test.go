package answer

import "testing"

func TestErrorBodiesOfEveryFormAreUnderstood(t *testing.T) {
	for _, c := range []struct{ body, message, code string }{
		{`{"error":{"message":"No such model","type":"invalid_request_error","param":"model","code":"model_not_found"}}`, "No such model", "model_not_found"},
		{`{"error":{"message":"No","type":"invalid_request_error","code":null}}`, "No", "invalid_request_error"},
		{`{"error":"Insufficient balance","requiredBalance":0.0035,"status":402}`, "Insufficient balance ($0.0035 needed)", ""},
		{`{"error":"model \"x\" not found"}`, `model "x" not found`, ""},
		{`{"object":"error","message":"bad dims","type":"BadRequestError","param":null,"code":400}`, "bad dims", "400"},
		{`{"message":"too many","code":413,"type":"Validation"}`, "too many", "413"},
		{`{"error":"too many","error_type":"Validation"}`, "too many", "Validation"},
		{`{"detail":"Invalid key"}`, "Invalid key", ""},
		{`{"detail":[{"loc":["body","input",0],"msg":"field required","type":"value_error"},{"msg":"second"}]}`, "input.0: field required; second", "value_error"},
		{`{"detail":{"message":"inner"}}`, "inner", ""},
		{`{"errors":[{"message":"one"},{"message":"two"}]}`, "one; two", ""},
		{`[{"error":{"code":400,"message":"in a list","status":"INVALID_ARGUMENT"}}]`, "in a list", "400"},
		{`{"error":{"message":{"error":"deep"}}}`, "deep", ""},
		{`{"error":{"code":"only_a_code"}}`, "", ""},
		{"upstream connect error", "upstream connect error", ""},
		{`"a JSON string"`, "a JSON string", ""},
		{`{"error":{"message":"cut of`, "", ""},
		{`{"error":7,"message":null}`, "", ""},
		{"", "", ""},
		{`[{"message":"cut of`, "", ""},
		{`{"title":"Bad Request","status":400}`, "Bad Request", ""},
		{`{"error_description":"expired","code":401}`, "expired", "401"},
		{`{"error_description":"why","title":"what"}`, "what", ""},
		{`{"detail":[{"loc":["body","input"],"type":"missing"}]}`, "", ""},
		{`{"errors":[{"message":"one"},{"code":7},{"msg":"three","code":8},{"message":"four"}]}`, "one; three", "7"},
		{"\ufeff {\"message\":\"after a mark\"}", "after a mark", ""},
	} {
		got := ReadComplaint([]byte(c.body))
		if got.Message != c.message || got.Code != c.code || got.HTML {
			t.Errorf("%s reads as %+v", c.body, got)
		}
	}
	if !ReadComplaint([]byte("\n<!DOCTYPE html><title>404</title>")).HTML {
		t.Error("a web page is not noticed")
	}
}

func TestAComplaintTellsWhatItIsAbout(t *testing.T) {
	for body, want := range map[string]string{
		`{"error":{"message":"No","param":"model"}}`:                                           "model",
		`{"error":{"message":"No"},"param":"dimensions"}`:                                      "dimensions",
		`{"error":{"message":"No","param":"model"},"param":"dimensions"}`:                      "model",
		`{"error":{"message":"No","param":null}}`:                                              "",
		`{"detail":[{"msg":"a","loc":["body","input",3]},{"msg":"b","loc":["body","model"]}]}`: "input.3",
		`{"detail":[{"msg":"a"},{"msg":"b","loc":["query","model"]}]}`:                         "query.model",
		`{"detail":[{"loc":["body","input"]}]}`:                                                "",
		`{"detail":[{"msg":"a","loc":["body","input"],"param":"x"}]}`:                          "input",
	} {
		if got := ReadComplaint([]byte(body)); got.Param != want || !got.JSON {
			t.Errorf("%s is about %q: %+v", body, got.Param, got)
		}
	}
	for _, body := range []string{`"words"`, "words", "7"} {
		if ReadComplaint([]byte(body)).JSON {
			t.Errorf("%s is an object or a list", body)
		}
	}
}
