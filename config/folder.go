package config

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/oserr"
)

// FolderFile is what the file of a folder is called. It stands beside texts, so that those
// who share the folder share what was chosen for it.
const FolderFile = ".vecscope.toml"

// A stranger's file is read up to so many bytes; of models it can name so many, with so
// many bytes each.
const (
	maxFolder = 64 << 10
	maxModels = 32
	maxRef    = 200
)

// Folder is what was chosen for the texts of a folder. It comes with files of others: it
// can name models, and no server, key, header, limit or command, and what it names is
// asked for nothing. What is empty or nil leaves things as they are.
type Folder struct {
	// Models are candidates, provider/model@dimensions.
	Models []string
	// Threshold is that of all candidates, and Thresholds those of single ones, by id.
	Threshold  *float64
	Thresholds map[string]float64
	// Prefixes are what goes before texts, by model.
	Prefixes map[string]Prefixes
	// Labels is a file of labels in the same folder.
	Labels string
}

// Prefixes are what goes before texts in each role; nil is what the model has itself.
type Prefixes struct{ Query, Document, Symmetric *string }

// Apply puts the prefixes in the place of those of a model.
func (p Prefixes) Apply(r api.Roles) api.Roles {
	for _, prefix := range []struct{ from, to *string }{
		{p.Query, &r.Query.Prefix}, {p.Document, &r.Document.Prefix}, {p.Symmetric, &r.Symmetric.Prefix},
	} {
		if prefix.from != nil {
			*prefix.to = *prefix.from
		}
	}
	return r
}

// Empty tells that nothing was chosen.
func (f Folder) Empty() bool {
	return len(f.Models) == 0 && f.Threshold == nil && len(f.Thresholds) == 0 && len(f.Prefixes) == 0 && f.Labels == ""
}

