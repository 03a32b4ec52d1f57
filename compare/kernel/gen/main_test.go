package main

import (
	"bytes"
	"os"
	"testing"
)

func TestCommittedFilesAreThoseOfTheGenerator(t *testing.T) {
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile("../" + name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what go run ./gen writes in compare/kernel", name)
		}
	}
}
