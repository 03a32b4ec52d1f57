package corpus_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/compare/corpus"
)

func TestATextCanComeFromSeveralColumns(t *testing.T) {
	zendesk := "Ticket ID,Subject,Description,\"Asked, by whom\"\n7,Order,Where is it?,Ann\n8, ,Login,\n9,Lost,,Bo\n10,,,\n"
	objects := `{"Subject":"Order","Description":"Where is it?","Asked, by whom":"Ann"}` + "\n" + `{"Description":"Login","Subject":null}` + "\n" + `{"Subject":"Lost","Asked, by whom":"Bo"}` + "\n{}"
	for _, tt := range []struct {
		name, told string
		columns    string // as they are noted
		want       []string
	}{
		{"two", "Subject,Description", "Subject,Description", []string{"Order\nWhere is it?", "Login", "Lost"}},
		{"in the order in which they are named, in any case", "description, SUBJECT", "Description,Subject", []string{"Where is it?\nOrder", "Login", "Lost"}},
		{"one twice", "Subject,Description,Subject", "Subject,Description", []string{"Order\nWhere is it?", "Login", "Lost"}},
		{"a comma in a name", `Subject,"Asked, by whom"`, `Subject,"Asked, by whom"`, []string{"Order\nAnn", "Lost\nBo"}},
		{"a comma in the one name", "Asked, by whom", `"Asked, by whom"`, []string{"Ann", "Bo"}},
		{"a comma in the one name, in quotes", `"Asked, by whom"`, `"Asked, by whom"`, []string{"Ann", "Bo"}},
		{"said one by one", corpus.JoinColumns("Subject,Description", "Asked, by whom"), `Subject,Description,"Asked, by whom"`, []string{"Order\nWhere is it?\nAnn", "Login", "Lost\nBo"}},
	} {
		for format, in := range map[corpus.Format]string{corpus.FormatCSV: zendesk, corpus.FormatJSONL: objects} {
			t.Run(fmt.Sprint(tt.name, format), func(t *testing.T) {
				reading := load(t, format, in, corpus.Options{Columns: corpus.Columns{Text: tt.told}})
				var got []string
				for _, text := range reading.Texts {
					got = append(got, text.Text)
				}
				if !slices.Equal(got, tt.want) || reading.Columns.Text != tt.columns {
					t.Errorf("%q from %s, want %q from %s", got, reading.Columns.Text, tt.want, tt.columns)
				}
			})
		}
	}
	reading := load(t, corpus.FormatCSV, zendesk, corpus.Options{Columns: corpus.Columns{Text: "Subject,Description"}})
	if got, want := strings.Join(reading.Notes(), "; "), `texts from "Subject" and "Description", ids from "Ticket ID"; 1 row left out (line 5: the text is empty)`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := reading.Reasons[0].Field; got != "Subject,Description" {
		t.Errorf("the empty text is in %q", got)
	}
}

func TestAColumnIsTheOneNamedAlsoBesideTheNamesInIt(t *testing.T) {
	in := "a,b,\"a,b\"\n1,2,3\n"
	for told, want := range map[string]string{"a,b": "1\n2", `"a,b"`: "3", corpus.JoinColumns("a,b"): "3", corpus.JoinColumns("a,b", "a"): "3\n1"} {
		if got := load(t, corpus.FormatCSV, in, corpus.Options{Columns: corpus.Columns{Text: told}}).Texts[0].Text; got != want {
			t.Errorf("%s is %q, want %q", told, got, want)
		}
	}
}

func TestColumnsAreNamedWithBlanksAndQuotes(t *testing.T) {
	for told, want := range map[string]string{`Subject, "Body, plain"`: "a\nb", ` "Body, plain", Subject`: "b\na", `Body, plain`: "b", `Subject,,Subject`: "a"} {
		reading := load(t, corpus.FormatCSV, "Subject;Body, plain\na;b\n", corpus.Options{Columns: corpus.Columns{Text: told}})
		if got := reading.Texts[0].Text; got != want {
			t.Errorf("%s: %q, want %q", told, got, want)
		}
	}
}

func TestOnlyTheEscapedOfSeveralCellsLosesItsApostrophe(t *testing.T) {
	in := "text,group,escaped\n'=a,'=b,text\n"
	if got := load(t, corpus.FormatCSV, in, corpus.Options{Columns: corpus.Columns{Text: "text,group", Group: "none"}}).Texts[0].Text; got != "=a\n'=b" {
		t.Errorf("%q", got)
	}
}

// A column with texts has no groups too, and what has texts is not left to be asked about.
func TestSeveralColumnsWithTextsAreNothingElse(t *testing.T) {
	told := corpus.Options{Columns: corpus.Columns{Text: "Subject,Category", ID: corpus.NoColumn}}
	reading := load(t, corpus.FormatCSV, "Subject,Category\nOrder,lost\n", told)
	if reading.Columns.Group != "" {
		t.Errorf("the groups are from %q, which has texts", reading.Columns.Group)
	}
	if got, want := strings.Join(reading.Notes(), "; "), `texts from "Subject" and "Category"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for header, sure := range map[string]bool{"Subject,Category": true, "Subject,Category,Status": false} {
		path := filepath.Join(t.TempDir(), "in.csv")
		if err := os.WriteFile(path, []byte(header+"\n"+strings.Repeat("x,", strings.Count(header, ","))+"x\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if look, err := corpus.LookAt(t.Context(), path, told); err != nil || look.Sure != sure {
			t.Errorf("%s: %+v, %v", header, look, err)
		}
	}
}
