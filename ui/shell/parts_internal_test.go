package shell

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/theme"
)

func TestTheWindowIsDividedFromItsLeastSizeOn(t *testing.T) {
	for window, want := range map[ui.Size]bool{{W: 40, H: 10}: true, {W: 39, H: 10}: false, {W: 40, H: 9}: false, {W: 200, H: 9}: false, {W: 39, H: 60}: false} {
		f, ok := layout(window.W, window.H)
		if ok != want || ok && f != (frame{ui.Rect{W: 40, H: 1}, ui.Rect{Y: 1, W: 40, H: 7}, ui.Rect{Y: 8, W: 40, H: 1}, ui.Rect{Y: 9, W: 40, H: 1}}) {
			t.Errorf("%v is divided: %v, into %+v", window, ok, f)
		}
	}
	a, _ := withoutScreens(t)
	for window, want := range map[ui.Size]string{{}: "", {W: 30}: "", {W: 60, H: 5}: "vecscope needs 40×10; q quits", {W: 29, H: 5}: "vecscope needs 40×10; q quits", {W: 28, H: 5}: "needs 40×10; q quits", {W: 19, H: 5}: "needs 40×10", {W: 10, H: 5}: "≥ 40×10", {W: 4, H: 5}: "40×…"} {
		if a.window = window; a.tooSmall() != want {
			t.Errorf("in %v it says %q, want %q", window, a.tooSmall(), want)
		}
	}
}

// While a text is marked the screen has a line less, where the window is not low.
func TestTheMarkedTextHasALineOfItsOwnInHighWindows(t *testing.T) {
	a, _ := withoutScreens(t)
	a.Session.Restore().Texts([]corpus.Text{{Text: "one"}, {Text: "two"}}, corpus.Origin{})
	for _, c := range []struct {
		marked bool
		h      int
		want   int
	}{{false, 14, 11}, {true, 14, 10}, {true, 13, 10}, {true, 40, 36}} {
		a.window = ui.Size{W: 80, H: c.h}
		if a.Session.Unmark(); c.marked {
			a.Session.Mark(1)
		}
		if f, _ := a.frame(); f.body.H != c.want {
			t.Errorf("marked %v, in %d lines the screen has %d, want %d", c.marked, c.h, f.body.H, c.want)
		}
	}
}

func TestABoxStandsInTheMiddleAndLeavesAMargin(t *testing.T) {
	for _, c := range []struct {
		window, want ui.Size
		is           ui.Rect
	}{
		{ui.Size{W: 80, H: 24}, ui.Size{W: 20, H: 10}, ui.Rect{X: 30, Y: 7, W: 20, H: 10}}, {ui.Size{W: 80, H: 24}, ui.Size{W: 21, H: 11}, ui.Rect{X: 29, Y: 6, W: 21, H: 11}},
		{ui.Size{W: 80, H: 24}, ui.Size{W: 90, H: 30}, ui.Rect{X: 1, Y: 1, W: 78, H: 22}}, {ui.Size{W: 80, H: 24}, ui.Size{W: 78, H: 22}, ui.Rect{X: 1, Y: 1, W: 78, H: 22}},
	} {
		if got := centered(c.window, c.want); got != c.is {
			t.Errorf("a box of %v in %v is at %+v, want %+v", c.want, c.window, got, c.is)
		}
	}
}

func TestHintsWithoutRoomAreCountedInTheWordsThatFit(t *testing.T) {
	for w, want := range map[int]string{40: " +3", 59: " +3", 60: " +3: ?", 99: " +3: ?", 100: " +3 more: ?"} {
		if got := moreHints(3, w); got != want {
			t.Errorf("in %d columns it is %q, want %q", w, got, want)
		}
	}
}

// Of a key that is typed the log does not tell which.
func TestTheLogNamesNoCharacterThatIsTyped(t *testing.T) {
	letter, arrow := tea.KeyPressMsg{Code: 'x', Text: "x"}, tea.KeyPressMsg{Code: tea.KeyUp}
	for _, c := range []struct {
		msg    tea.Msg
		typing bool
		want   string
	}{
		{letter, false, "tea.KeyPressMsg x"}, {letter, true, "tea.KeyPressMsg of a character"}, {arrow, true, "tea.KeyPressMsg up"}, {arrow, false, "tea.KeyPressMsg up"},
		{tea.PasteMsg{Content: "secret"}, true, "tea.PasteMsg"}, {tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}, true, "tea.KeyPressMsg of a character"},
	} {
		if got := messageText(c.msg, c.typing); got != c.want {
			t.Errorf("%T, typing %v: %q, want %q", c.msg, c.typing, got, c.want)
		}
	}
}

