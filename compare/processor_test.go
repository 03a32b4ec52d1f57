package compare

import "testing"

// measured runs work as a benchmark that tells the processor time as well: on a machine
// with other work that tells more than the time on the clock.
func measured(b *testing.B, work func() error) {
	b.Helper()
	before := processorTime()
	for b.Loop() {
		if err := work(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(processorTime()-before)/float64(b.N), "cpu-ns/op")
}
