package report

import (
	"io"
	"strconv"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/term"
)

// Row is one model of the catalog and whether it can be asked now.
type Row struct {
	api.Model
	// Unavailable says why it cannot; nil when it can.
	Unavailable error
}

type modelJSON struct {
	ID                    string   `json:"id"`
	Provider              string   `json:"provider"`
	Model                 string   `json:"model"`
	Name                  string   `json:"name"`
	Dimensions            *int     `json:"dimensions"`
	MaxDimensions         *int     `json:"max_dimensions"`
	SupportsDimensions    bool     `json:"supports_dimensions"`
	MaxTokens             *int     `json:"max_tokens"`
	PricePerMillionTokens *float64 `json:"price_per_million_tokens"`
	Currency              string   `json:"currency"`
	QueryPrefix           string   `json:"query_prefix"`
	Languages             string   `json:"languages"`
	Source                string   `json:"source"`
	Available             bool     `json:"available"`
	Reason                string   `json:"reason"`
}

// ModelsJSON writes the catalog as a JSON array.
func ModelsJSON(w io.Writer, rows []Row) error {
	j := newJSON(w)
	j.list("", len(rows), func(i int) { j.value(rows[i].json()) })
	return j.end()
}

func (r Row) json() modelJSON {
	m := modelJSON{
		ID: r.Ref(), Provider: r.Provider, Model: r.Model.ID, Name: r.Name,
		Dimensions: known(r.Dimensions), MaxDimensions: known(r.Limit()),
		SupportsDimensions: r.SupportsDimensions, MaxTokens: known(r.MaxTokens),
		PricePerMillionTokens: r.Price, Currency: "USD",
		QueryPrefix: r.QueryPrefix, Languages: r.Languages, Source: string(r.Source), Available: r.Unavailable == nil,
	}
	if r.Unavailable != nil {
		m.Reason = r.Unavailable.Error()
	}
	return m
}

// known is nil for 0, which stands for an unknown number.
func known(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// ModelsText writes the catalog as a plain table, and below it once each reason
// why models cannot be asked now.
func ModelsText(w io.Writer, rows []Row) error {
	d := modelsDocument(rows)
	return d.writeText(w)
}

// ModelsMarkdown writes the same as Markdown with a table.
func ModelsMarkdown(w io.Writer, rows []Row) error {
	d := modelsDocument(rows)
	return d.writeMarkdown(w)
}

func modelsDocument(rows []Row) document {
	d := document{}
	t := newTable(words("model"), numbers("dimensions"), numbers("at most"), numbers("max tokens"),
		numbers("$ per 1M tokens"), words("languages"), words("available"))
	var reasons []string
	at := map[string]int{}
	for _, r := range rows {
		available := "yes"
		if r.Unavailable != nil {
			why := term.Safe(r.Unavailable.Error())
			if at[why] == 0 {
				reasons = append(reasons, why)
				at[why] = len(reasons)
			}
			available = "no (" + strconv.Itoa(at[why]) + ")"
		}
		t.add(term.Safe(r.Ref()), format.WholeOr(r.Dimensions), format.WholeOr(r.Limit()), format.WholeOr(r.MaxTokens), price(r.Price), term.Safe(r.Languages), available)
	}
	d.table(t)
	if len(reasons) > 0 {
		d.heading("Not available")
		for i, why := range reasons {
			d.line("(%d) %s", i+1, why)
		}
	}
	return d
}

func price(usd *float64) string {
	if usd == nil {
		return format.Unknown
	}
	return strconv.FormatFloat(*usd, 'f', -1, 64)
}
