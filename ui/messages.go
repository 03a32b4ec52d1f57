package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/corpus"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// runMsg says that the texts or candidates have rested long enough for the job
// to start; an older job's message is dropped.
type runMsg struct{ job int }

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
	noted     noteResult
}

// estimatedMsg brings the estimates that an overlay with that number asked for.
type estimatedMsg struct {
	id        int
	estimates []pipeline.Estimate
	err       error
}

// totalsMsg brings what was spent over all sessions.
type totalsMsg struct {
	totals []api.Tally
	err    error
}

// balanceMsg brings what is left to spend at a provider.
type balanceMsg struct {
	provider string
	at       time.Time // when it was asked
	balance  api.Balance
	err      error
}

// reducedMsg tells how far a server's own shorter vectors are from derived ones.
type reducedMsg struct {
	ask       *asking
	embedding *pipeline.Embedding
	found     pipeline.Reduction
	err       error
	noted     noteResult
}

// resultMsg brings everything computed for one candidate.
type resultMsg struct {
	job       int
	candidate string
	outcome   outcome
}

// orderMsg brings the order of the texts by similarity under one candidate.
type orderMsg struct {
	revision  uint64
	candidate string
	order     []int
	err       error
}

// tokensMsg brings the token counts of a revision of the corpus, by text.
type tokensMsg struct {
	revision uint64
	counts   map[string]int
}

// tickMsg redraws the progress of what runs; it is sent only while something does.
type tickMsg struct{}

// textsMsg brings the texts of a file that a person asked to open.
type textsMsg struct {
	path   string // as it was typed
	source string
	texts  []corpus.Text
	err    error
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

// rankedMsg brings the ranking of many texts.
type rankedMsg struct {
	number    int
	candidate string
	rank      queryRank
}

// exportedMsg tells how the writing of a file went.
type exportedMsg struct {
	order  exportOrder
	place  string // the file's whole path
	size   int64  // in bytes
	remark string // what to know of it
	err    error
}

// copyMsg brings what is to be copied.
type copyMsg struct {
	export       export
	text, remark string
	err          error
}

// nearestMsg brings the nearest texts of a large corpus.
type nearestMsg struct{ found neighbours }

// pairsMsg brings the pairs of a query that was too large for the loop. It is
// stale when the duplicates screen wants another one meanwhile.
type pairsMsg struct {
	list pairList
	err  error
}

// savedMsg tells how remembering the state went.
type savedMsg struct{ err error }

// noticeExpiredMsg takes a notice away that has been shown long enough.
type noticeExpiredMsg struct{ id int }

// listMsg tells how the reading of a server's list went.
type listMsg struct {
	provider string
	changes  string // in a few words; empty for none
	err      error
}

// allowedMsg tells that a key may cross a network in the clear now, or why not;
// then goes on.
type allowedMsg struct {
	leave *api.InsecureKeyError
	err   error
	then  func() tea.Cmd
}

// newsMsg brings what the person should know, and why nothing can be kept for later.
type newsMsg struct {
	lines  []string
	unkept error
}
