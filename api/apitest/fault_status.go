package apitest

import (
	"net/http"
	"strconv"
	"time"
)

// instead makes a fault that answers in place of the server.
func instead(name string, answer func(*exchange) reply) Fault {
	return Fault{name: name, instead: answer}
}

// Status answers with that status and, in the dialect's form, that code and
// message.
func Status(status int, code, message string) Fault {
	f := failure{status: status, kind: kindOf(status), code: code, message: message}
	return instead("status-"+strconv.Itoa(status), func(x *exchange) reply { return x.fail(f) })
}

// kindOf is the type that OpenAI gives errors of that status.
func kindOf(status int) string {
	switch {
	case status == http.StatusTooManyRequests:
		return "rate_limit_error"
	case status == http.StatusUnauthorized:
		return "authentication_error"
	case status == http.StatusForbidden:
		return "permission_error"
	case status >= 500:
		return "server_error"
	}
	return invalidRequest
}

// Unauthorized is a 401 although the key is right, as when it has been revoked.
func Unauthorized() Fault {
	return named("unauthorized", Status(http.StatusUnauthorized, "invalid_api_key", "Invalid API key"))
}

// Forbidden is a 403: this key may not use that model.
func Forbidden() Fault {
	return named("forbidden", Status(http.StatusForbidden, "model_not_allowed", "Your key is not allowed to use this model"))
}

// Refused is a 400 that is about what the texts say.
func Refused() Fault {
	return named("refused", Status(http.StatusBadRequest, "content_policy_violation", "The input was refused"))
}

// TooLarge is a 413: the request has too many bytes.
func TooLarge() Fault {
	return named("too-large", Status(http.StatusRequestEntityTooLarge, "", "Request entity too large"))
}

// TooManyTokens is the 400 of a batch with more tokens than a request may have.
func TooManyTokens() Fault {
	return named("too-many-tokens", Status(http.StatusBadRequest, "max_tokens_per_request", "Requested 300001 tokens, max 300000 tokens per request"))
}

// ServerError is a 500 that may be gone next time.
func ServerError() Fault {
	return named("server-error", Status(http.StatusInternalServerError, "", "The server had an error while processing your request"))
}

// BadGateway is a 502 with the page of a proxy.
func BadGateway() Fault { return page("bad-gateway", http.StatusBadGateway, "502 Bad Gateway") }

// Unavailable is a 503.
func Unavailable() Fault {
	return named("unavailable", Status(http.StatusServiceUnavailable, "model_not_available", "The model is overloaded; try again later"))
}

// TooLargeToProcess is llama.cpp's 500 for a text that does not fit its batch:
// trying again does not help.
func TooLargeToProcess() Fault {
	return instead("too-large-to-process", func(*exchange) reply {
		f := tooLargeToProcess(992, 512)
		return jsonReply(f.status, numberedError(f))
	})
}

// Unpaid is NanoGPT's 402, whose error is a string, with what it would have cost.
func Unpaid() Fault { return instead("unpaid", func(*exchange) reply { return unpaid(0.0035) }) }

// NotFoundPage is the 404 of a wrong path: a page.
func NotFoundPage() Fault { return instead("not-found-page", pageNotFound) }

// LoginPage is the 200 of a network that wants a login first: a page.
func LoginPage() Fault { return page("login-page", http.StatusOK, "Sign in to this network") }

func page(name string, status int, title string) Fault {
	return instead(name, func(*exchange) reply {
		body := "<html>\r\n<head><title>" + title + "</title></head>\r\n<body><center><h1>" + title + "</h1></center></body>\r\n</html>\r\n"
		return newReply(status, "text/html", []byte(body))
	})
}

// ErrorIn200 is OpenRouter's way: the status says that all is well.
func ErrorIn200() Fault {
	return instead("error-in-200", func(*exchange) reply {
		return jsonReply(http.StatusOK, object{"error": object{"code": 502, "message": "No successful provider responses."}})
	})
}

// RateLimited is a 429 that does not say how long to wait.
func RateLimited() Fault { return limited("rate-limited", "rate_limit_exceeded", "") }

// RateLimitedFor is a 429 with Retry-After in seconds.
func RateLimitedFor(seconds int) Fault {
	return limited("rate-limited-seconds", "rate_limit_exceeded", strconv.Itoa(seconds))
}

// RateLimitedUntil is a 429 with Retry-After as a date.
func RateLimitedUntil(t time.Time) Fault {
	return limited("rate-limited-date", "rate_limit_exceeded", t.UTC().Format(http.TimeFormat))
}

// DailyLimit is the 429 of a key that has spent what it may spend in a day.
func DailyLimit() Fault { return limited("daily-limit", "daily_usd_limit_exceeded", "86400") }

// DailyRequests is the 429 of a key that has asked as often as it may in a day.
func DailyRequests() Fault { return limited("daily-requests", "daily_rpd_limit_exceeded", "86400") }

func limited(name, code, retryAfter string) Fault {
	f := named(name, Status(http.StatusTooManyRequests, code, "Rate limit exceeded"))
	if retryAfter != "" {
		f.reply = func(_ *exchange, r *reply) { r.header.Set("Retry-After", retryAfter) }
	}
	return f
}

// Redirect is a 307 to another place, where the key must not go unless it is the
// same host.
func Redirect(url string) Fault {
	return instead("redirect", func(*exchange) reply {
		r := newReply(http.StatusTemporaryRedirect, "text/plain", nil)
		r.header.Set("Location", url)
		return r
	})
}
