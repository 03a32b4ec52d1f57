package cli

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestTheServerToTryKeepsWhatItIsSent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.log")
	s := newSession(t)
	told, out := io.Pipe()
	s.Out = out
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() { ended <- s.run(ctx, []string{"serve-test", "--debug", path}) }()
	values := map[string]string{}
	lines := bufio.NewScanner(told)
	for len(values) < 2 && lines.Scan() {
		name, quoted, _ := strings.Cut(lines.Text(), " = ")
		value, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		values[name] = value
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, values["base_url"]+"/embeddings", strings.NewReader(`{"input":"hello"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+values["key"])
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	stop()
	if code := <-ended; code != ExitInterrupted {
		t.Errorf("exit code %d", code)
	}
	log, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(log), `-> POST /api/v1/embeddings, 17 bytes: {"input":"hello"}`) || !strings.Contains(string(log), "<- 400") {
		t.Errorf("%v: %s", err, log)
	}
	if values["key"] == "" || strings.Contains(string(log), values["key"]) {
		t.Error("the key was written down")
	}
}
