package api

import "testing"

func TestWhatIsThisMachine(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "localhost.": true, "x.localhost": true, "a.b.Localhost.": true,
		"127.0.0.1": true, "127.9.9.9": true, "127.0.0.1.": true, "::1": true, "::ffff:127.0.0.1": true,
		"": false, ".": false, "localhost.example.com": false, "notlocalhost": false, "0.0.0.0": false, "10.0.0.1": false,
		"128.0.0.1": false, "2130706433": false, "127.1": false, "::2": false, "localhost..": false,
	} {
		if Loopback(host) != want {
			t.Errorf("%q is this machine: %t", host, !want)
		}
	}
}
