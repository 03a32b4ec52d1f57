package corpus

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/transform"
)

// Format is how texts are written in a file.
type Format int

const (
	// FormatTXT has one text a line; blank lines are skipped.
	FormatTXT Format = iota
	// FormatCSV has a header, of which Columns says what its columns are. A semicolon,
	// a tab or a vertical bar may stand for the comma.
	FormatCSV
	// FormatTSV is the same with tabs.
	FormatTSV
	// FormatJSONL has one JSON object a line, with keys for columns.
	FormatJSONL
	// FormatJSON has such objects, or strings, in an array.
	FormatJSON
	// formatXLSX is a workbook, the first sheet of which is a table.
	formatXLSX
)

var formats = map[string]Format{
	"":        FormatTXT,
	".txt":    FormatTXT,
	".text":   FormatTXT,
	".md":     FormatTXT,
	".log":    FormatTXT,
	".csv":    FormatCSV,
	".tsv":    FormatTSV,
	".tab":    FormatTSV,
	".jsonl":  FormatJSONL,
	".ndjson": FormatJSONL,
	".json":   FormatJSON,
	".xlsx":   formatXLSX,
}

// instead says what to do with files that cannot be read.
var instead = map[string]string{
	".parquet": `write it as CSV first, such as with duckdb -c "COPY 'a.parquet' TO 'a.csv'"`,
	".xls":     "save it as .xlsx or .csv",
	".ods":     "save it as .xlsx or .csv",
	".gz":      "unpack it first",
	".zip":     "unpack it first",
}

const readsThese = "vecscope reads .txt, .csv, .tsv, .jsonl, .json and .xlsx files"

// FormatOf tells the format by the name's extension. A name without one, such as
// "-", has one text a line. The error is a *ReadError.
func FormatOf(name string) (Format, error) {
	ext := strings.ToLower(filepath.Ext(name))
	if format, ok := formats[ext]; ok {
		return format, nil
	}
	hint := readsThese
	if better, ok := instead[ext]; ok {
		hint = better
	}
	return 0, &ReadError{Name: name, Why: fmt.Sprintf("files that end in %s cannot be read", printable(ext)), Hint: hint}
}

// Options say how texts are written and are to be read. The zero Options leave it to
// be found out, and leave out rows that cannot be used.
type Options struct {
	// Columns are the columns or keys to take; those without a name are told by what
	// they are called. NoColumn takes none for ids or groups.
	Columns Columns
	// Encoding is how characters are written, a name of Encodings; empty is UTF-8,
	// or UTF-16 where the file shows it.
	Encoding string
	// Strict makes the first row that cannot be used an error.
	Strict bool
	// Progress is told of the bytes that were read, and of how many there are, 0 when
	// nobody knows. It may be nil.
	Progress func(read, size int64)
	// Rows is told, now and then, of the rows of a workbook that were read; how many there
	// are nobody knows. It may be nil.
	Rows func(read int)
	// exact takes columns alone that are called by their role.
	exact bool
}

// Read reads the texts of a stream, which errors call name, from the columns called
// "text", "id", "group" and "lang". The first row that cannot be used is an error, also one
// with an id that another has, because results could not tell them apart. Every error
// is a *ReadError.
func Read(r io.Reader, name string, format Format) ([]Text, error) {
	reading, err := Load(context.Background(), r, name, format, Options{Strict: true, exact: true})
	if err != nil {
		return nil, err
	}
	return reading.Texts, nil
}

// Load reads the texts of a stream, which errors call name. It reads no more than
// MaxFileSize, and keeps no more of it than the texts. The error is ctx's or a
// *ReadError; ErrEncoding is in it when somebody must say how the stream is written.
func Load(ctx context.Context, r io.Reader, name string, format Format, o Options) (*Reading, error) {
	c := newCollector(name, o)
	s := newSource(ctx, r, name, o)
	err := s.failure(c.take(s, format))
	if err != nil {
		return nil, err
	}
	c.reading.Marks = s.marks()
	if !s.encoding.assumed && s.encoding.name != utf8Encoding.name {
		c.reading.Encoding = s.encoding.name
	}
	return c.ended()
}

// LoadFile is Load for a file, in the format that its name tells. fs.ErrNotExist and
// fs.ErrPermission can be found in the error.
func LoadFile(ctx context.Context, path string, o Options) (*Reading, error) {
	f, size, format, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if format == formatXLSX {
		return loadWorkbook(ctx, f, path, o)
	}
	if told := o.Progress; told != nil {
		o.Progress = func(read, _ int64) { told(read, size) }
	}
	return Load(ctx, f, path, format, o)
}

