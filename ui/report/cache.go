package report

import (
	"io"

	"github.com/vecscope/vecscope/api/cache"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// day is how a date is written.
const day = "2006-01-02"

var cacheColumns = columns[cache.ModelStats]{
	{key: "base_url", head: "server", value: func(m cache.ModelStats) any { return m.BaseURL }},
	{key: "model", head: "model", value: func(m cache.ModelStats) any { return m.Model }},
	{key: "entries", head: "vectors", right: true, value: func(m cache.ModelStats) any { return m.Entries }},
	{key: "bytes", head: "size", right: true, value: func(m cache.ModelStats) any { return m.Bytes },
		text: func(m cache.ModelStats) string { return format.Bytes(m.Bytes) }},
	{key: "last_used", head: "last used", value: func(m cache.ModelStats) any { return m.LastUsed.Format(day) }},
}

type cacheJSON struct {
	Path      string                     `json:"path"`
	FileBytes int64                      `json:"file_bytes"`
	Entries   int                        `json:"entries"`
	Bytes     int64                      `json:"bytes"`
	Models    []object[cache.ModelStats] `json:"models"`
}

// CacheJSON writes what the cache holds as a JSON object.
func CacheJSON(w io.Writer, s cache.Stats) error {
	j := newJSON(w)
	j.value(cacheJSON{Path: s.Path, FileBytes: s.FileBytes, Entries: s.Entries, Bytes: s.Bytes, Models: cacheColumns.objects(s.Models)})
	return j.end()
}

// CacheText writes what the cache holds as a plain table.
func CacheText(w io.Writer, s cache.Stats) error {
	var d document
	d.line("%s: %d vectors, %s", term.Written(s.Path), s.Entries, format.Bytes(s.FileBytes))
	if len(s.Models) > 0 {
		d.line("")
		d.table(cacheColumns.table(s.Models))
	}
	return d.writeText(w)
}
