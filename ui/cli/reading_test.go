package cli

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui/app"
)

func TestFilesAreReadAsTheFlagsSay(t *testing.T) {
	zendesk := file(t, "export.csv", "Ticket ID,Subject,Description,Type\n7,up,east,a\n8,up,north,b\n")
	latin := file(t, "latin.txt", "east caf\xe9\n")
	ragged := file(t, "ragged.csv", "id,text\n1,east\n2,\n3,north,x\n4,north\n")
	for _, c := range []struct {
		line, said string
		want       []string
	}{
		{"compare --json " + zendesk, `vecscope: export.csv: texts from "Description", ids from "Ticket ID" (--text-column, --id-column and --group-column name others)` + "\n",
			[]string{`{"id":"7","text":"east"`, `{"id":"8","text":"north"`}},
		{"compare --json --text-column Subject --group-column type --id-column none " + zendesk, "", []string{`{"id":"1","text":"up","group":"a"}`}},
		{"compare --json --text-column Subject,Description --id-column none " + zendesk, `vecscope: export.csv: texts from "Subject" and "Description"` + "\n", []string{`{"id":"1","text":"up\neast","group":""}`}},
		{"compare --json --text-column description --text-column Subject " + zendesk, `vecscope: export.csv: texts from "Description" and "Subject", ids from "Ticket ID"`, []string{`"text":"north\nup"`}},
		{"duplicates --json --group-column Type " + zendesk, "vecscope: export.csv: texts from", []string{`"text":"east"`}},
		{"embed --model local/compass --encoding latin-1 " + latin, "vecscope: latin.txt: read as iso-8859-1\n", []string{`"text":"east café"`}},
		{"compare --json " + ragged, "vecscope: ragged.csv: 2 rows left out (line 3: the text is empty; line 4: it has 3 columns, the header has 2)\n",
			[]string{`{"id":"1","text":"east"`, `{"id":"4","text":"north"`}},
		{"compare --json file://" + (&url.URL{Path: filepath.ToSlash(zendesk)}).EscapedPath(), "vecscope: export.csv: texts from", []string{`"text":"east"`}},
	} {
		s := newSession(t)
		out := s.expect(t, ExitDone, c.line)
		if !strings.HasPrefix(s.err.String(), c.said) || c.said == "" && s.err.Len() > 0 || strings.Count(s.err.String(), "\n") > 1 {
			t.Errorf("vecscope %s says %q, want %q", c.line, s.err.String(), c.said)
		}
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("vecscope %s does not read %s:\n%s", c.line, want, out)
			}
		}
	}
	for line, want := range map[string]string{
		"compare --strict " + ragged:               `ragged.csv, line 3, column "text": the text is empty; write one or delete the row`,
		"compare " + latin:                         "latin.txt, line 1, column 9: the byte 0xe9 is not UTF-8; save it as UTF-8, or say its encoding, such as windows-1252 (--encoding)",
		"compare --text-column Betreff " + zendesk: `there is no column "Betreff"; there is "Ticket ID", "Subject", "Description", "Type"`,
		"compare --group-column x " + latin:        "latin.txt: it has no columns",
	} {
		s := newSession(t)
		if code := s.do(t, line); code != ExitFailed || !strings.Contains(s.err.String(), want) {
			t.Errorf("vecscope %s: exit code %d, %q", line, code, s.err.String())
		}
	}
	s := newSession(t)
	if code := s.do(t, "compare --encoding klingon "+latin); code != ExitUsage || !strings.Contains(s.err.String(), "windows-1252") {
		t.Errorf("exit code %d, %q", code, s.err.String())
	}
}

