package kernel

import "golang.org/x/sys/cpu"

// variants are the loops that this processor can run, the fastest first.
func variants() []variant {
	all := []variant{{name: "portable", add: addPortable, products8: quantizedPortable, compact: compactPortable, nonzeros: nonzerosPortable, sparse: sparsePortable}}
	if !cpu.X86.HasAVX2 || !cpu.X86.HasFMA {
		return all
	}
	loops := tiled{nil, tile1x4AVX2, tile2x4AVX2, tile3x4AVX2}
	best := variant{
		name: "avx2", add: loops.add, panels: &panelLoops{24, rowsAtOnce, panel4x24AVX2, panel4x24AVX2, transpose8AVX2},
		panels8: &bytePanelLoops{bytes4x24AVX2, bias24AVX2, transpose8AVX2},
		compact: compactEights, nonzeros: nonzerosEights, sparse: sparseEights, fast8: true, eights: true,
		words: &wordLoops{magnitudesAVX2, roundWordsAVX2, [...]addWords{words1x4AVX2, words2x4AVX2, words3x4AVX2}},
	}
	all = append([]variant{best}, all...)
	if cpu.X86.HasAVX512F {
		loops := tiled{nil, tile1x4AVX512, tile2x4AVX512, tile3x4AVX512, tile4x4AVX512}
		best.name, best.add = "avx512", loops.add
		best.panels = &panelLoops{48, 2 * rowsAtOnce, panel8x48AVX512, panel4x48AVX512, transpose8AVX2}
		if cpu.X86.HasAVX512VNNI {
			best.products8, best.panels8 = productsVNNI, nil
		}
		all = append([]variant{best}, all...)
	}
	return all
}
