package local

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"github.com/vecscope/vecscope/api"
)

const shortSentence = "How do I reset my password?"

// sentences makes n different sentences of about a dozen words.
func sentences(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("Customer number %d asks how long the delivery of the new laptop takes.", i)
	}
	return out
}

func benchmarkEmbed(b *testing.B, id string, texts []string) {
	p := New()
	req := api.Request{Model: id, Texts: texts}
	if _, err := p.Embed(context.Background(), req); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Embed(context.Background(), req); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUseLite1 embeds one short sentence, which one core does.
func BenchmarkUseLite1(b *testing.B) { benchmarkEmbed(b, "use-lite", []string{shortSentence}) }

// BenchmarkUseLite64 embeds 64 sentences on all cores.
func BenchmarkUseLite64(b *testing.B) { benchmarkEmbed(b, "use-lite", sentences(64)) }

func BenchmarkGlove1(b *testing.B)  { benchmarkEmbed(b, "glove", []string{shortSentence}) }
func BenchmarkNgrams1(b *testing.B) { benchmarkEmbed(b, "ngrams", []string{shortSentence}) }

func BenchmarkLoad(b *testing.B) {
	for name, load := range map[string]func() (encoder, error){
		"use-lite": func() (encoder, error) { return loadUseLite(useLiteWeights) },
		"glove":    func() (encoder, error) { return loadGlove(gloveWeights) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				encode, err := load()
				if err != nil {
					b.Fatal(err)
				}
				runtime.KeepAlive(encode)
			}
		})
	}
}
