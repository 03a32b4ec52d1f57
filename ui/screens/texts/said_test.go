package texts

import (
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

// plain is a line without its looks.
func plain(line string) string { return ansi.Strip(line) }

// columnsOfAFile is the box over a file of four columns.
func columnsOfAFile(t *testing.T) *columnBox {
	t.Helper()
	s := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one"))).Screen(ID).(*Screen)
	b := &columnBox{Context: s.Context, name: "file.csv", texts: []string{"title", "body"}, id: "key", look: &corpus.Look{
		Names: []string{"key", " title ", "body", "kind"}, Rows: [][]string{{"1", "A title", "Some words", ""}, {"2", " ", "More\nwords", "x"}}}}
	b.list.Fit(4, 4)
	return b
}

func TestEachColumnHasOneRole(t *testing.T) {
	for keys, want := range map[string]string{
		"":         "key:id title:text 1 body:text 2 kind:",
		"1t":       "key:id title:text body: kind:",
		"1t1t":     "key:id title: body: kind:",
		"0t":       "key:text title: body: kind:",
		"3t":       "key:id title: body: kind:text",
		"3g":       "key:id title:text 1 body:text 2 kind:group",
		"3g3g":     "key:id title:text 1 body:text 2 kind:",
		"3g3i":     "key: title:text 1 body:text 2 kind:id",
		"0g":       "key:group title:text 1 body:text 2 kind:",
		"0i":       "key: title:text 1 body:text 2 kind:",
		"1s":       "key:id title: body:text kind:",
		"1s1s":     "key:id title:text 2 body:text 1 kind:",
		"3s":       "key:id title:text 1 body:text 2 kind:text 3",
		"0s":       "key:text 3 title:text 1 body:text 2 kind:",
		"2g":       "key:id title:text body:group kind:",
		"1s2s":     "key:id title: body: kind:",
		"3g0g":     "key:group title:text 1 body:text 2 kind:",
		"1g2i3t0s": "key:text 2 title:group body:id kind:text 1",
	} {
		b := columnsOfAFile(t)
		for _, k := range keys {
			switch k {
			case 't':
				b.assign(roleText)
			case 'g':
				b.assign(roleGroup)
			case 'i':
				b.assign(roleID)
			case 's':
				b.toggleText()
			default:
				b.list.Put(int(k - '0'))
			}
		}
		var got []string
		for _, name := range b.look.Names {
			got = append(got, strings.TrimSpace(name)+":"+b.shownRole(name))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("after %q the columns are %q, want %q", keys, strings.Join(got, " "), want)
		}
	}
}

func TestTheBoxOfColumnsIsDrawnWhole(t *testing.T) {
	b := columnsOfAFile(t)
	for h, want := range map[int][]string{
		7: {"Which columns of file.csv?", "title and body make one text, a line each.", "● id      key    1 · 2", "● text 1  title  A title", "● text 2  body   Some words · More⏎words", "          kind   x"},
		6: {"Which columns of file.csv?", "● id      key    1 · 2", "● text 1  title  A title", "● text 2  body   Some words · More⏎words", "          kind   x"},
		4: {"Which columns of file.csv?", "● id      key    1 · 2", "● text 1  title  A title"},
	} {
		b.Fit(ui.Size{W: 60, H: h}, b.Theme)
		lines := b.View(ui.Size{W: 60, H: h}, b.Theme)
		var got []string
		for i, l := range lines[:len(lines)-1] {
			got = append(got, strings.TrimRight(strings.TrimPrefix(plain(l), " "), " "))
			if strings.HasPrefix(plain(l), "   ") {
				got[i] = strings.TrimRight(plain(l)[1:], " ")
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("in %d lines it is drawn\n%s\nwant\n%s", h, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	for texts, want := range map[string]string{"": "One or several (space) have the texts; groups and ids are optional.", "a": "One or several (space) have the texts; groups and ids are optional.", "a b": "a and b make one text, a line each.", "a b c": "a, b and c make one text, a line each.", "a\x1b[2J b": "a and b make one text, a line each."} {
		if b.texts = strings.Fields(texts); b.about() != want {
			t.Errorf("of %q it is said %q, want %q", texts, b.about(), want)
		}
	}
	var taken corpus.Columns
	b.take = func(c corpus.Columns) tea.Cmd { taken = c; return nil }
	b.texts, b.id, b.group = []string{"a", "b"}, "", "g"
	b.open()
	if want := (corpus.Columns{Text: corpus.JoinColumns("a", "b"), ID: corpus.NoColumn, Group: "g"}); taken != want {
		t.Errorf("taken are %+v, want %+v", taken, want)
	}
}

func TestATextIsCalledByNumberIDAndGroup(t *testing.T) {
	long := strings.Repeat("x", 40)
	for _, c := range []struct {
		text corpus.Text
		at   int
		want string
	}{
		{corpus.Text{}, 0, "Text 1"}, {corpus.Text{ID: "a"}, 999, "Text 1,000 · a"}, {corpus.Text{Group: "g\x1b[2J"}, 1, "Text 2 · g"}, {corpus.Text{ID: "a", Group: "g"}, 1, "Text 2 · a · g"},
		{corpus.Text{ID: long}, 1, "Text 2 · " + long[:29] + "…"},
	} {
		if got := textTitle(c.text, c.at); got != c.want {
			t.Errorf("%+v is called %q, want %q", c.text, got, c.want)
		}
	}
}

// What is being written is called what it is, and ends as it is called.
func TestWhatIsWrittenIsCalledWhatItIs(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two"), uitest.Glove))
	s := a.Screen(ID).(*Screen)
	title := func() string {
		text, _ := s.current()
		var keys []string
		for _, act := range s.writingActions()[:3] {
			keys = append(keys, act.Name)
		}
		return s.writingTitle(text) + " | " + keys[0] + ", " + keys[2]
	}
	for _, step := range []struct {
		keys []string
		want string
	}{
		{[]string{"e"}, "Writing text 1 | done, keep it and end"}, {[]string{"backspace", "backspace", "backspace"}, "Text 1 is empty: ending now deletes it | delete it, delete it"},
		{[]string{"x"}, "Writing text 1 | done, keep it and end"}, {[]string{"esc", "a"}, "New text 2 | end, end"}, {[]string{"y"}, "Writing text 2 | done, next text, keep it and end"},
		{[]string{"enter"}, "New text 3 | end, end"},
	} {
		if uitest.Press(t, a, step.keys...); title() != step.want {
			t.Errorf("after %q it is called %q, want %q", step.keys, title(), step.want)
		}
	}
}

// A text is too long for a model by its tokens; what the models in the binary read they tell.
func TestATextIsReadInPartWhereItIsTooLong(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one two three", "four"), uitest.Glove))
	s := a.Screen(ID).(*Screen)
	text := a.Session.Corpus().At(0)
	tokens, known := a.Session.TokensOf(text.Text)
	if !known || tokens < 2 {
		t.Fatalf("%d tokens are counted", tokens)
	}
	other := corpus.Text{Text: "another text"}
	with := func(source api.Source, limit int, clipped, unknown []int, failed map[int]error) session.State {
		c := uitest.CandidateIn(t, a, uitest.Glove)
		r := *c.Result
		r.Clipped, r.Unknown, r.Failed = clipped, unknown, failed
		c.Result, c.Row.Source, c.Row.MaxTokens = &r, source, limit
		return c
	}
	for _, c := range []struct {
		name          string
		state         session.State
		text          corpus.Text
		long, unknown bool
		mark          string
	}{
		{"without a limit", with(api.SourceLive, 0, nil, nil, nil), text, false, false, ""},
		{"at the limit", with(api.SourceLive, tokens, nil, nil, nil), text, false, false, ""},
		{"over the limit", with(api.SourceLive, tokens-1, nil, nil, nil), text, true, false, "~"},
		{"inside", with(api.SourceBinary, 1, nil, nil, nil), text, false, false, ""},
		{"inside, clipped", with(api.SourceBinary, 1, []int{0}, nil, nil), text, true, false, "~"},
		{"clipped there", with(api.SourceLive, 0, []int{0}, nil, nil), text, true, false, "~"},
		{"clipped elsewhere", with(api.SourceLive, 0, []int{1}, nil, nil), text, false, false, ""},
		{"unknown in part", with(api.SourceLive, 0, nil, []int{0}, nil), text, false, true, "~"},
		{"another text", with(api.SourceLive, 0, []int{0}, []int{0}, map[int]error{0: errNo}), other, false, false, ""},
		{"failed", with(api.SourceLive, 0, []int{0}, nil, map[int]error{0: errNo}), text, true, false, "!"},
		{"failed elsewhere", with(api.SourceLive, 0, nil, nil, map[int]error{1: errNo}), text, false, false, ""},
	} {
		plainState := with(api.SourceLive, 0, nil, nil, nil)
		if long, unknown, mark := s.tooLong(c.state, 0, c.text), s.knownInPart(c.state, 0, c.text), s.markOf(0, c.text, []session.State{c.state, plainState}).Text; long != c.long || unknown != c.unknown || mark != c.mark {
			t.Errorf("%s: too long %v, unknown %v, marked %q", c.name, long, unknown, mark)
		}
	}
	if s.failure(session.State{Result: &pipeline.Result{}}, 0, text) != nil || s.failure(session.State{}, 0, text) != nil {
		t.Error("what has not failed has a reason")
	}
}

var errNo = errors.New("no")

func TestWhatIsLoadedStandsOverTheList(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, nil))
	s := a.Screen(ID).(*Screen)
	texts := uitest.Texts("one cat", "two")
	for _, c := range []struct {
		from corpus.Origin
		w    int
		want string
	}{
		{corpus.Origin{Source: "a.csv"}, 80, "a.csv · 2 texts · 3 tokens"},
		{corpus.Origin{Source: "a.csv", Files: corpus.FilesAt(corpus.Options{Columns: corpus.Columns{Text: "body"}}, "a.csv")}, 80, "a.csv · 2 texts · 3 tokens"},
		{corpus.Origin{Source: "a.csv", Files: corpus.FilesAt(corpus.Options{Columns: corpus.Columns{Text: corpus.JoinColumns("title", "body")}}, "a.csv")}, 80, "a.csv · " + corpus.JoinColumns("title", "body") + " · 2 texts · 3 tokens"},
		{corpus.Origin{Source: strings.Repeat("x", 60)}, 80, strings.Repeat("x", 39) + "… · 2 texts · 3 tokens"},
	} {
		cmd, err := a.Session.Edits().Replace(texts, c.from)
		if err != nil {
			t.Fatal(err)
		}
		uitest.Settle(t, a, cmd)
		if got := uitest.Flat(s.caption(c.w)); got != c.want {
			t.Errorf("of %+v it is said %q, want %q", c.from, got, c.want)
		}
	}
	set := corpus.Sets()[0]
	uitest.Settle(t, a, s.take(set.Texts, session.OriginOfSet(set)))
	if got := uitest.Flat(s.caption(120)); !strings.HasPrefix(got, "Built-in set “"+set.Title+"” · ") {
		t.Errorf("of a set it is said %q", got)
	}
}

func TestATextMovesWhereItHasRoom(t *testing.T) {
	a := textsApp(t, 80, 24, uitest.OptionsWith(t, uitest.Texts("one", "two", "three"), uitest.Glove))
	s := a.Screen(ID).(*Screen)
	for _, c := range []struct {
		at, by int
		filter string
		want   string
	}{
		{0, -1, "", "it is the first"}, {0, 1, "", ""}, {1, -1, "", ""}, {1, 1, "", ""}, {2, 1, "", "it is the last"}, {2, -1, "", ""},
		{1, 1, "two", "the filter hides its neighbours: esc clears it"}, {1, 1, "xyzzy", "no text matches the filter: esc clears it"},
	} {
		s.endFilter()
		if c.filter != "" {
			s.Filter(c.filter)
		}
		uitest.Happen(t, a, uitest.Nothing)
		a.Session.PointAt(c.at)
		if got := s.cannotMove(c.by)(); got != c.want {
			t.Errorf("text %d by %d with %q: %q, want %q", c.at+1, c.by, c.filter, got, c.want)
		}
	}
}

func TestHowFarAReadingIsIsNeverMoreThanAll(t *testing.T) {
	s := textsApp(t, 80, 24, uitest.OptionsWith(t, nil)).Screen(ID).(*Screen)
	for _, c := range []struct {
		read, size int64
		want       string
	}{{0, 0, "Reading a.csv · esc stops"}, {0, 200, "Reading a.csv: 0% · esc stops"}, {101, 200, "Reading a.csv: 50% · esc stops"}, {300, 200, "Reading a.csv: 100% · esc stops"}} {
		s.opening = &opening{typed: "/some/where/a.csv"}
		s.opening.read.Store(c.read)
		s.opening.size.Store(c.size)
		if got := s.openingText(); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.read, c.size, got, c.want)
		}
	}
}
