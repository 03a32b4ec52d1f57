// Package duplicates is the screen of the pairs over a threshold or the clusters that
// they link, how many each candidate finds along it, and their background.
// It implements ui.Screen, may import what stands below the screens, and imports
// neither another screen nor the shell.
package duplicates
