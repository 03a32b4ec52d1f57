package ui

import "github.com/vecscope/vecscope/ui/term"

// What follows goes on to package term under the names of before.

const ellipsis = term.Ellipsis

func Width(s string) int                   { return term.Width(s) }
func Truncate(s string, w int) string      { return term.Truncate(s, w) }
func PadRight(s string, w int) string      { return term.PadRight(s, w) }
func PadLeft(s string, w int) string       { return term.PadLeft(s, w) }
func Fit(s string, w int) string           { return term.Fit(s, w) }
func FitLeft(s string, w int) string       { return term.FitLeft(s, w) }
func SafeFit(s string, w int) string       { return term.SafeFit(s, w) }
func Safe(s string) string                 { return term.Safe(s) }
func SafeLines(s string, w int) []string   { return term.SafeLines(s, w) }
func blanks(n int) string                  { return term.Blanks(n) }
func lineBreak(r rune) bool                { return term.IsLineBreak(r) }
func excerpt(text string, w int) string    { return term.Excerpt(text, w) }
func runeStart(s string, at int) int       { return term.RuneStart(s, at) }
func tailedCut(s string, w, t int) string  { return term.TailedCut(s, w, t) }
func middleLess(s string, w, t int) string { return term.DimensionsCut(s, w, t) }
func distinct(names []string) bool         { return term.Distinct(names) }
func scrolled(at, first, shown, n int) int { return term.Scrolled(at, first, shown, n) }

func distinctCuts(names []string, w int) []string { return term.DistinctCuts(names, w) }
func truncated(names []string, w int) []string    { return term.Truncated(names, w) }
func atMost(lines []string, w, h int) []string    { return term.CutLines(lines, w, h) }
