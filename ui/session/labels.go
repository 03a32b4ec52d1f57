package session

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"sync"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui/loop"
)

// labelled is what is known to be true of the texts.
type labelled struct {
	// opened are the labels of a file, for the texts that came from there.
	opened  labels.Labels
	encoded json.RawMessage // what is remembered of them; nil before it is asked for
	file    string          // what it is called
	path    string          // where it is; empty where that is not known
	origin  corpus.Origin
	marks   *labels.Marks
	asked   *labels.Asked
	// task is what the person wants candidates tried at; empty leaves it to the labels.
	task     evaluate.Task
	revision uint64 // raised whenever opened changes
	// endDoubts ends the looking for pairs to mark; nil before the first.
	endDoubts context.CancelFunc

	tied *tiedLabels
}

// tiedLabels are the labels as they fit the texts that the results belong to.
type tiedLabels struct {
	labelsKey
	marks, asked uint64
	*labels.Tied
	tasks   []LabelTask
	queries []string // their wordings
	any     bool     // something is known of some texts
}

// labelsKey is what labels, but for marks, and what texts something was made of.
type labelsKey struct {
	texts, revision uint64 // of the results' texts, and of the labels that were opened
	origin          corpus.Origin
}

// LabelTask is what labels let candidates be tried at: the labels, or why they are none.
type LabelTask struct {
	Task   evaluate.Task
	Labels *evaluate.Labels
	Err    error
	// From is the file or set that the labels come from; empty for groups, for marks and
	// for queries that the person alone has judged.
	From string
	// Judged is how many queries the person has judged, and Pooled tells that of some no
	// more than the first hits were looked at.
	Judged int
	Pooled bool
}

// Labels are what people say is true of the texts: their groups, the pairs and queries
// of a file or of a built-in set, and the marks the person gives to pairs.
type Labels struct{ session *Session }

// Labels are those of this session.
func (s *Session) Labels() Labels { return Labels{s} }

// Open takes in the labels of a file, which is named by its path, for the present texts,
// in place of those of another.
func (l Labels) Open(opened labels.Labels, file string) tea.Cmd {
	s := l.session
	s.labelled.opened, s.labelled.file, s.labelled.origin = opened, filepath.Base(file), s.corpus.Origin()
	if s.labelled.path = ""; filepath.IsAbs(file) {
		s.labelled.path = file
	}
	s.labelled.task, s.labelled.encoded = "", nil
	s.labelled.revision++
	s.unsaved = true
	return s.relabelled()
}

// Path is where the file of labels is that belongs to the present texts; empty where there
// is none or that is not known.
func (l Labels) Path() string {
	if s := l.session; s.labelled.belongTo(s.origin()) {
		return s.labelled.path
	}
	return ""
}

// Marks are those of the person, to be read.
func (l Labels) Marks() []labels.Mark { return l.session.labelled.marks.List() }

// Mark says of the texts at two indices of the results what they are, or takes that
// back when it was said already.
func (l Labels) Mark(a, b int, v labels.Verdict) tea.Cmd {
	if l.Marked(a, b) == v {
		v = ""
	}
	_, cmd := l.Set(a, b, v)
	return cmd
}

// Set says of the texts at two indices of the results what they are, empty for nothing,
// and tells whether that changed anything.
func (l Labels) Set(a, b int, v labels.Verdict) (changed bool, cmd tea.Cmd) {
	s := l.session
	if !s.labelled.marks.Set(s.current.texts[a].Text, s.current.texts[b].Text, v) {
		return false, nil
	}
	s.unsaved = true
	return true, s.relabelled()
}

// Marked is what the person has said of two texts; empty for nothing.
func (l Labels) Marked(a, b int) labels.Verdict {
	s := l.session
	return s.labelled.marks.Of(s.current.texts[a].Text, s.current.texts[b].Text)
}

// UndoMark takes the last mark back and gives what is said of its pair now; ok is false
// when there is none.
func (l Labels) UndoMark() (now labels.Mark, ok bool, cmd tea.Cmd) {
	if now, ok = l.session.labelled.marks.Undo(); ok {
		l.session.unsaved = true
		cmd = l.session.relabelled()
	}
	return now, ok, cmd
}

