// Package matrices is the screen of similarity matrices side by side, their
// difference, and how far shorter vectors of a server are from derived ones.
// It implements ui.Screen, may import what stands below the screens, and imports
// neither another screen nor the shell.
package matrices
