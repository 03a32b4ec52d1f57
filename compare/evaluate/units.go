package evaluate

// Resampled says what is drawn together in a resample.
type Resampled string

// What is drawn.
const (
	EachPair     Resampled = "pairs"                    // every pair by itself; no two share a text
	LinkedPairs  Resampled = "pairs that share texts"   // pairs linked by texts they share are drawn together
	CrossedPairs Resampled = "pairs, which share texts" // every pair by itself although some share texts: intervals are too narrow
	EachQuery    Resampled = "queries"                  // every query by itself
	BySource     Resampled = "queries of one source"    // queries made of the same text are drawn together
	WholeGroups  Resampled = "groups"                   // groups of texts are drawn whole
	WithinGroups Resampled = "texts within groups"      // texts are drawn inside their groups: it holds for these groups alone
)

// fewUnits is under how many units that belong together a resample of them says
// nothing.
const fewUnits = 20

// fewGroups is under how many groups these are taken as given, rather than as drawn
// from many.
const fewGroups = 8

// Resampled returns what is drawn together when items are resampled.
func (l *Labels) Resampled() Resampled { return l.resampled }

// worth is how many units a figure rests on, and how many of each of two kinds where it
// parts these: as many as if there were equally many of both, by their harmonic mean.
func (l *Labels) worth(metric string) (units, ofEach float64) {
	units = float64(l.unitCount)
	var positive func(item int) bool
	switch {
	case l.task == Pairs && !l.graded:
		positive = func(i int) bool { return l.pairs[i].Score == 1 }
	case metric == RejectionAUC:
		positive = func(i int) bool { return l.queries[i].answerable() }
	default:
		return units, units
	}
	with, without := map[int]bool{}, map[int]bool{}
	for i, unit := range l.units {
		if positive(i) {
			with[unit] = true
		} else {
			without[unit] = true
		}
	}
	ofEach = 2 / (1/float64(len(with)) + 1/float64(len(without)))
	return min(units, max(2, 2*ofEach-1)), max(2, ofEach)
}

func (l *Labels) resampleGroups(groups int) {
	l.units, l.unitCount, l.resampled = l.groups, groups, WholeGroups
	l.byGroup = make([][]int, groups)
	for i, g := range l.groups {
		l.byGroup[g] = append(l.byGroup[g], i)
	}
	if groups < fewGroups {
		l.unitCount, l.resampled = len(l.members), WithinGroups
	}
}

// resamplePairs takes pairs that are linked by texts as one unit, unless that leaves
// too few.
func (l *Labels) resamplePairs() {
	parent := ascending(l.texts)
	for _, p := range l.pairs {
		parent[root(parent, p.A)] = root(parent, p.B)
	}
	linked := make([]int, len(l.pairs))
	for i, p := range l.pairs {
		linked[i] = root(parent, p.A)
	}
	l.resample(linked, LinkedPairs, EachPair)
	if l.resampled == LinkedPairs && l.unitCount < fewUnits && len(l.pairs) >= fewUnits {
		l.units, l.unitCount, l.resampled = ascending(len(l.pairs)), len(l.pairs), CrossedPairs
	}
}

// resampleQueries takes queries of one source as one unit.
func (l *Labels) resampleQueries() {
	keys := make([]int, len(l.queries))
	for i, q := range l.queries {
		if keys[i] = q.Source; q.Source == NoText {
			keys[i] = -2 - i
		}
	}
	l.resample(keys, BySource, EachQuery)
}

// resample makes items of one key a unit.
func (l *Labels) resample(keys []int, together, single Resampled) {
	number := map[int]int{}
	l.units = make([]int, len(keys))
	for i, key := range keys {
		if _, known := number[key]; !known {
			number[key] = len(number)
		}
		l.units[i] = number[key]
	}
	l.unitCount = len(number)
	if l.resampled = together; len(number) == len(keys) {
		l.resampled = single
	}
}

// root finds the representative of a text among those linked with it.
func root(parent []int, text int) int {
	for parent[text] != text {
		parent[text] = parent[parent[text]]
		text = parent[text]
	}
	return text
}
