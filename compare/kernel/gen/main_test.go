package main

import (
	"bytes"
	"os"
	"regexp"
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

func TestLoopsForAVX2HaveSixteenRegisters(t *testing.T) {
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	more := regexp.MustCompile(`\b([XY](1[6-9]|[23][0-9])|Z[0-9]+|K[0-7])\b`)
	for _, function := range bytes.Split(files[assembly], []byte("\nTEXT "))[1:] {
		name, _, _ := bytes.Cut(function, []byte("("))
		if wrong := more.Find(function); wrong != nil && bytes.HasSuffix(name, []byte("AVX2")) {
			t.Errorf("%s uses %s, which processors without AVX-512 do not have", name, wrong)
		}
	}
}
