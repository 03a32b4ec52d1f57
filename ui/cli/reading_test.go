package cli

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
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
