package plot_test

import (
	"testing"

	"github.com/charmbracelet/colorprofile"
)

func BenchmarkHeatmap40x40(b *testing.B) {
	h := exampleHeatmap(40, colorprofile.TrueColor)
	b.ReportAllocs()
	for b.Loop() {
		h.Draw(200, 60)
	}
}

func BenchmarkHeatmap200Half(b *testing.B) {
	h := exampleHeatmap(200, colorprofile.TrueColor)
	b.ReportAllocs()
	for b.Loop() {
		h.Draw(200, 60)
	}
}
