package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/term"
)

// Row is one model of the catalog and whether it can be asked now.
type Row struct {
	api.Model
	// Unavailable says why it cannot; nil when it can.
	Unavailable error
}

// modelColumns are what is said of every model. reasons numbers why models cannot
// be asked, for people.
func modelColumns(reasons map[string]int) columns[Row] {
	return columns[Row]{
		{key: "id", head: "model", value: func(r Row) any { return r.Ref() }},
		{key: "provider", value: func(r Row) any { return r.Provider }},
		{key: "model", value: func(r Row) any { return r.Model.ID }},
		{key: "name", value: func(r Row) any { return r.Name }},
		{key: "dimensions", head: "dimensions", right: true, value: func(r Row) any { return nilIfZero(r.Dimensions) }},
		{key: "max_dimensions", head: "at most", right: true, value: func(r Row) any { return nilIfZero(r.Limit()) }},
		{key: "supports_dimensions", value: func(r Row) any { return r.SupportsDimensions }},
		{key: "max_tokens", head: "max tokens", right: true, value: func(r Row) any { return nilIfZero(r.MaxTokens) }},
		{key: "price_per_million_tokens", head: "$ per 1M tokens", right: true, value: func(r Row) any { return r.Price }},
		{key: "currency", value: func(Row) any { return "USD" }},
		{key: "query_prefix", value: func(r Row) any { return r.Roles.Query.Prefix }},
		{key: "languages", head: "languages", value: func(r Row) any { return r.Languages }},
		{key: "source", value: func(r Row) any { return string(r.Source) }},
		{key: "available", head: "available", value: func(r Row) any { return r.Unavailable == nil }, text: func(r Row) string {
			if r.Unavailable == nil {
				return "yes"
			}
			return "no (" + strconv.Itoa(reasons[r.reason()]) + ")"
		}},
		{key: "reason", value: func(r Row) any { return r.reason() }},
		{key: "document_prefix", omit: true, value: func(r Row) any { return r.Roles.Document.Prefix }},
		{key: "symmetric_prefix", omit: true, value: func(r Row) any { return r.Roles.Symmetric.Prefix }},
		{key: "role_fields", omit: true, value: func(r Row) any { return roleFields(r.Roles) }},
		{key: "roles_from", omit: true, value: func(r Row) any { return string(r.Roles.From) }},
	}
}

// roleFields writes the fields of the request that tell the roles: "query
// input_type=query, document input_type=document"; empty for none.
func roleFields(roles api.Roles) string {
	var parts []string
	for _, name := range api.RoleNames() {
		if words := fieldWords(roles.Of(api.Role(name)).Field); words != "" {
			parts = append(parts, name+" "+words)
		}
	}
	return strings.Join(parts, ", ")
}

// fieldWords writes a field of the request: "input_type=query"; empty for none.
func fieldWords(f api.Field) string {
	if f == (api.Field{}) {
		return ""
	}
	return f.Name + "=" + f.Value
}

// reason is why the model cannot be asked; empty when it can.
func (r Row) reason() string {
	if r.Unavailable == nil {
		return ""
	}
	return r.Unavailable.Error()
}

// nilIfZero is nil for 0, which stands for an unknown number.
func nilIfZero(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// ModelsJSON writes the catalog as a JSON array.
func ModelsJSON(w io.Writer, rows []Row) error {
	j := newJSON(w)
	modelColumns(nil).list(j, "", rows)
	return j.end()
}

// Models writes the catalog in columns named as the keys of ModelsJSON.
func (s *Sheet) Models(rows []Row) error { return modelColumns(nil).fill(s, rows) }

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
	var d document
	var reasons []string
	numbers := map[string]int{}
	for _, r := range rows {
		if why := r.reason(); why != "" && numbers[why] == 0 {
			reasons = append(reasons, why)
			numbers[why] = len(reasons)
		}
	}
	d.table(modelColumns(numbers).table(rows))
	if len(reasons) > 0 {
		d.heading("Not available")
		for i, why := range reasons {
			d.line("(%d) %s", i+1, term.Written(why))
		}
	}
	return d
}
