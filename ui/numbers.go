package ui

import (
	"time"

	"github.com/vecscope/vecscope/ui/format"
)

// What follows goes on to package format under the names of before.

const unknown = format.Unknown

func count(n int, noun string) string           { return format.Count(n, noun) }
func thousands(n int) string                    { return format.Thousands(n) }
func wholeOr(n int) string                      { return format.ThousandsOr(n) }
func fixed(v float64, decimals int) string      { return format.Fixed(v, decimals) }
func thresholdText(v float64) string            { return format.Threshold(v) }
func durationText(d time.Duration) string       { return format.Duration(d) }
func areOrIs(n int) string                      { return format.Agree(n, "is", "are") }
func wereOrWas(n int) string                    { return format.Agree(n, "was", "were") }
func haveOrHas(n int) string                    { return format.Agree(n, "has", "have") }
func themOrIt(n int) string                     { return format.Agree(n, "it", "them") }
func shortAmount(s string) string               { return format.ShortAmount(s) }
func beside(s, threshold float64, d int) string { return format.Near(s, threshold, d, 6) }
