package ui

import (
	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// vectorsMsg brings what an asking got, and the error that it is not all.
type vectorsMsg struct {
	ask       *asking
	embedding *pipeline.Embedding
	err       error
	noted     noteResult
}

// lookedMsg tells what is known of a source, and what the rest would take.
type lookedMsg struct {
	job       int
	source    pipeline.Source
	embedding *pipeline.Embedding
	estimate  pipeline.Estimate
	err       error
	approval  *spending.Approval
	noted     noteResult
}

// estimatedMsg brings the estimates that an overlay with that number asked for.
type estimatedMsg struct {
	id        int
	estimates []pipeline.Estimate
	err       error
}

// reducedMsg tells how far a server's own shorter vectors are from derived ones.
type reducedMsg struct {
	ask       *asking
	embedding *pipeline.Embedding
	found     pipeline.Reduction
	err       error
	noted     noteResult
}

// queryMsg brings the vector of a query from one source.
type queryMsg struct {
	number    int
	ask       *asking
	embedding *pipeline.Embedding
	err       error
	noted     noteResult
}

// queryPricedMsg tells which sources would be sent a query for money; offer asks
// to show what it costs.
type queryPricedMsg struct {
	number int
	wanted []wantedSource
	sends  []bool
	offer  bool
}
