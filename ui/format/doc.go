// Package format writes numbers, money, bytes and durations for people, in the
// explorer and in every report alike. It is a leaf: it imports nothing of ours.
package format
