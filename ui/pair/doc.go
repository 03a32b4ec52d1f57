// Package pair shows two texts side by side, with what differs between them marked
// and what every candidate makes of them. It may import the session, the contract,
// the widgets, candidate and export.
package pair
