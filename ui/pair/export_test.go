package pair

// MarkedLines is for tests from outside.
var MarkedLines = markedLines

// MarkedPair is for tests from outside.
var MarkedPair = markedPair

// DrawnLines are the lines of the page drawn last.
func (x *View) DrawnLines() []string { return x.page.lines }

// SafeKeepingLines is for tests from outside.
var SafeKeepingLines = safeKeepingLines
