package shell

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api/catalog"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
)

// later keeps what is to happen after a delay.
type later struct {
	delays []time.Duration
	then   []func() tea.Cmd
}

// withoutScreens is an explorer that shows nothing; what it puts off is kept.
func withoutScreens(t *testing.T) (*App, *later) {
	t.Helper()
	l := &later{}
	a := &App{}
	a.Context = ui.Context{Notify: a.setNotice, Session: session.New(t.Context(), session.Config{
		Engine: &pipeline.Engine{Catalog: catalog.New(nil)}, Counter: corpus.NewCounter(),
		After: func(_ context.Context, delay time.Duration, then func() tea.Cmd) tea.Cmd {
			l.delays, l.then = append(l.delays, delay), append(l.then, then)
			return nil
		},
	})}
	return a, l
}

func TestANoticeIsSafeAndGoesWithItsOwnTime(t *testing.T) {
	a, l := withoutScreens(t)
	a.Notify(ui.NoticeInfo, "one\x1b[31m red")
	if a.Notice().Text != "one red" {
		t.Errorf("it says %q", a.Notice().Text)
	}
	a.ScheduleExpiry()
	if a.ScheduleExpiry(); len(l.then) != 1 || l.delays[0] != noticeTime {
		t.Fatalf("its end is put off %d times, for %v", len(l.then), l.delays)
	}
	a.Notify(ui.NoticeWarn, "two")
	if l.then[0](); a.Notice().Text != "two" {
		t.Errorf("the end of another takes %q away", "two")
	}
	a.ScheduleExpiry()
	if l.then[1](); a.Notice().Text != "" {
		t.Errorf("after its time it says %q", a.Notice().Text)
	}
	if a.ScheduleExpiry(); len(l.then) != 2 {
		t.Error("no notice has an end")
	}
	a.Notify(ui.NoticeWarn, "three")
	a.notice.stays = true
	if a.ScheduleExpiry(); len(l.then) != 2 {
		t.Error("what stays until a key is pressed has an end")
	}
}

func TestASaveThatFailsIsToldWhenItBeginsTo(t *testing.T) {
	a, _ := withoutScreens(t)
	full, gone := errors.New("the disk is full"), errors.New("the folder is gone")
	for i, c := range []struct {
		err  error
		want string
	}{
		{nil, ""}, {full, "the session is not remembered: the disk is full"}, {full, ""}, {gone, "the session is not remembered: the folder is gone"}, {nil, ""}, {gone, "the session is not remembered: the folder is gone"},
	} {
		a.ClearNotice()
		if a.saved(c.err); a.Notice().Text != c.want {
			t.Errorf("save %d, %v: %q, want %q", i+1, c.err, a.Notice().Text, c.want)
		}
	}
}

func TestTheStateIsSavedOnceAMomentAfterAChange(t *testing.T) {
	a, l := withoutScreens(t)
	if a.scheduleSave(); len(l.then) != 0 {
		t.Error("nothing has changed, and it is saved")
	}
	a.Session.MarkUnsaved()
	a.scheduleSave()
	if a.scheduleSave(); len(l.then) != 1 || l.delays[0] != saveDelay {
		t.Errorf("it is saved %d times, after %v", len(l.then), l.delays)
	}
	a.saveDue, a.quitting = false, true
	if a.scheduleSave(); len(l.then) != 1 {
		t.Error("the end saves by itself")
	}
}

func TestAViewThatIsLeftEndsTheWayForward(t *testing.T) {
	var h history
	for n := range mostViews + 2 {
		h.leave(view{a: n})
	}
	if len(h.before) != mostViews || h.before[0].a != 2 || h.before[mostViews-1].a != mostViews+1 {
		t.Errorf("%d views back, from %d", len(h.before), h.before[0].a)
	}
	h.after = []view{{a: 1}}
	if h.leave(view{}); len(h.after) != 0 {
		t.Error("forward leads somewhere after another way was taken")
	}
}

// A server that was found is told of unless something else is being said.
func TestAFoundServerDisplacesNoOtherNotice(t *testing.T) {
	for before, told := range map[string]bool{"": true, ui.ReadingLists: true, "What you should read.": false} {
		a, _ := withoutScreens(t)
		if before != "" {
			a.Notify(ui.NoticeInfo, before)
		}
		a.tellFound(session.FoundEvent{Provider: "ollama"})
		if got := a.Notice().Text; strings.HasPrefix(got, "ollama runs on this machine") != told {
			t.Errorf("after %q it says %q", before, got)
		}
	}
}

