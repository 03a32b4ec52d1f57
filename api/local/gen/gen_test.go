package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api/local/internal/pack"
)

// archive writes an npm archive of the files and gives its path.
func archive(t *testing.T, files map[string]string) string {
	t.Helper()
	var buf bytes.Buffer
	zipped := gzip.NewWriter(&buf)
	out := tar.NewWriter(zipped)
	for name, content := range files {
		if err := out.WriteHeader(&tar.Header{Name: "package/" + name, Typeflag: tar.TypeReg, Size: int64(len(content)), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(out, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "archive.tgz")
	if err := os.WriteFile(path, buf.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestArchives(t *testing.T) {
	path := archive(t, map[string]string{"LICENSE": "free", "dist/model.json": "{}"})
	found := map[string]string{}
	err := eachFile(path, func(name string, content io.Reader) error {
		all, err := io.ReadAll(content)
		found[name] = string(all)
		return err
	})
	if err != nil || len(found) != 2 || found["LICENSE"] != "free" || found["dist/model.json"] != "{}" {
		t.Errorf("read %q, %v", found, err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := (source{sha256: fmt.Sprintf("%x", sha256.Sum256(data))}).verify(path); err != nil {
		t.Errorf("the right sum: %v", err)
	}
	if err := useLitePackage.verify(path); err == nil || !strings.Contains(err.Error(), useLitePackage.sha256) {
		t.Errorf("another archive: %v", err)
	}
}

func TestPiecesWithoutAScoreTakeTheirNeighbours(t *testing.T) {
	pieces, err := readPieces([]byte(`[["a",-1.5],[":",null],["b",-2]]`))
	if err != nil {
		t.Fatal(err)
	}
	if len(pieces) != 3 || pieces[1].Text != ":" || pieces[1].Score != -1.5 || pieces[2].Score != -2 {
		t.Errorf("got %+v", pieces)
	}
	for _, bad := range []string{"", "[]", `[["a","b"]]`, `[[1,2]]`, `{}`} {
		if _, err := readPieces([]byte(bad)); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func TestGraphsAreReadAcrossShards(t *testing.T) {
	var shard []byte
	for _, v := range []float32{1, 2, 3, 4, 5, 6} {
		shard = binary.LittleEndian.AppendUint32(shard, math.Float32bits(v))
	}
	shard = slices.Concat([]byte{7, 0, 0, 0}, shard, shard[:8])
	files := map[string][]byte{
		"dist/model.json": []byte(`{"weightsManifest":[{"paths":["one","two"],"weights":[
			{"name":"number","shape":[],"dtype":"int32"},
			{"name":"module/Encoder_en/KonaTransformer/Encode/w","shape":[1,3,2],"dtype":"float32"},
			{"name":"module_apply_default/Encoder_en/KonaTransformer/Encode/b/ConcatPartitions/concat","shape":[2],"dtype":"float32"}]}]}`),
		"dist/one": shard[:9],
		"dist/two": shard[9:],
	}
	g, err := readGraph(files, "dist/model.json")
	if err != nil {
		t.Fatal(err)
	}
	d := g.dense("w", "b", 3)
	// The graph has a row an input, the model a row an output.
	if g.err != nil || !reflect.DeepEqual(d.Rows, pack.Floats{Cols: 3, Values: []float32{1, 3, 5, 2, 4, 6}}) || !slices.Equal(d.Bias, []float32{1, 2}) {
		t.Errorf("got %+v, %v", d, g.err)
	}
	if g.tensor("nothing"); g.err == nil {
		t.Error("a missing tensor is no error")
	}
	files["dist/two"] = nil
	if _, err := readGraph(files, "dist/model.json"); err == nil {
		t.Error("missing shards are no error")
	}
}

func TestVectorsAreSortedByRank(t *testing.T) {
	const keep = 20
	words := make([]string, keep+5)
	rows := make([]string, len(words))
	for i := range words {
		words[i] = fmt.Sprintf("w%d", i)
		// Backwards, each vector followed by its length and its rank.
		rows[len(rows)-1-i] = fmt.Sprintf(`"w%d":[%d%s,0.5,%d]`, i, i, strings.Repeat(",0", gloveWidth-1), i)
	}
	document := `{"precision":8,"words":["` + strings.Join(words, `","`) + `"],"vectors":{` + strings.Join(rows, ",") + `}}`
	kept, vectors, err := readGlove(strings.NewReader(document), keep)
	if err != nil {
		t.Fatal(err)
	}
	if len(kept) != keep || len(vectors) != keep*gloveWidth || vectors[12*gloveWidth] != 12 {
		t.Errorf("%d words, %d values, word 12 begins %v", len(kept), len(vectors), vectors[12*gloveWidth])
	}
	for name, bad := range map[string]string{
		"cut":           document[:len(document)/2],
		"a wrong rank":  strings.Replace(document, "0.5,7]", "0.5,8]", 1),
		"a word missed": strings.Replace(document, `"w7":`, `"v7":`, 1),
		"few words":     `{"words":["a"],"vectors":{}}`,
		"no vectors":    `{}`,
		"no object":     `[]`,
	} {
		if _, _, err := readGlove(strings.NewReader(bad), keep); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
