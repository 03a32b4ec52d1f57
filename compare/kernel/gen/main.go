// Command gen writes the vector instructions of package kernel for amd64:
//
//	go run ./gen
//
// in compare/kernel writes loops_amd64.s and its declarations. It is run by hand,
// after a change here; a test sees to it that what is committed is what it writes.
package main

import (
	"fmt"
	"os"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/printer"
)

// The files written, in the folder of package kernel.
const (
	assembly     = "loops_amd64.s"
	declarations = "loops_amd64.go"
)

func main() {
	files, err := generate()
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
	for name, content := range files {
		if err := os.WriteFile(name, content, 0o666); err != nil {
			fmt.Fprintln(os.Stderr, "gen:", err)
			os.Exit(1)
		}
	}
}

// generate gives the content of every file.
func generate() (map[string][]byte, error) {
	c := build.NewContext()
	c.ConstraintExpr("amd64")
	for _, s := range []instructions{avx2, avx512} {
		for rows := 1; rows <= s.rows; rows++ {
			if err := tile(c, s, rows); err != nil {
				return nil, fmt.Errorf("tile of %d rows: %w", rows, err)
			}
		}
	}
	for _, rows := range []int{1, avx512.rows} {
		if err := bytesVNNI(c, rows); err != nil {
			return nil, fmt.Errorf("int8 tile of %d rows: %w", rows, err)
		}
	}
	bytePanel(c)
	byteBias(c)
	for rows := 1; rows <= wordRows; rows++ {
		if err := words(c, rows); err != nil {
			return nil, fmt.Errorf("tile of %d rows of words: %w", rows, err)
		}
	}
	magnitudes(c)
	roundWords(c)
	for _, p := range []struct {
		instructions
		rows int
	}{{avx2, columns}, {avx512, columns}, {avx512, 2 * columns}} {
		if err := panel(c, p.instructions, p.rows); err != nil {
			return nil, fmt.Errorf("panel with %d rows: %w", p.rows, err)
		}
	}
	transpose(c)
	measure(c, false)
	measure(c, true)
	bins(c)
	bytesInBins(c)
	dot64(c)
	divide(c)
	greatest(c)
	lengths(c)
	quantize(c)
	compact(c)
	round(c)
	expand(c)
	nonzeros(c)
	sparse(c)
	add(c)
	rectify(c)
	norm(c)
	softmax(c)
	file, err := c.Result()
	if err != nil {
		return nil, err
	}
	if err := pass.Compile.Execute(file); err != nil {
		return nil, err
	}
	return write(file)
}

// write prints what was compiled.
func write(file *ir.File) (map[string][]byte, error) {
	config := printer.Config{Name: "compare/kernel/gen", Pkg: "kernel"}
	files := map[string][]byte{}
	for name, p := range map[string]printer.Printer{
		assembly:     printer.NewGoAsm(config),
		declarations: printer.NewStubs(config),
	} {
		content, err := p.Print(file)
		if err != nil {
			return nil, fmt.Errorf("print %s: %w", name, err)
		}
		files[name] = content
	}
	return files, nil
}
