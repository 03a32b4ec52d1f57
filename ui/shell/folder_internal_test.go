package shell

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/loop"
	"github.com/vecscope/vecscope/ui/session"
)

// withModels is an explorer whose catalog has models inside the binary, of a server for
// money, and of one for nothing.
func withModels(t *testing.T, chosen ...string) *App {
	t.Helper()
	a, _ := withoutScreens(t)
	one, nothing := 1.0, 0.0
	var models []api.Model
	for i := range 8 {
		models = append(models, api.Model{Provider: "local", ID: fmt.Sprintf("in%d", i), Kind: api.KindEmbedding, Dimensions: 4, Source: api.SourceBinary, Price: &nothing})
	}
	a.Session.Engine().Catalog = catalog.New(append(models,
		api.Model{Provider: "shop", ID: "paid", Kind: api.KindEmbedding, Dimensions: 4, Price: &one, Source: api.SourceCached},
		api.Model{Provider: "shop", ID: "free", Kind: api.KindEmbedding, Dimensions: 4, Price: &nothing, Source: api.SourceCached}))
	for _, id := range chosen {
		c, err := api.ParseCandidate(id)
		if err != nil {
			t.Fatal(err)
		}
		a.Session.Restore().Candidate(c)
	}
	return a
}

// The models of a folder take the place of those that were chosen, but for those that texts
// would be sent to at once.
func TestTheModelsOfAFolderAreTakenWhereNothingIsSentUnasked(t *testing.T) {
	var many []string
	for i := range 8 {
		many = append(many, fmt.Sprintf("local/in%d@4", i))
	}
	for name, c := range map[string]struct {
		chosen, given, refs []string
		is, left            []string
		taken               int
	}{
		"none":             {[]string{"local/in0@4"}, nil, nil, []string{"local/in0@4"}, nil, 0},
		"others":           {[]string{"local/in0@4"}, nil, []string{"local/in1", "shop/paid@2"}, []string{"local/in1@4", "shop/paid@2"}, nil, 2},
		"what is free":     {[]string{"local/in0@4"}, nil, []string{"shop/free", "local/in1"}, []string{"local/in1@4"}, []string{"shop/free"}, 1},
		"chosen already":   {[]string{"local/in0@4", "shop/free@4"}, nil, []string{"shop/free", "local/in1"}, []string{"shop/free@4", "local/in1@4"}, nil, 2},
		"nothing to take":  {[]string{"local/in0@4"}, nil, []string{"shop/free", "nobody/knows", "no reference"}, []string{"local/in0@4"}, []string{"shop/free", "nobody/knows", "no reference"}, 0},
		"one twice":        {nil, nil, []string{"local/in1", "local/in1@4"}, []string{"local/in1@4"}, nil, 1},
		"too many":         {nil, nil, many, many[:session.MaxCandidates], many[session.MaxCandidates:], session.MaxCandidates},
		"given at a start": {[]string{"local/in0@4"}, []string{"local/in0@4"}, []string{"local/in1"}, []string{"local/in0@4"}, nil, 0},
	} {
		a := withModels(t, c.chosen...)
		a.options.Start.Models = c.given
		_, taken, left := a.takeFolderModels(c.refs)
		if is := session.CandidateIDs(a.Session.Candidates()); !slices.Equal(is, c.is) || !slices.Equal(left, c.left) || taken != c.taken {
			t.Errorf("%s: %d are taken, chosen are %q and left out %q, want %d, %q and %q", name, taken, is, left, c.taken, c.is, c.left)
		}
	}
}

// A folder keeps the models with what was chosen for each, and labels of its own.
func TestWhatIsChosenIsKeptForAFolder(t *testing.T) {
	folder := filepath.Join(string(filepath.Separator), "team", "texts")
	for name, c := range map[string]struct {
		each         bool
		labels       string // their path
		kept, remark string
	}{
		"a common threshold": {false, "", "local/in0@4 shop/paid@4 · 0.8 · map[] · shop/paid · ", ""},
		"one for each":       {true, "", "local/in0@4 shop/paid@4 · 0.8 · map[shop/paid@4:0.7] · shop/paid · ", ""},
		"labels here":        {false, filepath.Join(folder, "pairs.csv"), "local/in0@4 shop/paid@4 · 0.8 · map[] · shop/paid · pairs.csv", ""},
		"labels elsewhere":   {false, filepath.Join(folder, "more", "pairs.csv"), "local/in0@4 shop/paid@4 · 0.8 · map[] · shop/paid · ", "; not the labels, which are no file of this folder"},
	} {
		a := withModels(t, "local/in0@4", "shop/paid@4")
		roles := api.Roles{Query: api.Manner{Prefix: "q: "}, Document: api.Manner{Prefix: "d: "}, Symmetric: api.Manner{Prefix: "s: "}, From: api.RolesEdited}
		a.Session.Restore().Choices(session.Choices{
			Threshold: .8, PerCandidate: c.each, Thresholds: map[string]float64{"shop/paid@4": .7, "gone/model@1": .1}, Roles: map[string]api.Roles{"shop/paid": roles, "gone/model": roles},
		})
		if c.labels != "" {
			err := a.Session.Restore().Decision(session.Decision{Labels: []byte(`{"Pairs":[{"A":"1","B":"2","Score":1}]}`), File: "pairs.csv", Path: c.labels, Task: evaluate.Pairs})
			if err != nil {
				t.Fatal(err)
			}
		}
		f := a.folderChoices(folder)
		var prefixes []string
		for ref, p := range f.Prefixes {
			if prefixes = append(prefixes, ref); *p.Query != "q: " || *p.Document != "d: " || *p.Symmetric != "s: " {
				t.Errorf("%s: the prefixes of %s are %q, %q and %q", name, ref, *p.Query, *p.Document, *p.Symmetric)
			}
		}
		got := fmt.Sprintf("%s · %v · %v · %s · %s", strings.Join(f.Models, " "), *f.Threshold, f.Thresholds, strings.Join(prefixes, " "), f.Labels)
		if got != c.kept || a.labelsNotKept(f) != c.remark {
			t.Errorf("%s: %s, and it is said %q, want %s and %q", name, got, a.labelsNotKept(f), c.kept, c.remark)
		}
	}
}

