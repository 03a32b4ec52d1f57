package oserr

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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

// ReadRegular reads a whole file of at most that many bytes, in whole kB. The error wraps
// ErrIrregular for what is no file, and is one for a larger file, of which nothing comes.
func ReadRegular(path string, limit int64) ([]byte, error) {
	f, err := OpenRegular(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var data bytes.Buffer
	if info, err := f.Stat(); err == nil && info.Size() <= limit {
		data.Grow(int(info.Size()) + bytes.MinRead) // so that nothing is copied
	}
	if _, err := data.ReadFrom(io.LimitReader(f, limit+1)); err != nil {
		return nil, err
	}
	if int64(data.Len()) > limit {
		if limit < 1<<20 {
			return nil, fmt.Errorf("it is larger than %d kB", limit>>10)
		}
		return nil, fmt.Errorf("it is larger than %d MB", limit>>20)
	}
	return data.Bytes(), nil
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
