package report_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/report"
)

// Where the server went away, that is what is wrong, and not the text.
func TestAnArrayThatIsNotWrittenSaysThatTheServerEnded(t *testing.T) {
	err := &report.MissingVectorError{Text: "1", Why: fmt.Errorf("the asking ended: %w", &api.ServerError{Provider: "box", Message: "nothing answers at 127.0.0.1:8080"})}
	if got := err.Error(); !strings.Contains(got, "nothing answers at 127.0.0.1:8080") || !strings.Contains(got, "what has arrived is kept") || strings.Contains(got, "take the text out") {
		t.Error(got)
	}
}
