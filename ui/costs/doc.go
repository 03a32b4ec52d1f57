// Package costs is the box that says what embedding with paid models takes, the
// second question above a limit, and the summary of what a run took. Nothing is sent
// for money but from here. It may import the session, the contract, the widgets,
// candidate and export.
package costs
