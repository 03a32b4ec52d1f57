// Package oserr puts the errors that the operating system gives for files into
// words for the middle of a line. It may import the standard library only.
package oserr

import (
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Reason is the system's reason without the call and the paths, such as
// "permission denied", safe for a terminal.
func Reason(err error) string {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return Printable(err.Error())
}

// Printable is a name as it is, quoted when it holds what could disturb a
// terminal.
func Printable(name string) string {
	unprintable := func(r rune) bool { return !strconv.IsPrint(r) }
	if !utf8.ValidString(name) || strings.ContainsFunc(name, unprintable) {
		return strconv.Quote(name)
	}
	return name
}
