package apitest

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/vecscope/vecscope/api"
)

const invalidRequest = "invalid_request_error"

// embeddingRequest is the body of a request for embeddings.
type embeddingRequest struct {
	Model           string          `json:"model"`
	Input           json.RawMessage `json:"input"`
	Encoding        *string         `json:"encoding_format"`
	Dimensions      *int            `json:"dimensions"`
	OutputDimension *int            `json:"output_dimension"`
}

// readInputs reads one text or a list of them.
func readInputs(input json.RawMessage) ([]string, error) {
	var one string
	if err := json.Unmarshal(input, &one); err == nil {
		return []string{one}, nil
	}
	var many []string
	if err := json.Unmarshal(input, &many); err != nil || many == nil {
		return nil, errors.New("input must be a string or a list of strings")
	}
	return many, nil
}

// embed answers a request for embeddings.
func (x *exchange) embed() reply {
	answer, wrong := x.prepare()
	if wrong != nil {
		return x.fail(*wrong)
	}
	if !x.wait(x.server.options.Latency) {
		return reply{}
	}
	vectors, err := x.server.encoder.embed(x.http.Context(), answer.row, answer.dimensions, answer.inputs)
	if err != nil {
		return x.fail(failure{status: http.StatusInternalServerError, kind: "server_error", message: err.Error()})
	}
	if price, _ := answer.row.Cost(answer.tokens); !x.server.pay(price) {
		return unpaid(price)
	}
	answer.put(vectors)
	if x.fault.vectors != nil {
		x.fault.vectors(answer)
	}
	return newReply(http.StatusOK, jsonType, answer.encode(x.server.speaks.embeds.usage))
}

// wait lets time pass; false means that the client is gone or the server closed.
func (x *exchange) wait(d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-x.http.Context().Done():
		return false
	}
}

// prepare checks everything that can be wrong with a request, in the order in
// which servers commonly do, and says what to answer.
func (x *exchange) prepare() (*embeddingAnswer, *failure) {
	var body embeddingRequest
	if err := json.Unmarshal(x.request.Body, &body); err != nil {
		return nil, invalid("", "the body is not the JSON that is expected: "+err.Error())
	}
	row, wrong := x.findModel(body.Model)
	if wrong != nil {
		return nil, wrong
	}
	inputs, wrong := x.checkInputs(body.Input)
	if wrong != nil {
		return nil, wrong
	}
	answer := &embeddingAnswer{row: row, inputs: inputs}
	if answer.base64, wrong = x.checkEncoding(body.Encoding); wrong != nil {
		return nil, wrong
	}
	if answer.dimensions, wrong = x.checkDimensions(body, row); wrong != nil {
		return nil, wrong
	}
	if answer.tokens, wrong = x.checkTokens(row, inputs); wrong != nil {
		return nil, wrong
	}
	return answer, nil
}

// invalid is a 400.
func invalid(param, message string) *failure {
	return &failure{status: http.StatusBadRequest, kind: invalidRequest, code: "invalid_parameter_value", param: param, message: message}
}

func (x *exchange) findModel(id string) (api.Model, *failure) {
	if models := x.server.Models(); x.server.speaks.embeds.anyModel && len(models) > 0 {
		return models[0], nil
	}
	if id == "" {
		return api.Model{}, &failure{status: http.StatusBadRequest, kind: invalidRequest, code: "missing_required_parameter", param: "model", message: "you must provide a model parameter"}
	}
	row, ok := x.server.model(id)
	if !ok {
		wrong := unknownModel(id)
		return api.Model{}, &wrong
	}
	if why := row.Unselectable(); why != "" {
		return api.Model{}, &failure{status: http.StatusBadRequest, kind: invalidRequest, code: "model_not_allowed", param: "model", message: fmt.Sprintf("%s is no embedding model", id)}
	}
	return row, nil
}

func (x *exchange) checkInputs(raw json.RawMessage) ([]string, *failure) {
	if len(raw) == 0 {
		return nil, &failure{status: http.StatusBadRequest, kind: invalidRequest, code: "missing_required_parameter", param: "input", message: "you must provide an input parameter"}
	}
	inputs, err := readInputs(raw)
	if err != nil {
		return nil, invalid("input", err.Error())
	}
	rules := x.server.speaks.embeds
	if len(inputs) == 0 {
		return nil, invalid("input", "input must not be empty")
	}
	if rules.maxInputs > 0 && len(inputs) > rules.maxInputs {
		return nil, &failure{status: rules.manyStatus, kind: invalidRequest, code: "invalid_parameter_value", param: "input", message: fmt.Sprintf("batch size %d > maximum allowed batch size %d", len(inputs), rules.maxInputs)}
	}
	for i, text := range inputs {
		if text == "" && !rules.emptyIsText {
			return nil, invalid("input", fmt.Sprintf("input[%d] must not be an empty string", i))
		}
	}
	return inputs, nil
}

