package texts

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
	"github.com/vecscope/vecscope/ui/widget"
)

// labelFile is a file, or a folder, that says what is true of texts.
type labelFile struct {
	kind   labels.Kind
	name   string
	path   string // absolute
	labels labels.Labels
	// texts are those that come with it: of a folder, or those that pairs name.
	texts []corpus.Text
	// notes say what of a folder was left out.
	notes []string
	// given tells that texts are what was asked for along with the labels.
	given bool
	fitted
	// alone is how the labels fit the texts that come with them.
	alone fitted
}

// fitted is how labels fit texts.
type fitted struct {
	tied *labels.Tied
	// useless is why candidates cannot be tried at them; nil when they can.
	useless error
}

// beirCorpus is the file of the texts in a folder in BEIR's layout: what the open box
// lists of it.
const beirCorpus = "corpus.jsonl"

// kindOf tells what a file holds, and where. What cannot be looked at holds texts, the
// reading of which says what is wrong with it.
func kindOf(path string) (kind labels.Kind, where string) {
	if folder := filepath.Dir(path); filepath.Base(path) == beirCorpus {
		if _, err := os.Stat(filepath.Join(folder, "queries.jsonl")); err == nil {
			return labels.KindBEIR, folder
		}
	}
	kind, err := labels.KindOf(path)
	if err != nil {
		return labels.KindTexts, path
	}
	return kind, path
}

// readLabels reads labels for texts. The errors are *labels.Error and ctx's.
func readLabels(ctx context.Context, path string, kind labels.Kind, texts []corpus.Text) (*labelFile, error) {
	f := &labelFile{kind: kind, name: filepath.Base(path)}
	var err error
	if f.path, err = filepath.Abs(path); err != nil {
		f.path = path
	}
	switch kind {
	case labels.KindPairs:
		f.labels.Pairs, err = labels.OpenPairs(path)
		f.texts = labels.TextsOf(f.labels.Pairs)
	case labels.KindQueries:
		f.labels.Queries, err = labels.OpenQueries(path)
	default:
		var b *labels.BEIR
		if b, err = labels.OpenBEIR(path); err == nil {
			f.labels.Queries, f.texts, f.given, texts = b.Queries, b.Texts, true, b.Texts
			f.notes = b.Notes()
		}
	}
	if err != nil {
		return nil, err
	}
	f.fitted = f.fit(texts)
	f.alone = f.fitted
	if !f.given && len(f.texts) > 0 {
		f.alone = f.fit(f.texts)
	}
	return f, ctx.Err()
}

// fit ties the labels to texts.
func (f *labelFile) fit(texts []corpus.Text) fitted {
	x := fitted{tied: f.labels.Tie(texts)}
	if f.kind == labels.KindPairs {
		_, x.useless = x.tied.ForPairs(f.name)
	} else {
		_, x.useless = x.tied.ForQueries(f.name, evaluate.QueryOptions{})
	}
	return x
}

// fits counts the labels that name texts that are there, and of is how many there are.
func (f *labelFile) fits() (n, of int) {
	if f.kind == labels.KindPairs {
		return len(f.tied.Pairs), len(f.labels.Pairs)
	}
	return len(f.tied.Queries), len(f.labels.Queries)
}

// repeated says how many of the labels stand twice; empty for none.
func (f *labelFile) repeated() string {
	if f.tied.Repeated == 0 {
		return ""
	}
	return ", " + format.Thousands(f.tied.Repeated) + " repeated"
}

// counted writes a number of the labels: "14 labelled pairs".
func (f *labelFile) counted(n int) string {
	if f.kind == labels.KindPairs {
		return format.Count(n, "labelled pair")
	}
	return format.Thousands(n) + " " + format.Agree(n, "query", "queries")
}

// problem is the first of those that the labels have with the texts, with its row;
// empty when there is none.
func (f *labelFile) problem() string { return unnamed(f.tied.Strict()) }

// unnamed says what is wrong with labels without the name of their file; empty for nil.
func unnamed(err error) string {
	var first *labels.Error
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &first):
		return err.Error()
	}
	text := first.Unnamed()
	if first.More > 0 {
		text += fmt.Sprintf(" (and %s more like this)", format.Thousands(first.More))
	}
	return text
}