// Import takes in marks, which it reads outside the loop, and goes on with how many there
// were and what became of them.
func (l Labels) Import(read func() ([]labels.Mark, error), then func(n int, merged labels.Merged, err error) tea.Cmd) tea.Cmd {
	s := l.session
	named := s.current.named
	if s.Stale() {
		texts := s.corpus.Snapshot()
		named = sync.OnceValue(func() *labels.Texts { return labels.NewTexts(texts) })
	}
	work := func(context.Context) ([]labels.Mark, error) {
		named()
		return read()
	}
	return loop.Async(s.life, work, func(list []labels.Mark, err error) tea.Cmd {
		if err != nil {
			return then(0, labels.Merged{}, err)
		}
		merged := s.labelled.marks.Merge(list, named())
		s.unsaved = s.unsaved || merged.New > 0
		return tea.Batch(s.relabelled(), then(len(list), merged, nil))
	})
}

// Tied are the labels of the texts that the results belong to.
func (l Labels) Tied() *labels.Tied { return l.present().Tied }

// Tasks are what candidates can be tried at, what decides first, and why the labels
// that are there do not let them be tried at others.
func (l Labels) Tasks() []LabelTask { return l.present().tasks }

// Task is what candidates are tried at; ok is false without labels that allow it.
func (l Labels) Task() (t LabelTask, ok bool) { return l.session.labelled.deciding(l.Tasks()) }

// deciding is the one of some tasks that candidates are tried at: what the person has
// chosen, else the first that labels allow.
func (l *labelled) deciding(tasks []LabelTask) (t LabelTask, ok bool) {
	at := slices.IndexFunc(tasks, func(t LabelTask) bool { return t.Task == l.task && t.Err == nil })
	if at < 0 {
		at = slices.IndexFunc(tasks, func(t LabelTask) bool { return t.Err == nil })
	}
	if at < 0 {
		return LabelTask{}, false
	}
	return tasks[at], true
}

// Torn are two texts, by index, that are the same and of different groups, where groups
// decide; ok is false when there are none.
func (l Labels) Torn() (a, b int, ok bool) {
	if task, decides := l.Task(); !decides || task.Task != evaluate.Groups {
		return 0, 0, false
	}
	return l.present().Tied.Torn()
}

// ChooseTask has candidates tried at a task.
func (l Labels) ChooseTask(t evaluate.Task) tea.Cmd {
	l.session.labelled.task = t
	l.session.unsaved = true
	return l.session.relabelled()
}

// Queries are the wordings of the queries, in the order in which labels for retrieval
// have them; the caller must not change them.
func (l Labels) Queries() []string { return l.present().queries }

// Any tells that there are groups, labelled pairs or marks.
func (l Labels) Any() bool { return l.present().any }

// relabelled follows a change of the labels.
func (s *Session) relabelled() tea.Cmd {
	s.Touch()
	return s.ensureTrial()
}

// origin is where the texts of the results come from.
func (s *Session) origin() corpus.Origin {
	if s.Stale() {
		return s.current.origin
	}
	return s.corpus.Origin() // it can be said anew of the same texts
}

// belongTo tells that labels were opened for texts from there.
func (l *labelled) belongTo(from corpus.Origin) bool {
	return l.file != "" && (l.origin == from || l.origin.Source != "" && l.origin.Source == from.Source)
}

// labelsOf are the labels of the file or built-in set that texts are from, and what
// those are called.
func (s *Session) labelsOf(from corpus.Origin) (l labels.Labels, name string) {
	if s.labelled.belongTo(from) {
		return s.labelled.opened, s.labelled.file
	}
	if set, ok := corpus.FindSet(from.Set); ok {
		if l, err := labels.OfSet(set); err == nil { // the sets' own tests show when not
			return l, from.Title()
		}
	}
	return labels.Labels{}, from.Title()
}

