//go:build !amd64 && !arm64

package kernel

// variants are the loops that this processor can run.
func variants() []variant {
	return []variant{{name: "portable", add: addPortable, products8: quantizedPortable, compact: compactPortable, nonzeros: nonzerosPortable, sparse: sparsePortable}}
}