func TestWhatReadingTheListsAgainHasBroughtIsTold(t *testing.T) {
	for _, c := range []struct {
		before string
		more   int
		want   string
	}{
		{"", 0, "The lists have been read again; nothing has changed."}, {ui.ReadingLists, 1, "The lists have been read again: 1 model more."}, {"", 1200, "The lists have been read again: 1,200 models more."},
		{"The list of shop: 1 new.", 3, "The list of shop: 1 new."},
	} {
		a, _ := withoutScreens(t)
		if c.before != "" {
			a.Notify(ui.NoticeInfo, c.before)
		}
		if a.tellReadAgain(session.ReadAgainEvent{More: c.more}); a.Notice().Text != c.want {
			t.Errorf("after %q, %d more: %q, want %q", c.before, c.more, a.Notice().Text, c.want)
		}
	}
}

func TestAKeyThatIsTakenIsToldAndOneThatIsNotToo(t *testing.T) {
	for _, err := range []error{nil, errors.New("the key is in quotes")} {
		a, _ := withoutScreens(t)
		a.tellKey(session.KeyEvent{Provider: "shop", Err: err})
		got := a.Notice()
		if err == nil && !strings.HasPrefix(got.Text, "The key for shop is kept until the program ends") || err != nil && (!strings.Contains(got.Text, "in quotes") || got.Level < ui.NoticeWarn) {
			t.Errorf("%v: %q", err, got.Text)
		}
	}
}

func TestPartsOfAFolderAreNamed(t *testing.T) {
	for _, c := range []struct {
		said, left []string
		problem    string
		want       string
		level      ui.NoticeLevel
	}{
		{nil, nil, "", "", 0},
		{[]string{"1 model", "thresholds"}, nil, "", ".vecscope.toml beside the texts: 1 model, thresholds.", ui.NoticeGood},
		{nil, []string{"a/b", "c/d"}, "", "not selected: a/b, c/d (select on Models what you want to send these texts to).", ui.NoticeWarn},
		{[]string{"thresholds"}, nil, "it has a mistake", ".vecscope.toml beside the texts: thresholds · it has a mistake.", ui.NoticeWarn},
	} {
		a, _ := withoutScreens(t)
		a.tellFolder(c.said, c.left, c.problem)
		if got := a.Notice(); got.Text != c.want || got.Level != c.level || slices.Contains(a.Session.Warnings(), c.problem) != (c.problem != "") {
			t.Errorf("%q, %q, %q: %q at level %d", c.said, c.left, c.problem, got.Text, got.Level)
		}
	}
}

// still is a screen that does nothing.
type still struct {
	ui.Screen
	id string
}

func (s still) Info() ui.Info          { return ui.Info{ID: s.id, Title: s.id} }
func (s still) Update(tea.Msg) tea.Cmd { return nil }

func TestTheScreenThatIsShownIsNotLeftForItself(t *testing.T) {
	a, _ := withoutScreens(t)
	a.screens = []ui.Screen{still{id: "one"}, still{id: "two"}}
	a.current = a.screens[0]
	for _, c := range []struct {
		to     string
		behind int
	}{{"one", 0}, {"gone", 0}, {"two", 1}, {"two", 1}, {"one", 2}} {
		if a.SetScreen(c.to); len(a.history.before) != c.behind {
			t.Errorf("after %s there are %d views behind, want %d", c.to, len(a.history.before), c.behind)
		}
	}
}

// What a terminal says of another mode takes nothing back.
func TestATerminalThatCountsClustersGoesOnToDoSo(t *testing.T) {
	a, _ := withoutScreens(t)
	for _, c := range []struct {
		msg  tea.ModeReportMsg
		want bool
	}{
		{tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeNotRecognized}, false}, {tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeSet}, false},
		{tea.ModeReportMsg{Mode: ansi.ModeUnicodeCore, Value: ansi.ModeReset}, true}, {tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeSet}, true},
	} {
		if a.updateShared(c.msg); a.clusters != c.want {
			t.Errorf("after %+v it counts clusters: %t", c.msg, a.clusters)
		}
	}
}