func TestTheExplorerSaysHowFilesWereRead(t *testing.T) {
	s := newSession(t)
	s.onTerminal(s.Out)
	s.expect(t, ExitDone, file(t, "a.csv", "text,group\neast,a\n,b\n"))
	want := "a.csv: 1 row left out (line 3: the text is empty)"
	if len(s.explored) != 1 || len(s.explored[0].Notices) != 1 || s.explored[0].Notices[0] != want {
		t.Errorf("notices %q", s.explored[0].Notices)
	}
	if left := s.explored[0].LeftOut; left == nil || left.Left != 1 || len(left.Reasons) != 1 {
		t.Errorf("left out %+v", left)
	}
	if got := s.explored[0].Texts; len(got) != 1 || got[0].Group != "a" {
		t.Errorf("texts %v", got)
	}
}

func TestTheExplorerAsksAboutTheFileItIsStartedWith(t *testing.T) {
	zendesk := file(t, "export.csv", "Ticket ID,Description\n7,east\n")
	for line, asks := range map[string]bool{
		zendesk: true, file(t, "latin.txt", "caf\xe9\n"): true, "--text-column Description " + zendesk: false,
		file(t, "plain.csv", "id,text\n1,east\n"): false, zendesk + " " + file(t, "more.txt", "up\n"): false,
	} {
		s := newSession(t)
		s.onTerminal(s.Out)
		s.expect(t, ExitDone, line)
		if got := s.explored[0]; (got.Open != "") != asks || (len(got.Texts) == 0) != asks {
			t.Errorf("vecscope %s opens %q with %d texts", line, got.Open, len(got.Texts))
		}
	}
}

func TestManyFilesAreNotAllNamed(t *testing.T) {
	var files []string
	for _, name := range []string{"a.txt", "b.txt", "c.txt", "d.txt", "e.txt"} {
		files = append(files, file(t, name, "east wind\n"))
	}
	for n, want := range map[int]string{4: "4 texts from a.txt, b.txt, c.txt, d.txt\n", 5: "5 texts from a.txt, b.txt and 3 more files\n"} {
		if out := newSession(t).expect(t, ExitDone, "compare "+strings.Join(files[:n], " ")); !strings.Contains(out, want) {
			t.Errorf("%d files:\n%s", n, out)
		}
	}
}

func TestAWorkbookIsRead(t *testing.T) {
	book := excelize.NewFile()
	t.Cleanup(func() { _ = book.Close() })
	for cell, value := range map[string]any{"A1": "id", "B1": "text", "C1": "group", "A2": 7, "B2": "east", "C2": "pay"} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "tickets.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	s := newSession(t)
	if out := s.expect(t, ExitDone, "compare --json "+path); !strings.Contains(out, `{"id":"7","text":"east","group":"pay"}`) || s.err.Len() > 0 {
		t.Errorf("%s%s", out, s.err.String())
	}
}

// An error of reading names the flag that helps, and no other error does.
func TestTheFlagThatHelpsReadingIsNamed(t *testing.T) {
	wrong := func(why error) error { return &corpus.ReadError{Name: "a.csv", Why: "it is wrong", Err: why} }
	for _, c := range []struct {
		err  error
		flag string
	}{{wrong(corpus.ErrEncoding), " (--encoding)"}, {wrong(corpus.ErrColumns), " (--text-column)"}, {wrong(fs.ErrNotExist), ""}, {corpus.ErrEncoding, ""}, {errors.New("out of order"), ""}} {
		if got := advised(c.err); got.Error() != c.err.Error()+c.flag || !errors.Is(got, c.err) {
			t.Errorf("it says %q, want %q", got, c.err.Error()+c.flag)
		}
	}
	if err := advised(nil); err != nil {
		t.Errorf("of nothing it says %v", err)
	}
	for want, r := range map[string]*corpus.Reading{
		"": {}, `a.csv: sheet "x" alone`: {Sheet: "x"}, "a.csv: read as windows-1252; 1 byte order mark taken off": {Encoding: "windows-1252", Marks: 1},
		`a.csv: texts from "Description" (--text-column, --id-column and --group-column name others)`: {Guessed: true, Columns: corpus.Columns{Text: "Description"}},
	} {
		if got := readingNote("a.csv", r); got != want {
			t.Errorf("it notes %q, want %q", got, want)
		}
	}
}

