// Package uselite runs Universal Sentence Encoder Lite: a two-layer transformer
// over 8,000 SentencePiece pieces that turns an English sentence into a vector
// of 512 numbers (Cer et al., "Universal Sentence Encoder", 2018). It may import
// pack, golang.org/x/text and the loops of compare/kernel.
package uselite