// LoadFolder reads the file of a folder; none is an empty one. What is wrong in it is left
// out, and said by problem in one line.
func LoadFolder(folder string) (f Folder, problem string) {
	name := filepath.Join(folder, FolderFile)
	data, err := oserr.ReadRegular(name, maxFolder)
	if missing(err) {
		return Folder{}, ""
	}
	if err != nil {
		return Folder{}, fmt.Sprintf("%s cannot be read (%s) and has no effect", oserr.Printable(name), oserr.Reason(err))
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	var values map[string]any
	if err := toml.Unmarshal(data, &values); err != nil {
		return Folder{}, fmt.Sprintf("%s has no effect: %s", oserr.Printable(name), oserr.Printable(strings.TrimPrefix(err.Error(), "toml: ")))
	}
	r := &reader{places: placesOf(data)}
	var prefixes []*folderPrefixes
	r.read(f.table(&prefixes), values, "")
	for _, p := range prefixes {
		if f.Prefixes == nil {
			f.Prefixes = map[string]Prefixes{}
		}
		if p.Model != "" {
			f.Prefixes[p.Model] = Prefixes{p.Query, p.Document, p.Symmetric}
		}
	}
	if len(r.problems) > 0 {
		problem = (&SettingsError{Path: name, Problems: r.problems}).Error() + "; that has no effect"
	}
	return f, problem
}

// folderPrefixes is a table of the file.
type folderPrefixes struct {
	Model     string  `toml:"model"`
	Query     *string `toml:"query,omitempty"`
	Document  *string `toml:"document,omitempty"`
	Symmetric *string `toml:"symmetric,omitempty"`
}

// table is the schema of the file.
func (f *Folder) table(prefixes *[]*folderPrefixes) table {
	return table{
		values: map[string]setter{
			"models":    modelsTo(&f.Models),
			"threshold": thresholdTo(func(x float64) { f.Threshold = &x }),
			"labels":    besideTo(&f.Labels),
		},
		tables: map[string]table{"thresholds": {free: func(name string) (setter, string) {
			if !isRef(name) {
				return nil, fmt.Sprintf("there is no model %.40q: use provider/model@dimensions", name)
			}
			return thresholdTo(func(x float64) {
				if f.Thresholds == nil {
					f.Thresholds = map[string]float64{}
				}
				f.Thresholds[name] = x
			}), ""
		}}},
		lists: map[string]func() table{"prefixes": func() table {
			p := &folderPrefixes{}
			*prefixes = append(*prefixes, p)
			return table{needs: []string{"model"}, values: map[string]setter{
				"model": modelTo(&p.Model), "query": prefixTo(&p.Query), "document": prefixTo(&p.Document), "symmetric": prefixTo(&p.Symmetric),
			}}
		}},
	}
}

func modelsTo(to *[]string) setter {
	return func(value any) string {
		list, ok := value.([]any)
		if len(list) > maxModels {
			return fmt.Sprintf("at most %d models", maxModels)
		}
		var refs []string
		for _, v := range list {
			ref, _ := v.(string)
			ok = ok && isRef(ref)
			refs = append(refs, ref)
		}
		if !ok {
			return `a list such as ["local/use-lite@512"]`
		}
		*to = refs
		return ""
	}
}

func modelTo(to *string) setter {
	return func(value any) string {
		ref, _ := value.(string)
		if !isRef(ref) {
			return `a model such as "local/use-lite"`
		}
		*to = ref
		return ""
	}
}

// isRef tells that a candidate is named so that it can be shown as it is.
func isRef(ref string) bool {
	_, err := api.ParseCandidate(ref)
	return err == nil && len(ref) <= maxRef && oserr.Printable(ref) == ref
}

func thresholdTo(set func(float64)) setter {
	var x float64
	number := numberTo(&x, -1, 1, "a number from -1 to 1")
	return func(value any) string {
		use := number(value)
		if use == "" {
			set(x)
		}
		return use
	}
}

func prefixTo(to **string) setter {
	return func(value any) string {
		text, ok := value.(string)
		if why := api.QueryPrefixProblem(text); !ok || why != "" {
			return "a text to go before others"
		}
		*to = &text
		return ""
	}
}

// besideTo takes the name of a file of the same folder, and no way out of it.
func besideTo(to *string) setter {
	return func(value any) string {
		name, ok := value.(string)
		if !ok || !CanKeepLabels(name) {
			return `the name of a file in the same folder, such as "pairs.csv"`
		}
		*to = name
		return ""
	}
}

// CanKeepLabels tells whether a file of labels can be named in the file of its folder: by a
// name that leads out of the folder on no system.
func CanKeepLabels(name string) bool {
	return name != "" && name != "." && name != ".." && utf8.ValidString(name) && !strings.ContainsAny(name, "/\\:\x00")
}

// SaveFolder writes the file of a folder, all of it or nothing, and gives its path. What
// is no plain file there, such as a link to elsewhere, is left alone. The error is a
// *WriteError.
func SaveFolder(folder string, f Folder) (path string, err error) {
	path = filepath.Join(folder, FolderFile)
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return path, &WriteError{Path: path, Err: errors.New("it is no plain file")}
	}
	doc := struct {
		Models     []string           `toml:"models,omitempty"`
		Threshold  *float64           `toml:"threshold,omitempty"`
		Labels     string             `toml:"labels,omitempty"`
		Thresholds map[string]float64 `toml:"thresholds,omitempty"`
		Prefixes   []folderPrefixes   `toml:"prefixes,omitempty"`
	}{f.Models, f.Threshold, f.Labels, f.Thresholds, nil}
	for model, p := range f.Prefixes {
		doc.Prefixes = append(doc.Prefixes, folderPrefixes{model, p.Query, p.Document, p.Symmetric})
	}
	slices.SortFunc(doc.Prefixes, func(a, b folderPrefixes) int { return strings.Compare(a.Model, b.Model) })
	written, err := toml.Marshal(doc)
	if err != nil {
		return path, &WriteError{Path: path, Err: err}
	}
	const about = "# What vecscope is to compare the texts of this folder with. It names models, and never a\n# server or a key; nothing in it costs money unasked.\n"
	return path, WriteAtomic(path, append([]byte(about), written...), 0o644)
}
