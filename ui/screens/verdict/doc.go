// Package verdict is the screen to which the others lead: how the candidates do on the
// person's own labels, at which price, and what follows.
// It implements ui.Screen, may import what stands below the screens, and imports
// neither another screen nor the shell.
package verdict
