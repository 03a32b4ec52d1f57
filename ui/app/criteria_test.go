package app

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/shell"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/uitest"
)

// allSizes are the windows that every screen is looked at in, from the smallest to one in
// which there is room for everything.
var allSizes = []ui.Size{{W: 40, H: 10}, {W: 60, H: 15}, {W: 80, H: 24}, {W: 120, H: 40}, {W: 200, H: 60}}

// sight is one screen in one window, as it was drawn.
type sight struct {
	name   string // what is looked at
	app    *shell.App
	screen ui.Screen
	size   ui.Size
	// frame is the drawing with its colours, and lines the same without them.
	frame string
	lines []string
	texts []corpus.Text
	// labelled tells that the texts have groups, and models how many there are.
	labelled bool
	models   int
}

// TestEveryScreenAtEverySize draws all screens in windows of all sizes with one, three and
// six models over 36 texts with and without labels, a query being asked, and looks at each
// drawing in every way below.
func TestEveryScreenAtEverySize(t *testing.T) {
	models := []string{"local/use-lite@512", "local/glove@100", "local/ngrams@256", "local/ngrams@64", "local/use-lite@64", "local/glove@20"}
	for _, setup := range []struct {
		models   int
		labelled bool
	}{{1, false}, {3, true}, {6, false}, {6, true}} {
		texts := thirtySix(setup.labelled)
		o := uitest.OptionsWith(t, texts, models[:setup.models]...)
		o.State.Threshold = 0.8
		a := settled(t, 200, 60, o)
		a.SetTheme(true, colorprofile.TrueColor)
		a.SetScreen("search")
		a.Current().(ui.Filterer).Filter("how do I get my money back")
		for _, z := range allSizes {
			uitest.Send(t, a, uitest.WindowSize(z))
			for _, s := range a.Screens() {
				a.SetScreen(s.Info().ID)
				uitest.Happen(t, a, uitest.Nothing)
				frame := a.Draw()
				v := sight{
					name: fmt.Sprintf("%s with %d models, labels %v, in %d×%d", s.Info().Title, setup.models, setup.labelled, z.W, z.H),
					app:  a, screen: s, size: z, frame: frame, lines: strings.Split(ansi.Strip(frame), "\n"),
					texts: texts, labelled: setup.labelled, models: setup.models,
				}
				for what, look := range looks {
					for _, wrong := range look(v) {
						t.Errorf("%s: %s: %s", v.name, what, wrong)
					}
				}
			}
		}
	}
}

// looks are the ways of looking at a drawing; each says what is wrong with it.
var looks = map[string]func(v sight) []string{
	"a text is cut without a mark":                 cutTexts,
	"a number is cut or runs into another":         brokenNumbers,
	"more than a third is empty":                   emptyRoom,
	"the labels are not to be seen":                hiddenLabels,
	"the footer lacks a next step":                 missingSteps,
	"what the screen says is longer than its line": cutStatus,
}

// thirtySix are the texts of a built-in set, with or without their groups. Those are in
// capitals: some texts have their words, and would pass for them.
func thirtySix(labelled bool) []corpus.Text {
	set, _ := corpus.FindSet("paraphrase-traps")
	texts := slices.Clone(set.Texts)
	for i := range texts {
		texts[i].Group = strings.ToUpper(texts[i].Group)
		if !labelled {
			texts[i].Group, texts[i].ID = "", ""
		}
	}
	return texts
}

// leastSeen is from how many characters on a text is known by its beginning.
const leastSeen = 8

