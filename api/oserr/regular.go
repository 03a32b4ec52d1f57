package oserr

import (
	"errors"
	"os"
)

// ErrIrregular reports a path where no file is but a pipe, a device or a directory:
// reading it could wait for ever.
var ErrIrregular = errors.New("it is no regular file")

// OpenRegular opens a file for reading. The error wraps ErrIrregular for what is none,
// which is not opened: opening a pipe alone would wait for who writes into it.
func OpenRegular(path string) (*os.File, error) {
	if err := CheckRegular(path); err != nil {
		return nil, err
	}
	return os.Open(path)
}

// CheckRegular gives the error that OpenRegular would, and fs.ErrNotExist where nothing
// is.
func CheckRegular(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular() && !isNull(info):
		return &os.PathError{Op: "open", Path: path, Err: ErrIrregular}
	}
	return nil
}

// isNull tells whether it is the device that holds nothing, which people link to where
// they want no file.
func isNull(info os.FileInfo) bool {
	null, err := os.Stat(os.DevNull)
	return err == nil && os.SameFile(info, null)
}
