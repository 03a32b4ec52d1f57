package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api/apitest"
)

// serveTestCommand starts the in-process server as a program, for trying things
// out and for pictures. It is not in the help.
func (p *program) serveTestCommand() *cobra.Command {
	var port int
	var faults []string
	var latency time.Duration
	dialect := string(apitest.NanoGPT)
	cmd := &cobra.Command{
		Use: "serve-test", Short: "Run a server that speaks the NanoGPT API on this machine", Hidden: true,
		Long:              "Run a server that speaks the NanoGPT API on 127.0.0.1 until it is interrupted. Nothing is sent anywhere and nothing costs anything. Each --fault spoils every answer, or with NAME:N only the next N of them; --fault list names all. The debugging file is what the server is sent and how it answers, without the keys.",
		Example:           "vecscope serve-test --port 8900 --fault rate-limited:2",
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if err := noArguments(cmd, args); err != nil {
				return err
			}
			if slices.Contains(faults, "list") || slices.Contains(faults, "help") {
				return p.listFaults()
			}
			log, err := p.servers.openDebug()
			if err != nil {
				return err
			}
			return p.serveTest(cmd, apitest.Options{Port: port, Latency: latency, Dialect: apitest.Dialect(dialect), Log: log}, faults)
		}),
	}
	cmd.Flags().IntVar(&port, "port", 0, "the port to listen on (any free one)")
	cmd.Flags().StringSliceVar(&faults, "fault", nil, "what goes wrong with answers")
	cmd.Flags().DurationVar(&latency, "latency", 0, "how long every answer with vectors takes at least")
	cmd.Flags().StringVar(&dialect, "dialect", dialect, "whose protocol to speak")
	return cmd
}

// servedFaults are all that can go wrong, and what real servers say.
func servedFaults() []apitest.Fault {
	faults := apitest.Faults()
	for _, said := range apitest.Sayings() {
		faults = append(faults, said.Fault())
	}
	return faults
}

func (p *program) listFaults() error {
	for _, f := range servedFaults() {
		if _, err := fmt.Fprintln(p.Out, f.Name()); err != nil {
			return writing(err)
		}
	}
	return nil
}

func (p *program) serveTest(cmd *cobra.Command, o apitest.Options, faults []string) error {
	server, err := apitest.Start(o)
	if err != nil {
		return &usageError{Err: err}
	}
	defer server.Close()
	for _, word := range faults {
		if err := spoil(cmd, server, word); err != nil {
			return err
		}
	}
	lines := fmt.Sprintf("base_url = %q\n", server.URL)
	if server.Key != "" { // servers of some dialects want none
		lines += fmt.Sprintf("key = %q\n", server.Key)
	}
	if _, err := io.WriteString(p.Out, lines); err != nil {
		return writing(err)
	}
	<-cmd.Context().Done()
	return cmd.Context().Err()
}

// spoil lets answers go wrong: "cut" all of them, "cut:3" the next three.
func spoil(cmd *cobra.Command, server *apitest.Server, word string) error {
	name, times, limited := strings.Cut(word, ":")
	n := 0
	if limited {
		if _, err := fmt.Sscanf(times, "%d", &n); err != nil || n < 1 {
			return misused(cmd, "--fault %q: after : comes a number of answers", word)
		}
	}
	i := slices.IndexFunc(servedFaults(), func(f apitest.Fault) bool { return f.Name() == name })
	if i < 0 {
		return misused(cmd, "there is no fault %q: --fault list names all", name)
	}
	fault := servedFaults()[i]
	if !limited {
		server.FailWhen(apitest.Always(), fault)
		return nil
	}
	server.Fail(slices.Repeat([]apitest.Fault{fault}, n)...)
	return nil
}