func TestFilesAreAskedAboutOnlyWhereNothingWasSaidOfThem(t *testing.T) {
	zendesk := file(t, "export.csv", "Ticket ID,Description\n7,east\n")
	for line, want := range map[string]struct {
		asks    bool
		columns corpus.Columns
	}{
		"": {asks: true}, "--strict": {}, "--encoding utf-8": {}, "--text-column Description": {columns: corpus.Columns{Text: "Description"}}, "--id-column none": {columns: corpus.Columns{ID: "none"}},
		"--group-column x": {columns: corpus.Columns{Group: "x"}}, "--text-column a,b": {columns: corpus.Columns{Text: "a,b"}},
		"--text-column a --text-column b,c": {columns: corpus.Columns{Text: corpus.JoinColumns("a", "b,c")}},
	} {
		cmd := newSession(t).duplicatesCommand()
		cmd.SetContext(t.Context())
		if err := cmd.ParseFlags(strings.Fields(line)); err != nil {
			t.Fatal(err)
		}
		o := readingOptions(cmd)
		if got := asks(cmd, []string{zendesk}, ""); got != want.asks || o.Columns != want.columns || o.Strict != (line == "--strict") || (o.Encoding != "") != strings.HasPrefix(line, "--encoding") {
			t.Errorf("%q: it asks %t, and reads by %+v", line, got, o)
		}
		for _, files := range [][]string{nil, {stdinName}, {zendesk, zendesk}, {filepath.Dir(zendesk)}, {zendesk + ".gone"}} {
			if asks(cmd, files, "") || asks(cmd, []string{zendesk}, "faq") {
				t.Errorf("%q: it asks about %q or a set", line, files)
			}
		}
	}
}

// Only the beginning of a file is looked at; what is no UTF-8 further on is asked about too.
func TestAnEncodingThatShowsLateIsAskedAboutInTheExplorer(t *testing.T) {
	late := file(t, "late.csv", "text\n"+strings.Repeat("one more line that is read\n", 20_000)+"caf\xe9\n")
	s := newSession(t)
	var opened string
	explore := func(p *program) {
		p.isTerminal = func(any) bool { return true }
		p.explore = func(_ context.Context, o app.Options) error { opened = o.Open; return nil }
	}
	s.expect(t, ExitDone, late, explore)
	if opened != late {
		t.Errorf("the explorer opens %q", opened)
	}
	s.again(t).expect(t, ExitFailed, "--strict "+late, explore)
}

func TestNamesAreSaidInAFewWords(t *testing.T) {
	for want, names := range map[string][]string{"": nil, "a": {"a"}, "a, b, c, d": {"a", "b", "c", "d"}, "a, b and 3 more files": {"a", "b", "c", "d", "e"}} {
		if got := namesOf(names); got != want {
			t.Errorf("%q are called %q, want %q", names, got, want)
		}
	}
	if got := providersOf([]string{" s/a", "t/b@3", "s/c", "u"}); !slices.Equal(got, []string{"s", "t", "u"}) {
		t.Errorf("the providers are %q", got)
	}
	owner := map[string]string{}
	if err := claim(owner, []corpus.Text{{ID: "a"}, {}, {}, {ID: "b"}}, "x.csv"); err != nil || len(owner) != 2 {
		t.Errorf("%v, %v", owner, err)
	}
	if err := claim(owner, []corpus.Text{{}, {ID: "b"}}, "y.csv"); err == nil || err.Error() != `y.csv: the id "b" is in x.csv too; give each text its own` {
		t.Errorf("%v", err)
	}
	here := file(t, "plain", "east\n")
	t.Chdir(filepath.Dir(here))
	root := newSession(t).root()
	for word, wrong := range map[string]bool{"plain": false, "gone": true, "gone.txt": false, "./gone": false, `a\b`: false, stdinName: false} {
		if err := notACommand(root, []string{word, "gone"}); (err != nil) != wrong {
			t.Errorf("%q: %v", word, err)
		}
	}
	if err := notACommand(root, nil); err != nil {
		t.Errorf("of no word: %v", err)
	}
}