func (x *exchange) checkEncoding(format *string) (base64 bool, wrong *failure) {
	rule := x.server.speaks.embeds.base64
	if format == nil {
		return false, nil
	}
	switch {
	case rule == base64Ignored:
		return false, nil
	case rule == base64Rejected:
		return false, &failure{status: http.StatusUnprocessableEntity, kind: invalidRequest, param: "encoding_format", message: "Extra inputs are not permitted"}
	case *format == "base64":
		return true, nil
	case *format == "float" && rule != base64Only:
		return false, nil
	}
	return false, invalid("encoding_format", fmt.Sprintf("encoding_format %q is not supported", *format))
}

// checkDimensions gives the length of the vectors to answer with.
func (x *exchange) checkDimensions(body embeddingRequest, row api.Model) (int, *failure) {
	rule, param, asked := x.server.speaks.embeds.dimensions, "dimensions", body.Dimensions
	if rule == dimensionsOutputName {
		if asked != nil {
			return 0, invalid(param, "dimensions is not a parameter of this endpoint; use output_dimension")
		}
		param, asked = "output_dimension", body.OutputDimension
	}
	if asked == nil || rule == dimensionsIgnored {
		return fullLength(row), nil
	}
	if *asked < max(1, row.MinDimensions) {
		return 0, invalid(param, fmt.Sprintf("%s must be at least %d", param, max(1, row.MinDimensions)))
	}
	if rule != dimensionsCut && !row.SupportsDimensions {
		return 0, invalid(param, fmt.Sprintf("Model %q does not support matryoshka representation, changing output dimensions is not possible", row.ID))
	}
	if *asked > row.Limit() {
		wrong := invalid(param, fmt.Sprintf("%s must be at most %d for %s", param, row.Limit(), row.ID))
		if rule == dimensionsCut {
			wrong.status = http.StatusUnprocessableEntity
		}
		return 0, wrong
	}
	return *asked, nil
}

// someLength is that of vectors of a model whose row does not tell.
const someLength = 384

// fullLength is that of the model's vectors when nothing is asked for.
func fullLength(row api.Model) int { return cmp.Or(row.Dimensions, row.NativeDimensions, someLength) }

// checkTokens counts what the model reads.
func (x *exchange) checkTokens(row api.Model, inputs []string) (int, *failure) {
	rules := x.server.speaks.embeds
	if reads := x.server.options.Reads; reads > 0 && (row.MaxTokens == 0 || reads < row.MaxTokens) {
		row.MaxTokens = reads
	}
	total := 0
	for _, text := range inputs {
		n := x.server.tokens.count(row, text)
		if row.MaxTokens > 0 && n > row.MaxTokens {
			if rules.long != longCut {
				return 0, tooLong(rules.long, row, n)
			}
			n = row.MaxTokens
		}
		total += n
	}
	if rules.maxTokens > 0 && total > rules.maxTokens {
		return 0, &failure{status: http.StatusBadRequest, kind: "max_tokens_per_request", code: "max_tokens_per_request", param: "input", message: fmt.Sprintf("Requested %d tokens, max %d tokens per request", total, rules.maxTokens)}
	}
	return total, nil
}

func tooLong(rule longRule, row api.Model, tokens int) *failure {
	switch rule {
	case longFails:
		f := tooLargeToProcess(tokens, row.MaxTokens)
		return &f
	case longInvalid:
		return &failure{status: http.StatusUnprocessableEntity, message: fmt.Sprintf("Input validation error: `inputs` must have less than %d tokens. Given: %d", row.MaxTokens, tokens)}
	default:
		return &failure{status: http.StatusBadRequest, kind: invalidRequest, code: "context_length_exceeded", param: "input", message: fmt.Sprintf("This model's maximum context length is %d tokens, however you requested %d tokens. Please reduce your prompt.", row.MaxTokens, tokens)}
	}
}

// tooLargeToProcess is llama.cpp's answer to a text that does not fit its
// physical batch: a 500 that no repetition mends.
func tooLargeToProcess(tokens, limit int) failure {
	return failure{status: http.StatusInternalServerError, kind: "server_error", message: fmt.Sprintf("input (%d tokens) is too large to process. increase the physical batch size (current batch size: %d)", tokens, limit)}
}

// unpaid is NanoGPT's answer when the account does not hold enough: the one error
// that is a string.
func unpaid(usd float64) reply {
	return jsonReply(http.StatusPaymentRequired, object{"error": "Insufficient balance", "requiredBalance": usd, "status": http.StatusPaymentRequired})
}
