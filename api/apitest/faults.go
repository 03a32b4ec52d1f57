package apitest

import (
	"net/http"
	"time"
)

// hugeAnswer is more than any client should read, in bytes.
const hugeAnswer = 1 << 30

// Faults lists every fault, one of each kind, by which a program can offer them
// by name and a test can try them all. Redirect and Hold are not among them
// because they need something from outside.
func Faults() []Fault {
	return []Fault{
		Unauthorized(), Forbidden(), Refused(), TooLarge(), TooManyTokens(), Unpaid(),
		named("not-found", Status(404, "model_not_found", "The model does not exist")),
		NotFoundPage(), LoginPage(), ErrorIn200(),
		ModelReplaced(), Unexplained(),
		ServerError(), BadGateway(), Unavailable(), TooLargeToProcess(),
		RateLimited(), RateLimitedFor(1), rateLimitedSoon(), DailyLimit(), DailyRequests(),
		Shuffled(), NoIndices(), SomeIndices(), IndexTwice(), IndexOutside(), IndexNegative(),
		NumbersForBase64(), Base64ForNumbers(), BrokenBase64(), OddBase64(),
		OneShort(), EmptyVector(), NullVector(), NestedVector(), OfLength(7), OneMissing(), OneTooMany(), NoVectors(),
		NotANumber(), Infinite(), NullNumber(), HugeNumber(), ZeroVector(), NotUnitLength(),
		NoUsage(), ZeroUsage(), TotalUsage(),
		EscapeSequences(), named("escape-sequences-in-error", ServerError().And(EscapeSequences())),
		InvalidJSON(), TrailingGarbage(), EmptyBody(), NullData(), BareList(), WrongList(),
		Hang(), HangInBody(), Cut(), CutBefore(), Drip(), Huge(hugeAnswer), Gzip(),
		named("huge-gzip", Huge(hugeAnswer).And(Gzip())),
	}
}

// rateLimitedSoon names a date two seconds after the request, because dates have
// whole seconds.
func rateLimitedSoon() Fault {
	f := limited("rate-limited-date", "rate_limit_exceeded", "")
	f.reply = func(x *exchange, r *reply) {
		r.header.Set("Retry-After", x.request.At.Add(2*time.Second).UTC().Format(http.TimeFormat))
	}
	return f
}

// named gives a fault another name.
func named(name string, f Fault) Fault {
	f.name = name
	return f
}
