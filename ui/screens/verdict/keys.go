package verdict

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/findings"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/labelling"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/widget"
)

var (
	keySeed      = ui.Bind("%", "seed of the resamples", "%")
	keyReference = ui.Bind("A", "agreement with which model…", "A")
	keyMarks     = ui.Bind("M", "your marks of pairs: export, import…", "M")
)

// Actions open what stands behind a figure and set what the verdict rests on.
func (s *Screen) Actions() []ui.Action {
	if s.filter.Typing() {
		return s.filter.Actions(ID, "models", s.filter.Clear, s)
	}
	name := func(id string) string { return "verdict." + id }
	list := []ui.Action{
		{ID: name("items"), Key: ui.KeyEnter, Name: "which texts, pairs or queries failed…", Short: "what failed…", Group: ui.GroupDo, Footer: 2,
			Guard: s.needsTrial, Run: ui.Do(s.openItems)},
		{ID: name("limits"), Key: ui.KeyOnly, Name: "only within my limits…", Short: "limits…", Group: ui.GroupDo, Footer: 3,
			Guard: s.needsTrial, Run: ui.Do(s.askLimits)},
		{ID: name("labels"), Key: ui.KeyLabels, Name: "which labels decide…", Short: "labels…", Group: ui.GroupDo, Footer: 4, Run: ui.Do(s.askLabels)},
		{ID: name("documents"), Key: ui.KeyNumber, Name: "cost of how many documents…", Short: "documents…", Group: ui.GroupDo, Footer: 6,
			Guard: s.needsTrial, Run: ui.Do(s.askDocuments)},
		{ID: name("seed"), Key: keySeed, Name: "seed of the resamples…", Short: "seed…", Group: ui.GroupDo, Footer: 8,
			Guard: s.needsTrial, Run: ui.Do(s.askSeed)},
		{ID: name("marks"), Key: keyMarks, Short: "marks…", Group: ui.GroupDo, Footer: 10, Run: ui.Do(s.askMarks)},
		{ID: name("cuts"), Key: ui.KeyView, Name: "with or without shorter vectors", Short: "cuts", Group: ui.GroupShow, Footer: 5, Guard: s.needsTrial, Run: ui.Do(s.toggleCuts)},
		{ID: name("filter"), Key: ui.KeyFilter, Name: "filter by model…", Short: "filter…", Group: ui.GroupShow, Footer: 5, Guard: s.needsTrial, Run: ui.Do(s.startFilter)},
		{ID: name("full"), Key: ui.KeyFull, Name: "all that is said here, in full…", Short: "in full…", Group: ui.GroupShow, Footer: 11, Run: ui.Do(s.openFull)},
		{ID: name("copy"), Key: ui.KeyCopy, Name: "copy the verdict and its table", Short: "copy", Group: ui.GroupDo, Footer: 7,
			Guard: s.needsFindings, Run: func() tea.Cmd { return s.Copy(s.tableExport()) }},
		{ID: name("export"), Key: ui.KeyExport, Name: "export the table to a file…", Short: "export…", Group: ui.GroupDo, Footer: 9,
			Guard: s.needsFindings, Run: func() tea.Cmd { return s.Export(s.tableExport()) }},
		{ID: name("reference"), Key: keyReference, Group: ui.GroupShow, Guard: s.needsAgreement, Run: ui.Do(s.askReference)},
	}
	doubts := labelling.Doubts(s.Context, ID, "verdict")
	if s.Session.Verdict().Trial() == nil {
		doubts.Footer = 2 // it is the next step
	}
	return append(append(list, doubts), ui.Motions("verdict", s)...)
}

func (s *Screen) needsTrial() string {
	if s.Session.Verdict().Trial() != nil {
		return ""
	}
	if err := s.unfit(); err != nil {
		return err.Error()
	}
	return "there is no verdict yet: it needs labels and models with vectors"
}

// needsFindings guards what tells of a verdict, whose scores are there a moment before.
func (s *Screen) needsFindings() string {
	if why := s.needsTrial(); why != "" || s.Session.Verdict().Findings() != nil {
		return why
	}
	return "the verdict is still being computed"
}

func (s *Screen) toggleCuts() {
	s.cuts = !s.cuts
	s.Session.MarkUnsaved()
}

// askLabels offers what the candidates can be tried at.
func (s *Screen) askLabels() {
	s.Open(widget.NewPicker(s.Context, "Which labels decide", "the verdict is over one kind of labels at a time", s.labelItems))
}

func (s *Screen) labelItems() []widget.PickItem {
	now, _ := s.Session.Labels().Task()
	var items []widget.PickItem
	for _, t := range s.Session.Labels().Tasks() {
		item := widget.PickItem{Label: taskNames[t.Task], Marked: t.Task == now.Task, Detail: fromText(t),
			Choose: func() tea.Cmd { return s.Session.Labels().ChooseTask(t.Task) }}
		if t.Err != nil {
			item.Reason = t.Err.Error()
		} else {
			item.Detail = strings.TrimSpace(findings.ItemsOf(t.Task, t.Labels.Items()) + " " + fromText(t))
			if different, same, graded := s.Session.Labels().Tied().MarkGrades(); graded && t.Task == evaluate.Pairs {
				item.Detail += fmt.Sprintf(", your marks as %g and %g", different, same)
			}
			item.Note = findings.Metric(t.Labels.Metrics()[0]) + ": " + findings.Meaning(t.Labels.Metrics()[0])
		}
		items = append(items, item)
	}
	if len(items) == 0 {
		items = append(items, widget.PickItem{Label: "no labels yet", Reason: howToLabel})
	}
	return items
}

