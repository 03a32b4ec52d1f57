package plot

// CellNumber is for tests from outside.
var CellNumber = cellNumber

// Level is for tests from outside.
var Level = level

// ShortCount is for tests from outside.
var ShortCount = shortCount
