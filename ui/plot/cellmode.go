package plot

// CellModes is how many modes there are to go through.
const CellModes = CellHalf + 1

var cellModeNames = [CellModes]string{"auto", "numbers", "colors", "half-blocks"}

// String is the name that settings use.
func (m CellMode) String() string { return cellModeNames[m] }

// ParseCellMode reads the name that settings use.
func ParseCellMode(name string) (CellMode, bool) {
	for i, n := range cellModeNames {
		if n == name {
			return CellMode(i), true
		}
	}
	return CellAuto, false
}
