package corpus_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/vecscope/vecscope/compare/corpus"
)

// workbook writes one whose second sheet has that table; the first is empty.
func workbook(t testing.TB, rows [][]any) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	if _, err := book.NewSheet("Tickets"); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = book.SetSheetRow("Tickets", cell, &row)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "tickets.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAWorkbookIsATable(t *testing.T) {
	path := workbook(t, [][]any{{"Ticket ID", "Description", "Category", ""}, {7, "Where is it?\nNow!", "pay"}, {}, {8, "", "pay"}, {9, "=1+1", true, ""}})
	reading, err := corpus.LoadFile(t.Context(), path, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := (texts{{ID: "7", Text: "Where is it?\nNow!", Group: "pay"}, {ID: "9", Text: "=1+1", Group: "1"}}); !reflect.DeepEqual(reading.Texts, want) {
		t.Errorf("%q, want %q", reading.Texts, want)
	}
	if got, want := strings.Join(reading.Notes(), "; "), `texts from "Description", ids from "Ticket ID", groups from "Category"; sheet "Tickets" alone; 1 row left out (row 4: the text is empty)`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	look, err := corpus.LookAt(t.Context(), path, corpus.Options{})
	if err != nil || look.Sure || look.Columns.Text != "Description" || len(look.Rows) != 3 || look.Rows[0][0] != "7" {
		t.Errorf("%+v, %v", look, err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, broken := range [][]byte{nil, []byte("PK\x03\x04"), data[:len(data)/2], append(data[:200:200], data[300:]...)} {
		damaged := filepath.Join(t.TempDir(), "damaged.xlsx")
		if err := os.WriteFile(damaged, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := corpus.LoadFile(t.Context(), damaged, corpus.Options{})
		checkReadError(t, err)
	}
}

func TestOfAWorkbookWithOneSheetNoneIsLeftOut(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetCol("Sheet1", "A1", &[]string{"text", "one"}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "one.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	reading, err := corpus.LoadFile(t.Context(), path, corpus.Options{})
	if err != nil || len(reading.Texts) != 1 || reading.Notes() != nil {
		t.Errorf("%+v, %v", reading, err)
	}
}

func TestFilesThatCannotBeReadSayWhatToDo(t *testing.T) {
	for name, want := range map[string]string{"a.parquet": "duckdb", "a.xls": ".xlsx or .csv", "a.csv.gz": "unpack it first"} {
		if _, err := corpus.FormatOf(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
