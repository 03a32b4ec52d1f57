package labels

import (
	"cmp"
	"encoding/json"
	"fmt"
)

// keptPair, keptQuery and keptJudgment are what is written of labels to keep them.
type keptPair struct {
	Name  string  `json:"name,omitempty"`
	Row   int     `json:"row,omitempty"`
	A     string  `json:"a"`
	B     string  `json:"b"`
	Score float64 `json:"score"`
}

type keptQuery struct {
	Name   string         `json:"name,omitempty"`
	Row    int            `json:"row,omitempty"`
	ID     string         `json:"id,omitempty"`
	Text   string         `json:"text"`
	Source string         `json:"source,omitempty"`
	Judged []keptJudgment `json:"judged,omitempty"`
}

type keptJudgment struct {
	Name    string  `json:"name,omitempty"`
	Row     int     `json:"row,omitempty"`
	Text    string  `json:"text"`
	Grade   float64 `json:"grade"`
	Written string  `json:"written,omitempty"`
}

// kept are labels but for the marks, which change more often and are kept apart.
type kept struct {
	Pairs   []keptPair  `json:"pairs,omitempty"`
	Queries []keptQuery `json:"queries,omitempty"`
}

// MarshalJSON implements json.Marshaler: all but the marks, to be read back by
// UnmarshalJSON.
func (l Labels) MarshalJSON() ([]byte, error) {
	var k kept
	for _, p := range l.Pairs {
		k.Pairs = append(k.Pairs, keptPair{p.Name, p.Row, p.A, p.B, p.Score})
	}
	for _, q := range l.Queries {
		query := keptQuery{Name: q.Name, Row: q.Row, ID: q.ID, Text: q.Text, Source: q.Source}
		for _, j := range q.Judged {
			written := j.written
			if written == j.Text {
				written = ""
			}
			judgment := keptJudgment{j.Name, j.Row, j.Text, j.Grade, written}
			if j.Place == q.Place {
				judgment.Name, judgment.Row = "", 0
			}
			query.Judged = append(query.Judged, judgment)
		}
		k.Queries = append(k.Queries, query)
	}
	return json.Marshal(k)
}

// UnmarshalJSON implements json.Unmarshaler.
func (l *Labels) UnmarshalJSON(data []byte) error {
	var k kept
	if err := json.Unmarshal(data, &k); err != nil {
		return fmt.Errorf("reading labels that were kept: %w", err)
	}
	if len(k.Pairs) > MaxPairs || len(k.Queries) > MaxQueries {
		return fmt.Errorf("reading labels that were kept: there are more than %d", max(MaxPairs, MaxQueries))
	}
	*l = Labels{}
	for _, p := range k.Pairs {
		l.Pairs = append(l.Pairs, Pair{Place{p.Name, p.Row}, p.A, p.B, p.Score})
	}
	for _, q := range k.Queries {
		query := Query{Place: Place{q.Name, q.Row}, ID: q.ID, Text: q.Text, Source: q.Source}
		for _, j := range q.Judged {
			at := query.Place
			if j.Name != "" {
				at = Place{j.Name, j.Row}
			}
			query.Judged = append(query.Judged, Judgment{at, j.Text, j.Grade, cmp.Or(j.Written, j.Text)})
		}
		l.Queries = append(l.Queries, query)
	}
	return nil
}