// takeLabels opens labels that fit the texts, and asks what a file is of which that is
// not plain.
func (s *Screen) takeLabels(o *opening, f *labelFile) tea.Cmd {
	switch fits, of := f.fits(); {
	case f.given && filepath.Base(o.typed) != beirCorpus:
		return s.openTextsAndLabels(f)
	case !f.given && fits+f.tied.Repeated == of && len(f.tied.Problems) == 0:
		return s.openLabels(f, "")
	case !s.Undisturbed(ID) || s.Typing():
		s.Inform("%s waits to be told what it is: o opens it.", term.Safe(f.name))
		return nil
	}
	s.Open(widget.NewPicker(s.Context, "What is "+term.Safe(f.name)+"?", "It looks like "+f.about()+f.repeated()+".", func() []widget.PickItem { return s.labelChoices(o, f) }))
	return nil
}

// about says what a file looks like.
func (f *labelFile) about() string {
	_, of := f.fits()
	if f.given {
		return "a folder of texts with " + f.counted(of)
	}
	return f.counted(of)
}

// labelChoices are what such a file can be opened as.
func (s *Screen) labelChoices(o *opening, f *labelFile) []widget.PickItem {
	var items []widget.PickItem
	if !f.given {
		fits, of := f.fits()
		item := widget.PickItem{Label: "labels of the texts that are here", Choose: func() tea.Cmd { return s.openLabels(f, "") },
			Detail: fmt.Sprintf("%s of %s fit them", format.Thousands(fits), f.counted(of)), Note: widget.Sentence(f.problem())}
		switch {
		case fits == 0 && s.Session.Corpus().Len() == 0:
			item.Reason = "there are no texts yet: open theirs first"
		case fits == 0:
			item.Reason = f.problem()
		}
		items = append(items, item)
	}
	if len(f.texts) > 0 {
		items = append(items, widget.PickItem{Label: "texts and labels", Detail: format.Count(len(f.texts), "text") + ", such as “" + term.Excerpt(f.texts[0].Text, 40) + "”",
			Choose: func() tea.Cmd { return s.openTextsAndLabels(f) }})
	}
	return append(items, widget.PickItem{Label: "texts alone", Detail: "in one of its columns", Choose: func() tea.Cmd { return s.openTexts(o.typed, o.options) }})
}

// openTextsAndLabels puts the texts that come with labels in the place of the present
// ones.
func (s *Screen) openTextsAndLabels(f *labelFile) tea.Cmd {
	f.fitted = f.alone
	own := s.hasOwn()
	before := s.Session.Corpus().Revision()
	cmd := s.take(f.texts, corpus.Origin{Source: f.name})
	if s.Session.Corpus().Revision() == before {
		return cmd // they could not be taken, which was said
	}
	note := ""
	if len(f.notes) > 0 {
		note = " " + widget.Sentence(strings.Join(f.notes, "; "))
	}
	if own {
		note += ownBack
	}
	return tea.Batch(cmd, s.openLabels(f, note))
}

// openLabels has the present texts judged by the labels of a file, and says which of
// them name none; note is said with it.
func (s *Screen) openLabels(f *labelFile, note string) tea.Cmd {
	cmd := s.Session.Labels().Open(f.labels, f.path)
	fits, _ := f.fits()
	notice := fmt.Sprintf("%s: %s for %s%s.", f.name, f.counted(fits), format.Count(s.Session.Corpus().Len(), "text"), f.repeated()) + note
	left := &corpus.Reading{Left: len(f.tied.Problems)}
	for _, p := range f.tied.Problems {
		left.Reasons = append(left.Reasons, p.ReadError)
	}
	s.last = opened{f.name, left}
	kind := ui.NoticeGood
	if left.Left > 0 {
		kind, notice = ui.NoticeWarn, notice+fmt.Sprintf(" %s left out: %s.", format.Thousands(left.Left), f.problem())
	} else if f.useless != nil {
		kind, notice = ui.NoticeWarn, notice+" "+widget.Sentence(unnamed(f.useless))
	}
	s.Notify(kind, notice)
	return cmd
}
