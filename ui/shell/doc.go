// Package shell is the window: the only tea.Model. It routes messages to the screen
// shown and the boxes over it, draws tabs, status and footer, and has the help, the
// palette, the notices and the remembered state. It knows screens by the contract
// (package ui) alone; ui/app hands them to it.
package shell
