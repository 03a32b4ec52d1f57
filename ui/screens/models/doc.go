// Package models is the screen of the catalog: every model with its prices,
// dimensions and languages, to be filtered, sorted and chosen.
// It implements ui.Screen, may import what stands below the screens, and imports
// neither another screen nor the shell.
package models
