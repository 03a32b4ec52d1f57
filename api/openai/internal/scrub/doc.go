// Package scrub makes what servers say fit to be shown: safe to print, short, and
// without the key in whatever form it comes back. It may import api.
package scrub
