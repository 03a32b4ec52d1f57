package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"
)

// maxUnpacked is how large a workbook may become when it is unpacked, in bytes.
const maxUnpacked = 1 << 30

// openWorkbook opens the first sheet of a workbook that has a row; the caller closes
// it. The error is a *ReadError without a name.
func openWorkbook(ctx context.Context, f *os.File) (*sheetRows, error) {
	// Large parts are unpacked onto the disk, and stay there where opening fails, so that
	// they get a folder of their own. Without one they are unpacked into memory.
	folder, _ := os.MkdirTemp("", "vecscope-")
	book, err := excelize.OpenReader(f, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, TmpDir: folder})
	if err != nil {
		_ = os.RemoveAll(folder)
		return nil, &ReadError{Why: "it is no workbook that can be read (" + printable(err.Error()) + ")", Hint: "save it again as .xlsx or .csv", Err: err}
	}
	sheets := book.GetSheetList()
	for _, sheet := range sheets {
		rows, err := book.Rows(sheet)
		if err != nil {
			continue // a sheet of a chart has no rows
		}
		s := &sheetRows{ctx: ctx, book: book, folder: folder, rows: rows, several: len(sheets) > 1, name: sheet}
		if first, err := s.next(); err == nil {
			s.header = &first
			return s, nil
		}
		_ = rows.Close() // nothing was written
	}
	_ = errors.Join(book.Close(), os.RemoveAll(folder))
	return nil, &ReadError{Why: "there are no texts in it", Hint: `write a table with a column "text"`}
}

// sheetRows are the rows of a sheet.
type sheetRows struct {
	ctx     context.Context
	book    *excelize.File
	folder  string // of what was unpacked
	rows    *excelize.Rows
	name    string
	several bool // there are other sheets
	row     int
	width   int
	header  *record // the first row, to be given yet
	told    func(read int)
}

// rowsTold is how many rows lie between two words of how many were read.
const rowsTold = 1000

// largeWorkbook is from how many bytes on unpacking a workbook takes a while.
const largeWorkbook = 1 << 20

// close gives up what the workbook took.
func (s *sheetRows) close() { _ = errors.Join(s.rows.Close(), s.book.Close(), os.RemoveAll(s.folder)) }

// next gives a row that is not empty, as wide as the first.
func (s *sheetRows) next() (record, error) {
	if s.header != nil {
		first := *s.header
		s.header = nil
		return first, nil
	}
	for s.rows.Next() {
		s.row++
		if s.told != nil && s.row%rowsTold == 0 {
			s.told(s.row)
		}
		if err := s.ctx.Err(); err != nil {
			return record{}, err
		}
		cells, err := s.rows.Columns()
		if err != nil {
			return record{row: s.row, fault: &ReadError{Row: s.row, Why: "it cannot be read (" + printable(err.Error()) + ")", Hint: "save the workbook again"}}, nil
		}
		for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" && len(cells) != s.width {
			cells = cells[:len(cells)-1]
		}
		if len(cells) == 0 {
			continue
		}
		if s.width == 0 {
			s.width = len(cells)
		}
		for len(cells) < s.width {
			cells = append(cells, "")
		}
		return record{row: s.row, fields: cells}, nil
	}
	if err := s.rows.Error(); err != nil {
		return record{}, &ReadError{Row: s.row + 1, Why: "it cannot be read further (" + printable(err.Error()) + ")", Hint: "save the workbook again", Err: err}
	}
	return record{}, io.EOF
}

// loadWorkbook is Load for a workbook.
func loadWorkbook(ctx context.Context, f *os.File, path string, o Options) (*Reading, error) {
	c := newCollector(path, o)
	if info, err := f.Stat(); err == nil && info.Size() > largeWorkbook && o.Rows != nil {
		o.Rows(0)
	}
	rows, err := openWorkbook(ctx, f)
	if err == nil {
		defer rows.close()
		rows.told = o.Rows
		err = readTable(c, rows)
	}
	if err != nil {
		return nil, c.failure(err)
	}
	if rows.several {
		c.reading.Sheet = rows.name
	}
	return c.ended()
}

// failure gives an error that ended the reading of a workbook its name.
func (c *collector) failure(err error) error {
	var why *ReadError
	if errors.As(err, &why) {
		return c.named(why)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return c.named(&ReadError{Why: fmt.Sprintf("it cannot be read (%s)", cause(err)), Hint: "try again", Err: err})
}
