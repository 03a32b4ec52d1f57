// Command vecscope compares embedding models on a person's own texts.
package main

import (
	"io"
	"os"

	"github.com/vecscope/vecscope/ui/cli"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func run(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := cli.UntilSignal(cli.EndTime, func() { os.Exit(cli.ExitInterrupted) })
	defer stop()
	return cli.Run(ctx, args, cli.Environment{In: in, Out: out, Err: errOut, Environ: os.Environ()})
}
