//go:build unix

package shell

import (
	"os"
	"testing"
)

func TestEscIsCertainWhenNothingFollowsIt(t *testing.T) {
	for name, c := range map[string]struct {
		reads   []string
		follows bool
		want    string
	}{
		"esc":                         {reads: []string{"\x1b"}, want: "\x1b[27u"},
		"esc after a letter":          {reads: []string{"j\x1b"}, want: "j\x1b[27u"},
		"an arrow":                    {reads: []string{"\x1b[A"}, want: "\x1b[A"},
		"alt and a letter":            {reads: []string{"\x1bd"}, want: "\x1bd"},
		"an arrow in two parts":       {reads: []string{"\x1b", "[A"}, follows: true, want: "\x1b[A"},
		"a paste that holds one":      {reads: []string{"\x1b[200~ab\x1b", "c\x1b[201~"}, want: "\x1b[200~ab\x1bc\x1b[201~"},
		"esc after a paste":           {reads: []string{"\x1b[200~ab\x1b[201~", "\x1b"}, want: "\x1b[200~ab\x1b[201~\x1b[27u"},
		"esc after a paste in one go": {reads: []string{"\x1b[200~ab\x1b[201~\x1b"}, want: "\x1b[200~ab\x1b[201~\x1b[27u"},
	} {
		input, keys, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		k := &keyboard{File: input, follows: func() bool { return c.follows }}
		got := ""
		for _, sent := range c.reads {
			if _, err := keys.WriteString(sent); err != nil {
				t.Fatal(err)
			}
			data := make([]byte, 4096)
			n, err := k.Read(data)
			if err != nil {
				t.Fatal(err)
			}
			got += string(data[:n])
		}
		if got != c.want {
			t.Errorf("%s: %q is read as %q, want %q", name, c.reads, got, c.want)
		}
		_, _ = input.Close(), keys.Close()
	}
}

func TestWhatWaitsToBeReadFollows(t *testing.T) {
	input, keys, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	defer keys.Close()
	k := &keyboard{File: input}
	if k.ready() {
		t.Error("nothing was sent, and something follows")
	}
	if _, err := keys.WriteString("[A"); err != nil || !k.ready() {
		t.Errorf("what was sent does not follow: %v", err)
	}
}

// A read has no room for more than it was given.
func TestAnEscThatHasNoRoomStaysAsItCame(t *testing.T) {
	for size, want := range map[int]string{4096: certainEsc, 6: certainEsc, 5: escape, 2: escape} {
		input, keys, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		k := &keyboard{File: input, follows: func() bool { return false }}
		if _, err := keys.WriteString(escape); err != nil {
			t.Fatal(err)
		}
		data := make([]byte, size)
		if n, err := k.Read(data); err != nil || string(data[:n]) != want {
			t.Errorf("in %d bytes it is %q, %v; want %q", size, data[:n], err, want)
		}
		_, _ = input.Close(), keys.Close()
	}
}
