package cache

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"

	"go.uber.org/goleak"
)

// childVar names what the test binary does when it is started as another program
// that uses the cache.
const childVar = "VECSCOPE_TEST_CHILD"

// children are what the other program can do with the cache at a path.
var children = map[string]func(path string) error{
	"write":       writeForever,
	"claim":       claimForever,
	"write share": writeShare,
	"hold lock":   holdLock,
	"read":        readDamaged,
}

func TestMain(m *testing.M) {
	if role := os.Getenv(childVar); role != "" {
		if err := children[role](os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// child is another program.
type child struct {
	*exec.Cmd
	out *bufio.Reader
	in  io.WriteCloser
}

// start starts the test binary as another program.
func start(t *testing.T, role, path string) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, path)
	cmd.Env = append(os.Environ(), childVar+"="+role)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &child{Cmd: cmd, out: bufio.NewReader(out), in: in}
}

// line waits for the next line that the other program writes.
func (c *child) line(t *testing.T) string {
	t.Helper()
	line, err := c.out.ReadString('\n')
	if err != nil {
		t.Fatalf("the other program wrote %q: %v", line, err)
	}
	return line[:len(line)-1]
}

// end lets the other program end, and waits for that.
func (c *child) end(t *testing.T) {
	t.Helper()
	c.in.Close()
	if err := c.Wait(); err != nil {
		t.Fatalf("the other program: %v", err)
	}
}

// awaitEnd returns when the program that started this one says so.
func awaitEnd() { _, _ = io.Copy(io.Discard, os.Stdin) }

func openChild(path string) (*Cache, error) {
	c, notice, err := Open(context.Background(), path)
	if err == nil && notice != "" {
		err = fmt.Errorf("opening says: %s", notice)
	}
	return c, err
}
