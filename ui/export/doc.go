// Package export takes results out of the explorer: it asks for a file, writes it
// whole or not at all, or copies. It may import the session, the contract, the
// widgets, candidate, and config for writing atomically.
package export