func TestANoticeLooksAsUrgentAsItIs(t *testing.T) {
	th := theme.New(true, colorprofile.TrueColor)
	for level, want := range map[ui.NoticeLevel]theme.Pen{ui.NoticeInfo: th.Accent, ui.NoticeGood: th.Good, ui.NoticeWarn: th.Warn, ui.NoticeError: th.Bad.Bold()} {
		if got := noticeStyle(th, level); got != want {
			t.Errorf("level %d looks like %q, want %q", level, got, want)
		}
	}
}

func TestAnActionIsFoundByWordsThatMeanTheSame(t *testing.T) {
	for label, want := range map[string][2]string{ // a word by which it is found, and one by which it is not
		"Light or dark": {"theme", "export"}, "export to a file…": {"save", "theme"}, "sort by next column": {"rank", "quit"}, "nothing of these": {"", "theme"},
		"prearranged sorting": {"", "rank"}, "move the CLUSTER": {"dedup", "undo"},
	} {
		words := otherWords(label)
		if want[0] != "" && !slices.Contains(words, want[0]) || slices.Contains(words, want[1]) || want[0] == "" && len(words) != 0 {
			t.Errorf("%q is found by %q", label, words)
		}
	}
}

// keeper is a screen that remembers something.
type keeper struct {
	still
	kept     json.RawMessage
	restored *int
}

func (k keeper) Save() json.RawMessage { return k.kept }

func (k keeper) Restore(json.RawMessage) { *k.restored++ }

func TestAScreenIsHandedOnlyWhatItRemembered(t *testing.T) {
	n := 0
	k := keeper{kept: json.RawMessage(`{"a":1}`), restored: &n}
	if restoreChoices(k, nil); n != 0 {
		t.Error("it is handed what it never kept")
	}
	if restoreChoices(k, k.kept); n != 1 || string(choices(k)) != `{"a":1}` || choices(still{}) != nil {
		t.Errorf("it was handed its choices %d times, and keeps %s", n, choices(k))
	}
}

func TestBoxesThatAreClosedAreTakenAwayAndOthersStay(t *testing.T) {
	a := &App{}
	for range 3 {
		a.overlays = append(a.overlays, &box{})
	}
	first, last := a.overlays[0], a.overlays[2]
	a.overlays[1].Dismiss()
	if a.closeOverlays(); len(a.overlays) != 2 || a.overlays[0] != first || a.Top() != last {
		t.Errorf("%d boxes are left", len(a.overlays))
	}
	first.Dismiss()
	last.Dismiss()
	if a.closeOverlays(); len(a.overlays) != 0 || a.Top() != nil {
		t.Errorf("%d boxes are left", len(a.overlays))
	}
}

// box is an overlay without anything in it.
type box struct {
	ui.Overlay
	ui.Closable
	actions []ui.Action
	types   bool
}

func (b *box) Dismiss()                  { b.Closable.Dismiss() }
func (b *box) Closed() bool              { return b.Closable.Closed() }
func (b *box) Update(tea.Msg) tea.Cmd    { return nil }
func (b *box) Fit(ui.Size, *theme.Theme) {}
func (b *box) Actions() []ui.Action      { return b.actions }
func (b *box) Typing() bool              { return b.types }

// A key that a box takes itself, or that is typed there, does not list its keys.
func TestTheKeysOfABoxAreAskedForByTheKeysThatItLeaves(t *testing.T) {
	help, f1 := tea.KeyPressMsg{Code: '?', Text: "?"}, tea.KeyPressMsg{Code: tea.KeyF1}
	own := []ui.Action{{Key: ui.Bind("?", "own", "?", "f1")}}
	for name, c := range map[string]struct {
		box      *box
		help, f1 bool
	}{"a plain box": {&box{}, true, true}, "one in which is typed": {&box{types: true}, false, true}, "one that takes them": {&box{actions: own}, false, false}} {
		if got, gotF1 := asksForKeys(c.box, help), asksForKeys(c.box, f1); got != c.help || gotF1 != c.f1 {
			t.Errorf("%s: ? lists its keys: %v, and F1: %v", name, got, gotF1)
		}
	}
}

