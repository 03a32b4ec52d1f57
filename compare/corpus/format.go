package corpus

import (
	"encoding/json"
	"slices"
	"strings"
)

// formatNames are what people call the formats, in the order of the constants.
var formatNames = []string{"txt", "csv", "tsv", "jsonl", "json", "xlsx"}

// FormatNames lists what FormatNamed knows: the formats that a stream can have.
func FormatNames() []string { return slices.Clone(formatNames[:formatXLSX]) }

// String is the format's name.
func (f Format) String() string { return formatNames[f] }

// FormatNamed gives the format of that name.
func FormatNamed(name string) (f Format, ok bool) {
	i := slices.Index(FormatNames(), name)
	return Format(max(i, 0)), i >= 0
}

// GuessFormat tells by the first line of a stream in which format its texts could
// be: FormatTXT unless the line is a header with a column "text" or a JSON object
// with that key.
func GuessFormat(line string) Format {
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(line), &object) == nil && object["text"] != nil {
		return FormatJSONL
	}
	for _, table := range []struct {
		mark   string
		format Format
	}{{"\t", FormatTSV}, {",", FormatCSV}, {";", FormatCSV}} {
		for name := range strings.SplitSeq(line, table.mark) {
			if strings.Contains(line, table.mark) && columnName(strings.Trim(strings.TrimSpace(name), `"`)) == "text" {
				return table.format
			}
		}
	}
	return FormatTXT
}
