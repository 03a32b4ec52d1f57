//go:build unix

package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api/cache"
)

func TestWhatWasPaidForIsWrittenBeforeTheEndIsForced(t *testing.T) {
	if EndTime < cache.Patience+time.Second {
		t.Errorf("the program ends %s after a signal, and what came may be written for %s", EndTime, cache.Patience)
	}
}

// TestSignalledProcess is no test: it is the program of those below, which says when
// it is told to end and then has something to do until its input ends.
func TestSignalledProcess(t *testing.T) {
	if os.Getenv("SIGNALLED_PROCESS") == "" {
		return
	}
	ctx, stop := UntilSignal(time.Hour, func() {})
	defer stop()
	fmt.Println("begun")
	<-ctx.Done()
	fmt.Println("told")
	_, _ = io.Copy(io.Discard, os.Stdin)
	fmt.Println("saved")
}

// signalled starts that program; said gives its lines.
func signalled(t *testing.T) (process *exec.Cmd, in io.Closer, said *bufio.Scanner) {
	t.Helper()
	process = exec.Command(os.Args[0], "-test.run=^TestSignalledProcess$")
	process.Env = append(os.Environ(), "SIGNALLED_PROCESS=1")
	in, err := process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = process.Wait() })
	return process, in, bufio.NewScanner(out)
}

// expectLine fails unless the next line is that.
func expectLine(t *testing.T, said *bufio.Scanner, want string) {
	t.Helper()
	if said.Scan(); said.Text() != want {
		t.Fatalf("it says %q, want %q", said.Text(), want)
	}
}

func send(t *testing.T, to *exec.Cmd, s os.Signal) {
	t.Helper()
	if err := to.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

func TestATerminalThatClosesTwiceLeavesTimeToSave(t *testing.T) {
	for _, first := range []os.Signal{syscall.SIGHUP, syscall.SIGTERM, os.Interrupt} {
		process, in, said := signalled(t)
		expectLine(t, said, "begun")
		send(t, process, first)
		expectLine(t, said, "told")
		send(t, process, syscall.SIGHUP)
		send(t, process, syscall.SIGHUP)
		_ = in.Close()
		expectLine(t, said, "saved")
	}
}

func TestASecondSignalEndsAtOnce(t *testing.T) {
	process, _, said := signalled(t)
	expectLine(t, said, "begun")
	send(t, process, syscall.SIGTERM)
	expectLine(t, said, "told")
	send(t, process, syscall.SIGTERM)
	if said.Scan() && said.Text() == "saved" {
		t.Error("it went on")
	}
}

func TestOneSignalEndsWhateverBlocks(t *testing.T) {
	killed := make(chan struct{})
	ctx, stop := UntilSignal(0, func() { close(killed) })
	defer stop()
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	<-ctx.Done()
	<-killed
}
