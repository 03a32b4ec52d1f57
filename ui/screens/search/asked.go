package search

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/export"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/theme"
	"github.com/vecscope/vecscope/ui/widget"
)

var (
	keyImport = ui.Bind("i", "import…", "i")
)

// askedBox lists the queries that were asked, the last one first, and after them those that
// came with labels.
type askedBox struct {
	ui.Closable
	*Screen
	list    widget.List
	filter  widget.Input
	typing  bool
	queries []labels.AskedQuery
	all     int // how many there are without the filter
	// fromLabels tells of a wording that it came with labels and was not asked yet.
	fromLabels map[string]bool
}

// openAsked opens the list of queries.
func (s *Screen) openAsked() {
	b := &askedBox{Screen: s, filter: widget.NewInput(s.Theme, "type to filter")}
	b.reload()
	s.Open(b)
}

// reload takes the queries that the filter lets through.
func (b *askedBox) reload() {
	all := b.Session.Asked().List()
	slices.Reverse(all)
	b.fromLabels = map[string]bool{}
	b.gatherGiven()
	for _, q := range b.given.queries {
		all, b.fromLabels[q.Text] = append(all, q), true
	}
	b.all = len(all)
	word := strings.TrimSpace(b.filter.Value())
	b.queries = slices.DeleteFunc(all, func(q labels.AskedQuery) bool {
		return word != "" && widget.IndexFold(q.Text, word) < 0 && widget.LetterHits(q.Text, word) == nil
	})
	b.list.Fit(len(b.queries), b.list.Shown)
}

// givenQueries are the queries that came with labels, but for those that were asked.
type givenQueries struct {
	of      *labels.Tied // with these labels; there are others after every query asked
	queries []labels.AskedQuery
	// answered is how many of them have a relevant text.
	answered int
}

// gatherGiven finds them where labels or queries asked are others by now.
func (s *Screen) gatherGiven() {
	tied := s.Session.Labels().Tied()
	if tied == s.given.of {
		return
	}
	s.given = givenQueries{of: tied}
	seen := map[string]bool{}
	for _, q := range s.Session.Asked().List() {
		seen[q.Text] = true
	}
	for i, text := range s.Session.Labels().Queries() {
		q := labels.AskedQuery{Text: text}
		if at := tied.Queries[i].Source; at >= 0 && at < len(s.Session.Texts()) {
			q.Source = s.Session.Texts()[at].Text
		}
		if !seen[text] {
			s.given.queries = append(s.given.queries, q)
			if slices.ContainsFunc(tied.Queries[i].Judged, func(j evaluate.Judgment) bool { return j.Grade > 0 }) {
				s.given.answered++
			}
		}
		seen[text] = true
	}
}

// Typing tells that letters go into the filter.
func (b *askedBox) Typing() bool { return b.typing }

// Dismiss closes the box.
func (b *askedBox) Dismiss() { b.Closable.Dismiss() }

// Update moves, filters, runs a query again, or leads to import and export.
func (b *askedBox) Update(msg tea.Msg) tea.Cmd {
	cmd, done := ui.Press(b.Actions(), msg)
	if done || !b.typing {
		return cmd
	}
	return b.edit(msg)
}

// Actions are those of the list, or of its filter while something is typed into it.
func (b *askedBox) Actions() []ui.Action {
	clearing := ui.Action{Key: ui.KeyBack, Name: "clear the filter", Group: ui.GroupDo, Run: ui.Do(b.clearFilter)}
	if b.typing {
		keep := ui.Action{Key: ui.KeyEnter, Name: "keep the filter", Group: ui.GroupDo, Run: ui.Do(func() { b.typing = false })}
		return slices.Concat([]ui.Action{keep, clearing}, b.list.FilterMotions(), b.filter.Editing())
	}
	var out []ui.Action
	if len(b.queries) > 0 {
		again := ui.Bind(keyAgain.Help().Key+"/enter", "run it again", slices.Concat(keyAgain.Keys(), ui.KeyEnter.Keys())...)
		out = append(out, ui.Action{Key: again, Group: ui.GroupDo, Run: b.run}, ui.Action{Key: keyJudge, Name: "judge it, names hidden…", Group: ui.GroupDo, Run: b.judge}, ui.Action{Key: ui.KeyDelete, Name: "forget", Group: ui.GroupDo, Run: b.forget})
	}
	out = append(out, ui.Action{Key: ui.KeyFilter, Group: ui.GroupDo, Run: ui.Do(func() { b.typing = true })},
		ui.Action{Key: keyImport, Group: ui.GroupDo, Run: func() tea.Cmd { return b.importQueries().Ask() }},
		ui.Action{Key: ui.KeyExport, Group: ui.GroupDo, Run: b.exportAsked})
	if b.filter.Value() != "" {
		out = append(out, clearing)
	}
	return append(append(out, ui.Closing(b.Dismiss, ui.KeyQuit, keyAsked)), b.list.Motions()...)
}

