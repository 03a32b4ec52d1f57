package ui

import (
	"strings"

	"github.com/vecscope/vecscope/ui/term"
)

// Command is what to type to have the command line print what a screen shows.
type Command struct {
	// Args are the words behind the program's name, each as the program shall get it.
	Args []string
	// Lacks say what of the screen the command does not know or print, and what helps,
	// each a part of a sentence; none when it prints the same.
	Lacks []string
}

// program is how the program is called on the command line.
const program = "vecscope"

// Line is the command for a POSIX shell.
func (c Command) Line() string {
	words := []string{program}
	for _, arg := range c.Args {
		words = append(words, term.ShellWord(arg))
	}
	return strings.Join(words, " ")
}