// present are the labels tied to the texts of the results, made anew when either has
// changed.
func (l Labels) present() *tiedLabels {
	s := l.session
	now := tiedLabels{labelsKey: labelsKey{s.current.revision, s.labelled.revision, s.origin()}, marks: s.labelled.marks.Revision(), asked: s.labelled.asked.Revision()}
	had := s.labelled.tied
	if had != nil && had.labelsKey == now.labelsKey && had.marks == now.marks && had.asked == now.asked {
		return had
	}
	all, from := s.labelsOf(now.origin)
	fromFile := len(all.Pairs) > 0
	all.Marks, all.Asked = s.labelled.marks.List(), s.labelled.asked.About(now.origin.Source)
	now.Tied = all.TieTo(s.current.named())
	now.any = len(now.GroupNames) > 0 || len(now.Pairs) > 0 || len(all.Marks) > 0
	for _, q := range now.Queries {
		now.queries = append(now.queries, all.Wording(q))
	}
	now.tasks = now.makeTasks(fromFile, s.labelled.belongTo(now.origin), from)
	if had != nil && had.labelsKey == now.labelsKey {
		now.keepUnchanged(had)
		s.noticeDeciding(had, &now)
	}
	s.labelled.tied = &now
	return &now
}

// noticeDeciding emits that marks or judgments have made other labels decide.
func (s *Session) noticeDeciding(had, now *tiedLabels) {
	before, decided := s.labelled.deciding(had.tasks)
	decides, ok := s.labelled.deciding(now.tasks)
	if !decided || !ok || before.Task == decides.Task {
		return
	}
	e := DecidingEvent{Before: before.Task, Now: decides.Task, Judged: now.judged()}
	e.Left = slices.ContainsFunc(now.tasks, func(t LabelTask) bool { return t.Task == before.Task && t.Err == nil })
	for _, p := range now.Pairs {
		if p.Marked {
			e.Marks++
		}
	}
	s.emit(e)
}

// fewMarks is from how many marks on these, rather than groups, say what belongs
// together.
const fewMarks = 20

// makeTasks makes what can be tried of the labels: pairs and queries come from a file
// that was made for them and count first, then groups, then a few marks. Pairs that the
// person has opened count before queries that the person alone has judged.
func (t *tiedLabels) makeTasks(fromFile, opened bool, from string) []LabelTask {
	var tasks []LabelTask
	add := func(task LabelTask) {
		if task.Err != nil {
			task.Labels = nil
		}
		tasks = append(tasks, task)
	}
	queries := func() {
		if len(t.Queries) == 0 {
			return
		}
		l, err := t.ForQueries(from, evaluate.QueryOptions{})
		name := from
		if t.judged() == len(t.Queries) {
			name = ""
		}
		add(LabelTask{Task: evaluate.Retrieval, Labels: l, Err: err, From: name, Judged: t.judged(), Pooled: t.pooled()})
	}
	pairs := func() {
		if len(t.Pairs) > 0 {
			name := ""
			if fromFile {
				name = from
			}
			l, err := t.ForPairs(from)
			add(LabelTask{Task: evaluate.Pairs, Labels: l, Err: err, From: name})
		}
	}
	early := fromFile || len(t.Pairs) >= fewMarks
	switch {
	case opened && fromFile && t.judged() == len(t.Queries):
		pairs()
		queries()
	case early:
		queries()
		pairs()
	default:
		queries()
	}
	if len(t.GroupNames) > 0 {
		l, err := t.ForGroups(from)
		add(LabelTask{Task: evaluate.Groups, Labels: l, Err: err})
	}
	if !early {
		pairs()
	}
	return tasks
}

// keepUnchanged takes over what candidates are tried at from before further marks, where
// those changed nothing of it: a trial at it stands.
func (t *tiedLabels) keepUnchanged(had *tiedLabels) {
	samePairs := slices.EqualFunc(t.Pairs, had.Pairs, func(a, b labels.TiedPair) bool { return a.Pair == b.Pair })
	for i, now := range t.tasks {
		at := slices.IndexFunc(had.tasks, func(before LabelTask) bool { return before.Task == now.Task })
		if at >= 0 && (now.Task != evaluate.Pairs || samePairs) && (now.Task != evaluate.Retrieval || t.sameQueries(had)) {
			t.tasks[i].Labels = had.tasks[at].Labels
		}
	}
}