func (b *askedBox) clearFilter() {
	b.typing = false
	b.filter.Reset()
	b.reload()
}

func (b *askedBox) exportAsked() tea.Cmd {
	if why := b.nothingToExport(); why != "" {
		b.Notify(ui.NoticeWarn, why)
		return nil
	}
	return b.Export(b.askedExport())
}

// edit takes what is typed into the filter.
func (b *askedBox) edit(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	b.filter, cmd = b.filter.Update(msg)
	b.reload()
	return cmd
}

// run asks the query under the cursor again.
func (b *askedBox) run() tea.Cmd {
	q := b.queries[b.list.Cursor]
	b.Dismiss()
	return b.ask(q.Text, q.Source)
}

// judge asks the query under the cursor again and has it judged.
func (b *askedBox) judge() tea.Cmd {
	if why := b.canSearch(); why != "" {
		b.Notify(ui.NoticeWarn, "Not judged: "+why+".")
		return nil
	}
	q := b.queries[b.list.Cursor]
	b.Dismiss()
	return b.askToJudge(q)
}

// forget takes the query out, and asks first where that costs judgments.
func (b *askedBox) forget() tea.Cmd {
	q := b.queries[b.list.Cursor]
	if b.fromLabels[q.Text] {
		b.Notify(ui.NoticeWarn, "Queries that come with the labels stay; only those you asked can be forgotten.")
		return nil
	}
	forget := func() tea.Cmd {
		cmd := b.Session.Asked().Forget(q.Text)
		b.reload()
		return cmd
	}
	if len(q.Graded) == 0 {
		return forget()
	}
	b.Open(widget.NewQuestion(b.Context, fmt.Sprintf("Forget “%s” and %s of it?", term.Excerpt(q.Text, 40), format.Count(len(q.Graded), "judgment")), nil,
		widget.Option{Key: "d", Label: "forget both", Run: forget}))
	return nil
}

func (b *askedBox) head() int { return 2 }

// Fit keeps the cursor in sight.
func (b *askedBox) Fit(room ui.Size, _ *theme.Theme) {
	b.list.Fit(len(b.queries), max(min(max(len(b.queries), 3), room.H-b.head()-1), 1))
}

// askedWidth is how wide the box is at the most.
const askedWidth = 100

// View draws the queries with how far each is judged.
func (b *askedBox) View(room ui.Size, t *theme.Theme) []string {
	w := min(room.W, askedWidth)
	judged, _ := b.Session.Asked().Decided()
	lines := []string{t.Title.Render("Queries asked") + t.Dim.Render(fmt.Sprintf("  %d of %d · %d judged", len(b.queries), b.all, judged))}
	switch in := b.filter; {
	case b.typing:
		in.SetWidth(max(w-4, 1))
		lines = append(lines, widget.InputLine(in, w))
	case in.Value() != "":
		lines = append(lines, t.Dim.Render("filter: "+term.Excerpt(in.Value(), max(w-8, 1))))
	default:
		lines = append(lines, "")
	}
	for i := b.list.Top; i < b.list.Top+b.list.Shown; i++ {
		lines = append(lines, b.row(i, w, t))
	}
	keys := []string{keyAgain.Help().Key, "run again", keyJudge.Help().Key, "judge", ui.KeyFilter.Help().Key, "filter", ui.KeyDelete.Help().Key, "forget", keyImport.Help().Key, "import", ui.KeyExport.Help().Key, "export", "esc", "back"}
	if b.typing {
		lines = append(lines, widget.TypedFoot(t, w, "enter", "keep the filter", "esc", "clear"))
	} else {
		lines = append(lines, widget.Foot(t, w, keys...))
	}
	for i := range lines {
		lines[i] = term.Fit(lines[i], w)
	}
	return lines
}

