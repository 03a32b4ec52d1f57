// Package theme has the explorer's styles, its colour ramps and the ready-made
// sequences that dense drawings are written with. It imports nothing of ours.
package theme