// cutTexts finds texts that end in the middle: what is not there whole must end in the
// mark of a cut, or go on in the next line.
func cutTexts(v sight) (wrong []string) {
	for y, line := range v.lines {
		for _, x := range v.texts {
			at := strings.Index(line, x.Text[:leastSeen])
			if at < 0 {
				continue
			}
			shown := commonPrefix(line[at:], x.Text)
			rest := line[at+len(shown):]
			if shown == x.Text || strings.HasPrefix(rest, term.Ellipsis) || strings.HasPrefix(strings.TrimLeft(rest, " "), term.Ellipsis) {
				continue
			}
			if slices.ContainsFunc(v.texts, func(other corpus.Text) bool {
				return other.Text != x.Text && strings.HasPrefix(line[at:], commonPrefix(line[at:], other.Text)) && len(commonPrefix(line[at:], other.Text)) > len(shown)
			}) {
				continue // it is another that begins alike
			}
			next := strings.Fields(x.Text[len(shown):])
			if y+1 < len(v.lines) && len(next) > 0 && strings.Contains(v.lines[y+1], next[0]) {
				continue
			}
			wrong = append(wrong, line)
		}
	}
	return wrong
}

// commonPrefix is how far two lines are equal, without blanks at the end.
func commonPrefix(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(b) && !utf8.RuneStart(b[n]) {
		n-- // where the signs differ, not their bytes
	}
	return strings.TrimRight(b[:n], " ")
}

// cutNumber is a number with a mark of a cut right behind it, runTogether are two without a
// gap between them.
var (
	cutNumber   = regexp.MustCompile(`(?:^|\s)[-+≈]?\d*\.\d*…`)
	runTogether = regexp.MustCompile(`\d\.\d+[-+]\.?\d|\.\d+\.\d`)
)

func brokenNumbers(v sight) (wrong []string) {
	for _, line := range v.lines {
		if cutNumber.MatchString(line) || runTogether.MatchString(line) {
			wrong = append(wrong, line)
		}
	}
	return wrong
}

// hiddenLabels looks for the groups, or for the marks that follow from them, on the screens
// about texts, but for the smallest window.
func hiddenLabels(v sight) []string {
	if !v.labelled || v.size.W < 60 || !slices.Contains([]string{"texts", "matrices", "duplicates", "search"}, v.screen.Info().ID) {
		return nil
	}
	all := strings.Join(v.lines, "\n")
	if strings.ContainsAny(all, "✓✗") || slices.ContainsFunc(v.texts, func(x corpus.Text) bool {
		return strings.Contains(all, x.Group[:4]) // of a name that is cut, too
	}) {
		return nil
	}
	return []string{all}
}

// missingSteps looks for what a person who reads only the footer would not find: in wide
// windows all that can be done now and has a place in it, in all windows the first of them.
func missingSteps(v sight) (wrong []string) {
	footer := v.lines[len(v.lines)-1]
	var steps []ui.Action
	for _, act := range v.screen.Actions() {
		if act.Footer > 0 && act.Reason() == "" {
			steps = append(steps, act)
		}
	}
	slices.SortStableFunc(steps, func(x, y ui.Action) int { return x.Footer - y.Footer })
	lacks := func(act ui.Action) bool { return !strings.Contains(footer, " "+act.Key.Help().Key+" ") }
	if slices.ContainsFunc(steps, lacks) && !moreHints.MatchString(strings.TrimRight(footer, " ")) {
		wrong = append(wrong, "it is not said how many hints have no room: "+footer)
	}
	if v.size.W < 200 {
		steps = steps[:min(len(steps), 1)]
	}
	for _, act := range steps {
		if lacks(act) {
			wrong = append(wrong, act.ID+" is not in "+footer)
		}
	}
	return wrong
}

// moreHints is the end of a footer that has no room for all.
var moreHints = regexp.MustCompile(` \+\d+( more)?(: \?)?$`)

// cutStatus looks at 80 columns and more for the end of what the screen says.
func cutStatus(v sight) []string {
	said := strings.TrimSpace(ansi.Strip(v.app.RestingStatus(v.size.W)))
	if v.size.W < 80 || !strings.HasSuffix(said, term.Ellipsis) {
		return nil
	}
	return []string{said}
}