// openFile opens a file of texts; the caller closes it.
func openFile(path string) (f *os.File, size int64, format Format, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, 0, openError(path, err)
	}
	if info.IsDir() {
		return nil, 0, 0, &ReadError{Name: path, Why: "this is a directory", Hint: "name files in it, such as " + printable(filepath.Join(path, "*.txt"))}
	}
	if format, err = FormatOf(path); err != nil {
		return nil, 0, 0, err
	}
	if info.Mode().IsRegular() && info.Size() > MaxFileSize {
		return nil, 0, 0, tooLarge(path)
	}
	if f, err = os.Open(path); err != nil {
		return nil, 0, 0, openError(path, err)
	}
	return f, info.Size(), format, nil
}

func openError(path string, err error) error {
	e := &ReadError{Name: path, Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Why, e.Hint = "there is no such file", "check the path"
	case errors.Is(err, fs.ErrPermission):
		e.Why, e.Hint = "you are not allowed to read it", "check its permissions"
	default:
		e.Why, e.Hint = "it cannot be opened ("+cause(err)+")", "check the path"
	}
	return e
}

// cause is the system's reason without the call and the path, which the person
// knows already.
func cause(err error) string {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return printable(err.Error())
}

func tooLarge(name string) error {
	return &ReadError{
		Name: name,
		Why:  fmt.Sprintf("it is larger than %d MB, the most that is read", MaxFileSize>>20),
		Hint: "take a part of it",
	}
}

// source is a stream made UTF-8.
type source struct {
	name     string
	in       *bufio.Reader
	encoding encoding
	raw      *counted
	reader   *lineReader
}

func newSource(ctx context.Context, r io.Reader, name string, o Options) *source {
	raw := &counted{ctx: ctx, in: r, progress: o.Progress}
	s := &source{name: name, raw: raw, in: bufio.NewReaderSize(raw, 1<<16)}
	start, _ := s.in.Peek(s.in.Size())
	var skip int
	s.encoding, skip = findEncoding(start, o.Encoding)
	_, _ = s.in.Discard(skip) // it was looked at
	if s.encoding.decoder != nil {
		s.in = bufio.NewReaderSize(transform.NewReader(s.in, s.encoding.decoder()), 1<<16)
	}
	return s
}

// lines gives the stream line by line.
func (s *source) lines() *lineReader {
	if s.reader == nil {
		s.reader = &lineReader{in: s.in, name: s.name, encoding: s.encoding}
	}
	return s.reader
}

func (s *source) marks() int { return s.lines().marks }

// failure says what ended the reading.
func (s *source) failure(err error) error {
	var known *ReadError
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, errTooLarge):
		return tooLarge(s.name)
	case s.raw.ctx.Err() != nil:
		return s.raw.ctx.Err()
	}
	return &ReadError{Name: s.name, Why: "it cannot be read (" + cause(err) + ")", Hint: "try again", Err: err}
}

var errTooLarge = errors.New("too large")

// counted reads no more than MaxFileSize, and nothing after ctx has ended.
type counted struct {
	ctx      context.Context
	in       io.Reader
	read     int64
	progress func(read, size int64)
}

// Read implements io.Reader.
func (c *counted) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.in.Read(p[:min(int64(len(p)), MaxFileSize+1-c.read)])
	if c.read += int64(n); c.read > MaxFileSize {
		return 0, errTooLarge
	}
	if c.progress != nil {
		c.progress(c.read, 0)
	}
	return n, err
}

// take takes the texts of a stream.
func (c *collector) take(s *source, format Format) error {
	if format != FormatTXT {
		return c.takeRows(s, format)
	}
	if c.options.Columns != (Columns{}) {
		return c.named(&ReadError{Why: "it has no columns: it is read as one text a line", Hint: "say another format, or name no columns"})
	}
	return readLines(c, s.lines())
}

func (c *collector) takeRows(s *source, format Format) error {
	switch format {
	case FormatJSONL:
		return readObjects(c, jsonLines{s.lines()})
	case FormatJSON:
		return readObjects(c, jsonObjects(s))
	}
	rows, err := tableOf(c, s.lines(), format)
	if err != nil {
		return err
	}
	return readTable(c, rows)
}

// readLines reads one text a line.
func readLines(c *collector, lines *lineReader) error {
	for {
		l, err := lines.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		switch {
		case err != nil:
		case l.broken != "":
			err = c.leave(brokenLine(l))
		case strings.TrimSpace(l.text) != "":
			err = c.add(l.number, "", Text{Text: l.text})
		}
		if err != nil {
			return err
		}
	}
}
