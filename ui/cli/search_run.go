package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare"
	"github.com/vecscope/vecscope/compare/evaluate"
	"github.com/vecscope/vecscope/compare/labels"
	"github.com/vecscope/vecscope/compare/lexical"
	"github.com/vecscope/vecscope/compare/pipeline"
	"github.com/vecscope/vecscope/compare/search"
	"github.com/vecscope/vecscope/compare/trial"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/report"
)

// searchRow is a row as --models names it.
type searchRow struct {
	candidate int // among the candidates; -1 for words alone
	fused     bool
}

// searcher searches some texts for some queries.
type searcher struct {
	*searching
	asked
	texts, queries *run
	rows           []searchRow
	index          *lexical.Index
}

// searched does what the command asks for.
func (p *program) searched(cmd *cobra.Command, flags *searching, files []string, asJSON bool) (report.Search, error) {
	if err := flags.check(cmd); err != nil {
		return report.Search{}, err
	}
	questions, err := p.questions(cmd, flags)
	if err != nil {
		return report.Search{}, err
	}
	s := &searcher{searching: flags, asked: questions}
	if err := p.prepareSearch(cmd, s, files); err != nil {
		return report.Search{}, err
	}
	if n := len(s.texts.texts); s.top > n && cmd.Flags().Changed("top") {
		p.warn(fmt.Sprintf("--top %d: there are only %s, and all are listed", s.top, format.PlainCount(n, "text")))
	}
	if !s.dryRun || asJSON {
		for _, line := range mannersOf(s.queries, s.texts) {
			p.warn(line)
		}
	}
	if err := s.texts.allow(cmd, s.request, asJSON, s.queries); err != nil {
		return report.Search{}, err
	}
	return s.search(cmd.Context())
}

// prepareSearch finds the rows and reads the texts.
func (p *program) prepareSearch(cmd *cobra.Command, s *searcher, files []string) error {
	p.takeFolder(cmd, files)
	if here := p.folderModels(cmd, nil); len(here) > 0 {
		s.models = append(here, trial.BM25)
	}
	refs := searchedModels(s.models)
	if !s.dryRun {
		if err := p.confirmInsecure(cmd.Context(), providersOf(refs)); err != nil {
			return err
		}
	}
	engine, candidates, failures, err := p.searchCandidates(cmd, s.models)
	if err != nil {
		return err
	}
	s.rows = rowsOf(engine, s.models, candidates)
	candidates = inRoles(candidates, s.roles.value)
	texts, source, err := p.needTexts(cmd, files, s.set)
	if err != nil {
		return err
	}
	s.texts = p.runOf(s.request, engine, candidates, texts, source)
	s.texts.role, s.texts.failures = api.RoleDocument, failures
	s.queries = p.runOf(s.request, engine, candidates, s.asked.texts(), s.asked.source)
	s.queries.role, s.queries.called = api.RoleQuery, report.Queries
	return nil
}

