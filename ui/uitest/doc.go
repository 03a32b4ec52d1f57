// Package uitest runs the explorer in tests: without a terminal and without time
// (Settled), or the whole program on a virtual one (Start), with texts, a paid
// provider and looks at what is shown. Only tests import it.
package uitest
