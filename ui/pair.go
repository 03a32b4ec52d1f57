package ui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/vecscope/vecscope/ui/corpus"
)

// pairView shows two texts in full, with the words that differ marked, and what
// every candidate makes of them.
type pairView struct {
	closable
	*shared
	a, b  int // indices into the texts
	top   int
	rows  int
	lines int
}

func newPairView(s *shared, a, b int) *pairView { return &pairView{shared: s, a: a, b: b} }

func (p *pairView) update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	switch {
	case key.Matches(press, keys.back, keys.enter, keys.quit):
		p.dismiss()
	case key.Matches(press, keys.up):
		p.scroll(-1)
	case key.Matches(press, keys.down):
		p.scroll(1)
	case key.Matches(press, keys.pageUp):
		p.scroll(-p.rows)
	case key.Matches(press, keys.pageDown, keys.choose):
		p.scroll(p.rows)
	case key.Matches(press, keys.top, keys.home):
		p.scroll(-far)
	case key.Matches(press, keys.bottom, keys.end):
		p.scroll(far)
	case key.Matches(press, keys.copyPair):
		p.info("Both texts and their similarities are in the clipboard.")
		return tea.SetClipboard(p.plain())
	}
	return nil
}

func (p *pairView) scroll(by int) {
	p.top = min(max(p.top+by, 0), max(p.lines-p.rows, 0))
}

func (p *pairView) mouse(ev mouseEvent) tea.Cmd {
	p.scroll(3 * ev.wheel)
	return nil
}

func (p *pairView) view(room size, t *theme) string {
	texts := p.store.texts()
	if p.a >= len(texts) || p.b >= len(texts) {
		return Fit("These texts are gone.", min(room.w, 40))
	}
	w := min(room.w, 100)
	lines := p.content(texts, w, t)
	p.lines = len(lines)
	p.rows = max(min(len(lines), room.h-1), 1)
	p.scroll(0)
	out := make([]string, 0, p.rows+1)
	for _, l := range lines[p.top : p.top+p.rows] {
		out = append(out, Fit(l, w))
	}
	foot := hints(t, "esc", "back", "y", "copy")
	if p.lines > p.rows {
		foot = hints(t, "↑↓", fmt.Sprintf("scroll (%d–%d of %d)", p.top+1, p.top+p.rows, p.lines), "esc", "back", "y", "copy")
	}
	return strings.Join(append(out, Fit(foot, w)), "\n")
}

func (p *pairView) content(texts []corpus.Text, w int, t *theme) []string {
	as, bs := DiffWords(texts[p.a].Text, texts[p.b].Text)
	lines := []string{t.title.Render(textHeading(texts, p.a))}
	lines = append(lines, markedLines(as, w, t)...)
	lines = append(lines, "", t.title.Render(textHeading(texts, p.b)))
	lines = append(lines, markedLines(bs, w, t)...)
	lines = append(lines, "")
	return append(lines, p.values(w, t)...)
}

// textHeading names a text: its number, its id and its group.
func textHeading(texts []corpus.Text, i int) string {
	head := fmt.Sprintf("Text %d", i+1)
	if id := texts[i].ID; id != "" {
		head += " · " + Safe(id)
	}
	if g := texts[i].Group; g != "" {
		head += " · " + Safe(g)
	}
	return head
}

// values is the table of what every candidate says: the similarity, whether it
// is a duplicate, and the background that tells how much that means.
func (p *pairView) values(w int, t *theme) []string {
	states := p.store.states()
	wide := 9
	for _, c := range states {
		wide = max(wide, Width(Safe(c.ID())))
	}
	wide = min(wide, max(w-52, 12))
	lines := []string{t.sgr.header + Fit(PadRight("candidate", wide)+"  similarity  threshold  background mean, p95", w) + sgrReset}
	for i, c := range states {
		name := t.candidate(i) + Fit(Safe(c.ID()), wide) + sgrReset
		if c.phase != phaseReady {
			lines = append(lines, name+"  "+t.dim.Render(phaseText(c)))
			continue
		}
		v, ok := c.result.Matrix.At(p.a, p.b)
		if !ok {
			lines = append(lines, name+"  "+t.dim.Render("no vector for one of the two"))
			continue
		}
		threshold := p.store.thresholdOf(c.ID())
		verdict := t.dim.Render("  apart    ")
		if v >= threshold {
			verdict = t.good.Render("  duplicate")
		}
		b := c.result.Scan.Background
		lines = append(lines, fmt.Sprintf("%s  %10.4f  %9s  %.3f, %.3f %s", name, v, fixed(threshold, 3), b.Mean, b.P95, verdict))
	}
	return lines
}

// plain is the pair as text for the clipboard.
func (p *pairView) plain() string { return pairText(p.store, p.a, p.b) }

// pairText writes two texts and every candidate's similarity, a line each.
func pairText(s *store, a, b int) string {
	texts := s.texts()
	if a >= len(texts) || b >= len(texts) {
		return ""
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%d\t%s\n%d\t%s\n", a+1, Safe(texts[a].Text), b+1, Safe(texts[b].Text))
	for _, c := range s.ready() {
		if v, ok := c.result.Matrix.At(a, b); ok {
			fmt.Fprintf(&out, "%s\t%.6f\n", c.ID(), v)
		}
	}
	return out.String()
}

// phaseText says in a few words why a candidate has nothing to show yet.
func phaseText(c candidateState) string {
	switch c.phase {
	case phaseWaiting:
		return "waiting"
	case phaseRunning:
		return workText(c)
	case phaseFailed, phaseUnavailable:
		return Safe(c.err.Error())
	default:
		return ""
	}
}

// workText says how far a running candidate is.
func workText(c candidateState) string {
	if c.comparing {
		return fmt.Sprintf("comparing, %d%%", c.compared)
	}
	return fmt.Sprintf("embedding %s of %s", thousands(c.done), thousands(c.total))
}

// fixed writes a number with that many decimals.
func fixed(v float64, decimals int) string { return fmt.Sprintf("%.*f", decimals, v) }

// markedLines wraps a text to the width, with its changed words in the match
// look.
func markedLines(spans []Span, w int, t *theme) []string {
	var lines []string
	var b strings.Builder
	width := 0
	flush := func() {
		lines = append(lines, b.String())
		b.Reset()
		width = 0
	}
	for _, s := range spans {
		for _, word := range strings.SplitAfter(Safe(s.Text), " ") {
			for _, piece := range pieces(word, w) {
				bare := strings.TrimSuffix(piece, " ")
				if width > 0 && width+Width(bare) > w {
					flush()
				}
				if s.Changed && bare != "" {
					piece = t.sgr.match + bare + sgrReset + piece[len(bare):]
				}
				b.WriteString(piece)
				width += Width(piece)
			}
		}
	}
	if width > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// pieces cuts a word that is wider than a line.
func pieces(word string, w int) []string {
	var out []string
	for Width(word) > w {
		head := ansi.Truncate(word, w, "")
		if head == "" {
			break
		}
		out = append(out, head)
		word = word[len(head):]
	}
	return append(out, word)
}