// searchedModels are the models that rows are made of, each once.
func searchedModels(rows []string) []string {
	var refs []string
	for _, row := range rows {
		ref := strings.TrimSuffix(strings.TrimSpace(row), report.FusedSuffix)
		if ref != trial.BM25 && !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	return refs
}

// rowsOf are the rows of --models in their order, each once, without those of models that
// are no candidates; without --models all candidates and BM25.
func rowsOf(engine *pipeline.Engine, models []string, candidates []chosen) []searchRow {
	var rows []searchRow
	add := func(r searchRow) {
		if !slices.Contains(rows, r) {
			rows = append(rows, r)
		}
	}
	for _, row := range models {
		ref, fused := strings.CutSuffix(strings.TrimSpace(row), report.FusedSuffix)
		if ref == trial.BM25 {
			add(searchRow{candidate: -1})
			continue
		}
		c, _, err := engine.Catalog.Resolve(ref)
		at := slices.IndexFunc(candidates, func(other chosen) bool { return other.ID() == c.ID() })
		if err == nil && at >= 0 {
			add(searchRow{at, fused})
		}
	}
	if len(models) == 0 {
		for at := range candidates {
			add(searchRow{candidate: at})
		}
		add(searchRow{candidate: -1})
	}
	return rows
}

// search embeds, ranks and measures.
func (s *searcher) search(ctx context.Context) (report.Search, error) {
	out := report.Search{
		Comparison: report.Comparison{Source: s.texts.source, Texts: s.texts.texts, Failures: s.texts.failures},
		Alone:      s.alone, Top: s.top, Queries: s.queries.texts, Grades: make([]map[int]float64, len(s.queries.texts)),
	}
	defer s.texts.progress.end()
	var err error
	if s.index, err = lexical.NewIndex(ctx, s.texts.words); err != nil {
		return out, err
	}
	sides := make([]side, len(s.texts.candidates))
	for i, c := range s.texts.candidates {
		if sides[i], err = s.embedded(ctx, c, &out); ctx.Err() != nil {
			return out, ctx.Err()
		}
		if err != nil {
			out.Failures = append(out.Failures, report.Failure{Candidate: c.ID(), Err: err})
		}
	}
	s.texts.progress.end()
	s.texts.warnClipped(out.Comparison)
	p := s.texts.program
	out.Spent = p.ledger.Session()
	rows, err := s.rank(ctx, sides, &out)
	if err != nil || !s.Judged {
		return out, err
	}
	return out, s.judge(ctx, rows, &out)
}

// side is a candidate's vectors of texts and queries; without result it has none.
type side struct {
	result     *pipeline.Result
	queries    compare.Vectors
	background search.Background
	norms      api.Norms
}

// embedded embeds the texts and the queries under a candidate.
func (s *searcher) embedded(ctx context.Context, c chosen, out *report.Search) (side, error) {
	result, err := s.texts.plainResult(ctx, c)
	if err != nil {
		return side{}, err
	}
	emb, err := s.queries.embed(ctx, c)
	if err != nil {
		return side{}, fmt.Errorf("embedding the queries: %w", err)
	}
	emb, err = pipeline.Queries(emb, result)
	if err != nil {
		return side{}, err
	}
	background, err := search.BackgroundOf(ctx, result.Vectors)
	if err != nil {
		return side{}, err
	}
	s.queries.warnClipped(report.Comparison{Texts: s.queries.texts, Called: report.Queries,
		Results: []*pipeline.Result{{Candidate: result.Candidate, Model: result.Model, Clipped: emb.Clipped, Unknown: emb.Unknown}}})
	out.Results = append(out.Results, result)
	if len(emb.Failed) > 0 {
		out.Unasked = append(out.Unasked, report.Unasked{Candidate: result.Candidate.ID(), Failed: emb.Failed})
	}
	return side{result, emb.Vectors, background, result.Norms.With(emb.Norms)}, nil
}

// rank searches under every row that has what it needs.
func (s *searcher) rank(ctx context.Context, sides []side, out *report.Search) ([]search.Row, error) {
	s.texts.progress.start("searching", 0)
	defer s.texts.progress.end()
	var rows []search.Row
	for _, r := range s.rows {
		row, shown := search.Row{}, report.SearchRow{ID: trial.BM25}
		if r.candidate >= 0 {
			of := sides[r.candidate]
			if of.result == nil {
				continue
			}
			row.Texts, row.Queries = of.result.Vectors, of.queries
			shown.ID, shown.Cosine, shown.Background, shown.Norms = of.result.Candidate.ID(), true, of.background, of.norms
		}
		if r.candidate < 0 || r.fused {
			row.Index, row.Asked, row.Weight, shown.Cosine = s.index, s.queries.words, s.weight, false
		}
		if r.fused {
			shown.ID += report.FusedSuffix
		}
		var err error
		if shown.Hits, err = row.Search(ctx, s.top); err != nil {
			return nil, fmt.Errorf("searching under %s: %w", shown.ID, err)
		}
		rows, out.Rows = append(rows, row), append(out.Rows, shown)
	}
	return rows, nil
}

// judge measures the rows at the relevant texts of the queries; a query that names a text
// which is not there takes no part, and is said on standard error.
func (s *searcher) judge(ctx context.Context, rows []search.Row, out *report.Search) error {
	tied := labels.Labels{Queries: s.Queries}.Tie(s.texts.texts)
	if err := tied.Strict(); err != nil {
		s.texts.program.warn(err.Error())
	}
	given := make([]evaluate.Query, len(s.Queries))
	known := make([]bool, len(s.Queries))
	for i := range given {
		given[i].Source = evaluate.NoText
	}
	for _, q := range tied.Queries {
		given[q.Label], known[q.Label] = q.Query, true
		out.Grades[q.Label] = map[int]float64{}
		for _, j := range q.Judged {
			out.Grades[q.Label][j.Text] = j.Grade
		}
	}
	all, err := evaluate.NewQueries(len(s.texts.texts), given, evaluate.QueryOptions{})
	if err == nil {
		all, err = all.Only(nil, func(query int) bool { return known[query] })
	}
	if err == nil {
		all, err = search.Measured(all, rows)
	}
	var unfit *evaluate.Error
	if errors.As(err, &unfit) {
		s.texts.program.warn(fmt.Sprintf("how well the relevant texts are found is not measured: %v", err))
		return nil
	}
	if err != nil {
		return err
	}
	for k, row := range rows {
		measured, err := row.Measure(ctx, all)
		if err != nil {
			return fmt.Errorf("measuring %s: %w", out.Rows[k].ID, err)
		}
		judged := search.JudgedBy(measured)
		out.Rows[k].Judged = &judged
		if !row.Cosine() {
			continue // its scores compare within one query alone
		}
		floor, ok, err := search.FloorOf(ctx, measured, 1)
		if err != nil {
			return err
		}
		if ok {
			out.Rows[k].Floor = &floor
		}
	}
	return nil
}