// Labels that came with a start are for the texts of that start alone.
func TestLabelsOfAStartAreForItsTexts(t *testing.T) {
	here, there := corpus.FilesAt(corpus.Options{}, "/x/a.csv"), corpus.FilesAt(corpus.Options{}, "/y/b.csv")
	for _, c := range []struct {
		open    string
		present corpus.Files
		want    bool
	}{{"", here, false}, {"/x/pairs.csv", here, true}, {"/x/pairs.csv", there, false}} {
		a, _ := withoutScreens(t)
		a.options.Open, a.options.Files, a.files = c.open, here, c.present
		if got := a.labelsGiven(); got != c.want {
			t.Errorf("started with %q, on %v: %t", c.open, c.present.Paths(), got)
		}
	}
}

// Of texts that were just opened the folder is read, of those of last time it has had its say.
func TestTheFolderOfTextsThatWereOpenedIsRead(t *testing.T) {
	a, _ := withoutScreens(t)
	files := corpus.FilesAt(corpus.Options{}, "/x/a.csv")
	a.Session.Restore().Texts([]corpus.Text{{Text: "one"}}, corpus.Origin{Files: files})
	if got := a.filesAtStart(false); got != files {
		t.Errorf("of last time it is %v", got.Paths())
	}
	if got := a.filesAtStart(true); got != (corpus.Files{}) {
		t.Errorf("of opened ones it is %v", got.Paths())
	}
	if a.files = files; a.followFolder() != nil {
		t.Error("the folder that had its say is read again")
	}
	if a.files = (corpus.Files{}); a.followFolder() == nil || a.files != files {
		t.Error("the folder of texts that were opened is not read")
	}
}

// Where a folder names thresholds of some models, those of the others are the common one.
func TestThresholdsThatAFolderDoesNotNameAreTheCommonOne(t *testing.T) {
	a := withModels(t, "local/in0@4", "local/in1@4")
	th := a.Session.Thresholds()
	th.SetEach(true)
	th.Set("local/in0@4", .1)
	th.Set("local/in1@4", .2)
	common := .8
	a.takeFolderThresholds(config.Folder{Threshold: &common, Thresholds: map[string]float64{"local/in1@4": .6}})
	if th.Common() != .8 || th.Of("local/in0@4") != .8 || th.Of("local/in1@4") != .6 {
		t.Errorf("the common one is %v, those of the models %v and %v", th.Common(), th.Of("local/in0@4"), th.Of("local/in1@4"))
	}
}

// What is chosen for a folder is taken up by its own texts alone, also where others have come while
// it was read.
func TestChoicesOfAFolderAreForItsTextsAlone(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, config.FolderFile), []byte("models = [\"local/in1@4\"]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	here, there := corpus.FilesAt(corpus.Options{}, filepath.Join(folder, "a.csv")), corpus.FilesAt(corpus.Options{}, filepath.Join(t.TempDir(), "b.csv"))
	for name, c := range map[string]struct {
		then corpus.Files
		want string
	}{"the same texts": {here, "local/in1@4"}, "others": {there, "local/in0@4"}, "own ones": {corpus.Files{}, "local/in0@4"}} {
		a := withModels(t, "local/in0@4")
		texts := []corpus.Text{{Text: "one"}}
		a.Session.Restore().Texts(texts, corpus.Origin{Files: here})
		read := a.followFolder()
		a.Session.Restore().Texts(texts, corpus.Origin{Files: c.then})
		a.followFolder()
		read().(loop.Done)()
		if is := strings.Join(session.CandidateIDs(a.Session.Candidates()), " "); is != c.want || (a.Notice().Text != "") != (c.then == here) {
			t.Errorf("%s: chosen is %s, want %s, and it says %q", name, is, c.want, a.Notice().Text)
		}
	}
}
