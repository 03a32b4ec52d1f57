// Package texts is the screen of the texts: a list to write, open and reorder them
// in, their nearest texts, and queries that rank them.
// It implements ui.Screen, may import what stands below the screens, and imports
// neither another screen nor the shell.
package texts
