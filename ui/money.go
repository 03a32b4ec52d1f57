package ui

import "github.com/vecscope/vecscope/ui/format"

// What follows goes on to package format under the names of before.

const smallestShown = format.SmallestShown

func dollars(usd float64) string                    { return format.Dollars(usd) }
func upTo(usd float64) string                       { return format.UpTo(usd) }
func priceDecimals(price float64) int               { return format.PriceDecimals(price) }
func priceText(price *float64, decimals int) string { return format.Price(price, decimals) }
