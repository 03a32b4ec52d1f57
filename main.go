// Command vecscope compares embedding models on a person's own texts.
package main

import (
	"io"
	"os"
	"runtime"

	"github.com/vecscope/vecscope/ui/cli"
)

// The first thread never ends, and so must not run what computes on a thread of a lower
// priority that ends with it: main keeps it to itself and waits.
func init() { runtime.LockOSThread() }

func main() {
	code := make(chan int)
	go func() { code <- run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr) }()
	os.Exit(<-code)
}

func run(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := cli.UntilSignal(cli.EndTime, func() { os.Exit(cli.ExitInterrupted) })
	defer stop()
	return cli.Run(ctx, args, cli.Environment{In: in, Out: out, Err: errOut, Environ: os.Environ()})
}
