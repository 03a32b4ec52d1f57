// Package usage is the screen of what was spent, by model, in this session and over
// all, and of what is left to spend.
// It implements ui.Screen, may import what stands below the screens, and imports
// neither another screen nor the shell.
package usage