func TestHelpListsKeysWithTheirReasonsUnderTheirGroups(t *testing.T) {
	th := theme.New(true, colorprofile.ASCII)
	why := func(reason string) ui.Guard { return func() string { return reason } }
	actions := []ui.Action{
		{Key: ui.Bind("m", "mark", "m"), Group: ui.GroupAnywhere}, {Key: ui.Bind("x", "do it", "x"), Group: ui.GroupDo, Guard: why("not now")},
		{Key: ui.Bind("", "palette alone"), Group: ui.GroupDo}, {Key: ui.Bind("ctrl+b", "go", "ctrl+b"), Group: ui.GroupMove, Guard: why("")},
		{Key: ui.Bind("y", "another one", "y"), Group: ui.GroupDo}, {Key: ui.Bind("e", "of a field", "e")},
	}
	for w, want := range map[int]string{
		40: "Do|  x          do it  (not now)|  y          another one|Move|  ctrl+b     go|Marks|  a sign     what it means|Anywhere|  m          mark",
		28: "Do|  x          do it|             (not now)|  y          another one|Move|  ctrl+b     go|Marks|  a sign     what it means|Anywhere|  m          mark",
		29: "Do|  x          do it  (not now)|  y          another one|Move|  ctrl+b     go|Marks|  a sign     what it means|Anywhere|  m          mark",
	} {
		var lines []string
		for _, l := range helpLines(actions, [][2]string{{"a sign   ", "what it means"}}, w, th) {
			lines = append(lines, strings.TrimRight(ansi.Strip(l), " "))
		}
		if got := strings.Join(lines, "|"); got != want {
			t.Errorf("in %d columns it is\n%s, want\n%s", w, got, want)
		}
	}
}

func TestFilesThatWereReadAreRemembered(t *testing.T) {
	f := corpus.FilesAt(corpus.Options{Columns: corpus.Columns{Text: "body", ID: "nr", Group: "topic"}, Encoding: "latin1"}, "/x/a.csv", "/x/b.csv")
	kept := filesToRemember(f)
	if got := fmt.Sprint(*kept); got != "{[/x/a.csv /x/b.csv] body nr topic latin1}" || rememberedFiles(kept) != f {
		t.Errorf("kept is %s, and read back %+v", got, rememberedFiles(kept))
	}
	if filesToRemember(corpus.Files{}) != nil || rememberedFiles(nil) != (corpus.Files{}) || toRemember(nil) != nil {
		t.Error("of nothing something is remembered")
	}
}

// What was remembered before there were roles is the prefix of queries, unless there is newer.
func TestPrefixesThatAreRememberedAreSound(t *testing.T) {
	a, _ := withoutScreens(t)
	edited := api.Roles{Query: api.Manner{Prefix: "new: "}, From: api.RolesEdited}
	got := a.soundRoles(config.State{
		Roles:         map[string]api.Roles{"a/b": edited, "a/wrong": {Query: api.Manner{Prefix: strings.Repeat("x", 100_000)}}},
		QueryPrefixes: map[string]string{"a/b": "old: ", "a/c": "older: "},
	})
	if len(got) != 2 || got["a/b"].Query.Prefix != "new: " || got["a/c"].Query.Prefix != "older: " || got["a/c"].From != api.RolesEdited {
		t.Errorf("they are %+v", got)
	}
	if notice := a.Notice(); notice.Level != ui.NoticeWarn || !strings.HasPrefix(notice.Text, "Left out of the remembered prefixes: a/wrong: ") {
		t.Errorf("it says %q", notice.Text)
	}
}

func TestAThresholdOfAFolderIsThatOfAllOrOfEach(t *testing.T) {
	common, at := 0.7, 0.9
	for name, c := range map[string]struct {
		f      config.Folder
		start  *float64
		taken  bool
		common float64
		each   bool
	}{
		"none":      {config.Folder{}, nil, false, 0.5, true},
		"of all":    {config.Folder{Threshold: &common}, nil, true, 0.7, false},
		"of each":   {config.Folder{Threshold: &common, Thresholds: map[string]float64{"a/b@1": 0.9}}, nil, true, 0.7, true},
		"of others": {config.Folder{Thresholds: map[string]float64{"a/b@1": 0.9}}, nil, true, 0.5, true},
		"given":     {config.Folder{Threshold: &common}, &at, false, 0.5, true},
	} {
		a, _ := withoutScreens(t)
		th := a.Session.Thresholds()
		th.SetEach(false)
		th.Set("", 0.5)
		th.SetEach(true)
		a.options.Start.Threshold = c.start
		if got := a.takeFolderThresholds(c.f); got != c.taken || th.Common() != c.common || th.Each() != c.each {
			t.Errorf("%s: taken %v, common %v, each %v", name, got, th.Common(), th.Each())
		}
		if c.taken && len(c.f.Thresholds) > 0 && th.Of("a/b@1") != 0.9 {
			t.Errorf("%s: that of the model is %v", name, th.Of("a/b@1"))
		}
	}
}

func TestWhatAFolderKeepsIsNamed(t *testing.T) {
	prefix := "q: "
	for want, f := range map[string]config.Folder{
		"0 models, thresholds": {}, "1 model, thresholds": {Models: []string{"a"}},
		"2 models, thresholds, edited prefixes, the labels of pairs.csv": {Models: []string{"a", "b"}, Prefixes: map[string]config.Prefixes{"a": {Query: &prefix}}, Labels: "pairs\x1b[31m.csv"},
	} {
		if got := strings.Join(keptParts(f), ", "); got != want {
			t.Errorf("it is %q, want %q", got, want)
		}
	}
}