// fromText says where labels come from; empty for groups and marks.
func fromText(t session.LabelTask) string {
	text := t.From
	switch {
	case t.Judged == 0:
		return text
	case text == "":
		text = "your judgments"
	default:
		text += " and your judgments"
	}
	if t.Pooled {
		text += " (pooled: only the first hits were looked at)"
	}
	return text
}

// taskNames are what the tasks are called.
var taskNames = map[evaluate.Task]string{
	evaluate.Groups: "texts of one group belong together", evaluate.Pairs: "labelled pairs", evaluate.Retrieval: "queries and the texts that answer them",
}

// howToLabel says how labels come about.
const howToLabel = "mark pairs with = and # on Matrices or Duplicates, give texts a group on Texts, or open a file of pairs or queries"

// askDocuments asks for how many documents the costs are told.
func (s *Screen) askDocuments() {
	about := "What embedding so many documents like yours costs; 0 is the texts as they are."
	s.Open(widget.NewPrompt(s.Theme, "Cost of how many documents", about, format.Thousands(s.documents), func(typed string) (tea.Cmd, string) {
		n, err := strconv.Atoi(strings.NewReplacer(",", "", " ", "", "_", "").Replace(typed))
		if err != nil || n < 0 {
			return nil, "a whole number, such as 1000000"
		}
		s.documents = n
		s.Session.MarkUnsaved()
		return nil, ""
	}))
}

// askSeed asks for the seed.
func (s *Screen) askSeed() {
	now := s.Session.Verdict().Seed()
	about := fmt.Sprintf("The same seed gives the same figures. It is %d now.", now)
	s.Open(widget.NewPrompt(s.Theme, "Seed of the resamples", about, fmt.Sprint(now), func(typed string) (tea.Cmd, string) {
		n, err := strconv.ParseUint(typed, 10, 64)
		if err != nil {
			return nil, "a whole number from 0"
		}
		return s.Session.Verdict().SetSeed(n), ""
	}))
}

// limitKinds are the limits that can be set.
var limitKinds = []struct {
	label, unit string
	get         func(evaluate.Limits) float64
	set         func(*evaluate.Limits, float64)
}{
	{"price", "US dollars per million tokens", func(l evaluate.Limits) float64 { return l.Price }, func(l *evaluate.Limits, v float64) { l.Price = v }},
	{"dimensions", "at most", func(l evaluate.Limits) float64 { return float64(l.Dimensions) }, func(l *evaluate.Limits, v float64) { l.Dimensions = int(v) }},
	{"latency", "milliseconds a request", func(l evaluate.Limits) float64 { return l.Milliseconds }, func(l *evaluate.Limits, v float64) { l.Milliseconds = v }},
}

// askLimits offers the limits.
func (s *Screen) askLimits() {
	var p *widget.Picker
	items := func() []widget.PickItem { return s.limitItems(func() { p.Renew() }) }
	p = widget.NewPicker(s.Context, "Only within my limits", "what a model may cost at the most; the others are left out of the verdict", items)
	p.Stays = true
	s.Open(p)
}

// limitItems are the limits as they are; changed is called when one was asked for.
func (s *Screen) limitItems(changed func()) []widget.PickItem {
	limits := s.Session.Verdict().Limits()
	var items []widget.PickItem
	for _, k := range limitKinds {
		item := widget.PickItem{Label: k.label, Detail: "no limit", Choose: func() tea.Cmd { s.askLimit(k.label, k.unit, k.set, changed); return nil }}
		if v := k.get(limits); v > 0 {
			item.Marked, item.Detail = true, fmt.Sprintf("at most %s %s", format.Plain(v), strings.TrimPrefix(k.unit, "at most"))
		}
		items = append(items, item)
	}
	return append(items,
		widget.PickItem{Label: "only models on this machine", Detail: "the others take no part in the verdict", Marked: limits.LocalOnly, Choose: func() tea.Cmd {
			limits := s.Session.Verdict().Limits()
			limits.LocalOnly = !limits.LocalOnly
			return s.Session.Verdict().SetLimits(limits)
		}},
		widget.PickItem{Label: "no limits", Choose: func() tea.Cmd { return s.Session.Verdict().SetLimits(evaluate.Limits{}) }})
}

func (s *Screen) askLimit(label, unit string, set func(*evaluate.Limits, float64), changed func()) {
	s.Open(widget.NewPrompt(s.Theme, "Limit of the "+label, unit+"; 0 is no limit", "0", func(typed string) (tea.Cmd, string) {
		v, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(typed), "$"), 64)
		if err != nil || v < 0 || math.IsInf(v, 0) || math.IsNaN(v) {
			return nil, "a number from 0"
		}
		limits := s.Session.Verdict().Limits()
		set(&limits, v)
		cmd := s.Session.Verdict().SetLimits(limits)
		changed()
		return cmd, ""
	}))
}
