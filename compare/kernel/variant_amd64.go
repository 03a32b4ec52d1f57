package kernel

import "golang.org/x/sys/cpu"

// variants are the loops that this processor can run, the fastest first.
func variants() []variant {
	all := []variant{{name: "portable", add: addPortable}}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		loops := tiled{nil, tile1x4AVX2, tile2x4AVX2, tile3x4AVX2}
		all = append([]variant{{"avx2", loops.add, measureAVX2, binsAVX2, scaleAVX2}}, all...)
	}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA && cpu.X86.HasAVX512F {
		loops := tiled{nil, tile1x4AVX512, tile2x4AVX512, tile3x4AVX512, tile4x4AVX512}
		all = append([]variant{{"avx512", loops.add, measureAVX2, binsAVX2, scaleAVX2}}, all...)
	}
	return all
}