func (b *askedBox) row(i, w int, t *theme.Theme) string {
	if i >= len(b.queries) {
		if i == 0 {
			return t.Dim.Render(term.Fit("none: "+keyAsk.Help().Key+" on Search asks one", w))
		}
		return ""
	}
	q := b.queries[i]
	note := judgedNote(q)
	if n := len(q.Graded); b.fromLabels[q.Text] {
		note = "from the labels"
	} else if n > 0 && q.Pool > 0 {
		note += fmt.Sprintf(", pool %d", q.Pool)
	}
	if w < 60 {
		note = ""
	}
	text := term.Excerpt(q.Text, max(w-term.Width(note)-3, 1))
	line := " " + term.Fit(text, max(w-term.Width(note)-2, 1)) + note
	if i == b.list.Cursor {
		return t.Codes.Selected + term.Fit(line, w) + theme.Reset
	}
	return line
}

// Mouse runs the query that was clicked, or moves the cursor.
func (b *askedBox) Mouse(ev ui.Mouse) tea.Cmd {
	if b.list.Mouse(ev.Wheel, ev.Y-b.head()) {
		return b.run()
	}
	return nil
}

func (b *askedBox) nothingToExport() string {
	if len(b.Session.Asked().List()) == 0 {
		return "There are no queries yet."
	}
	return ""
}

// askedExport is the judged queries as a file of labels, or all of them line by line.
func (b *askedBox) askedExport() ui.Export {
	queries, texts := b.Session.Asked().List(), slices.Clone(b.Session.Texts())
	judged, all := b.Session.Asked().Decided()
	remark := ""
	if judged < all {
		remark = fmt.Sprintf("As .csv the %s judged are written, as .txt all.", countQueries(judged))
	}
	return ui.Export{
		What: countQueries(all), Name: "vecscope-queries", Copied: ".csv", Remark: remark,
		Formats: []ui.ExportFormat{
			{Ending: ".csv", Write: func(_ context.Context, w io.Writer) (string, error) {
				left, err := labels.WriteAskedCSV(w, queries, texts)
				if left == 0 {
					return "", err
				}
				return fmt.Sprintf("%s left out: the texts are gone, or their ids have blanks.", format.Count(left, "judgment")), err
			}},
			export.Quiet(".txt", func(_ context.Context, w io.Writer) error {
				for _, q := range queries {
					if _, err := io.WriteString(w, strings.Join(strings.Fields(q.Text), " ")+"\n"); err != nil {
						return err
					}
				}
				return nil
			}),
		},
	}
}

// importQueries is how queries of a file are taken in with their judgments.
func (b *askedBox) importQueries() labelling.Import {
	return labelling.Import{
		Context: b.Context, Title: "Import queries", Here: func() bool { return !b.Closed() },
		About: "A .csv, .tsv or .jsonl file with the columns query and relevant (ids, each id:grade), such as somebody else's judgments, or a .txt file with a query a line.",
		Take: func(path string, then func(labelling.Taken, error) tea.Cmd) tea.Cmd {
			read := func() (labels.Questions, error) { return labels.OpenQuestions(path) }
			return b.Session.Asked().Import(read, func(merged session.MergedQueries, err error) tea.Cmd {
				b.reload()
				return then(takenQueries(merged), err)
			})
		},
	}
}

// takenQueries tells what became of the queries of a file.
func takenQueries(m session.MergedQueries) labelling.Taken {
	taken := labelling.Taken{Said: fmt.Sprintf("%s, %s new; %s new.", countQueries(m.All), format.Thousands(m.Queries), format.Count(m.Judgments, "judgment"))}
	if n := len(m.LeftOut); n > 0 {
		taken.Lacks = true
		taken.Said += fmt.Sprintf(" %s left out: %s.", format.Thousands(n), m.LeftOut[0].Unnamed())
	}
	if len(m.Disagree) > 0 {
		taken.Disagreements = func(string) ui.Overlay { return disagreements(m.Disagree) }
	}
	return taken
}

// disagreements lists what two people say differently.
func disagreements(list []labels.GradeDisagreement) ui.Overlay {
	return &widget.Reader{
		Title: fmt.Sprintf("%s on which you and the file disagree; yours stand", format.Count(len(list), "judgment")), Width: 110,
		Write: func(w int, t *theme.Theme) []string {
			d := &widget.DetailText{W: w, Theme: t}
			for _, x := range list {
				d.Gap()
				d.Field("query", x.Query)
				d.Field("text", term.Excerpt(x.Text, 200))
				d.Field("you", gradeWord(x.Mine))
				d.Field("the file", gradeWord(x.Theirs))
			}
			return d.Lines
		},
		Foot: func(position string) []string { return widget.WithPosition([]string{"esc", "back"}, 2, position) },
	}
}
