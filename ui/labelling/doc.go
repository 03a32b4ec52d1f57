// Package labelling is what screens with pairs of texts share about labels: keys that
// mark the pair under the cursor, the box in which pairs are marked without names, and
// the signs of what is known of a pair.
// It may import ui/widget, ui, ui/session, what stands below them, and leaves; it knows
// no screen.
package labelling
