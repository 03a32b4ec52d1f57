// Package loop brings work off the loop of the explorer and its results back onto
// it, as closures. It imports nothing of ours.
package loop
