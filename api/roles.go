package api

import (
	"cmp"
	"unicode/utf8"
)

// Role is what a text is embedded as.
type Role string

// The three roles. Many models want other words, or another field of the request,
// for each, and give crippled vectors without them.
const (
	RoleQuery     Role = "query"     // what is searched with
	RoleDocument  Role = "document"  // what is searched
	RoleSymmetric Role = "symmetric" // two texts of the same kind, compared with each other
)

// RoleNames lists the roles as they are written.
func RoleNames() []string {
	return []string{string(RoleQuery), string(RoleDocument), string(RoleSymmetric)}
}

// Field is a field of the request that tells a server the role; the zero Field is
// none.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Manner is how a text is sent in a role. Vectors made in another manner are other
// vectors.
type Manner struct {
	// Prefix goes before the text, exactly as it stands.
	Prefix string `json:"prefix,omitempty"`
	// Field goes into the body of the request.
	Field Field `json:"field,omitzero"`
}

// Plain tells that the text is sent as it is.
func (m Manner) Plain() bool { return m == Manner{} }

// Key tells manners apart: the prefix alone where there is no field.
func (m Manner) Key() string {
	if m.Field == (Field{}) {
		return m.Prefix
	}
	return "\x1f" + m.Field.Name + "\x1f" + m.Field.Value + "\x1f" + m.Prefix
}

// RolesOrigin says who says what a model wants in its roles.
type RolesOrigin string

// Who says so.
const (
	RolesUnknown  RolesOrigin = ""         // nobody: texts are sent as they are
	RolesPreset   RolesOrigin = "preset"   // what the program knows of models of that name
	RolesSettings RolesOrigin = "settings" // the settings file
	RolesEdited   RolesOrigin = "edited"   // the person, in the explorer
)

// Roles are how texts are sent to a model in each role.
type Roles struct {
	Query     Manner `json:"query,omitzero"`
	Document  Manner `json:"document,omitzero"`
	Symmetric Manner `json:"symmetric,omitzero"`
	// From says who says so.
	From RolesOrigin `json:"from,omitempty"`
}

// Of is the manner of a role.
func (r Roles) Of(role Role) Manner {
	switch role {
	case RoleQuery:
		return r.Query
	case RoleDocument:
		return r.Document
	default:
		return r.Symmetric
	}
}

// Same tells that texts are sent alike, whoever says so.
func (r Roles) Same(other Roles) bool {
	return r.Query == other.Query && r.Document == other.Document && r.Symmetric == other.Symmetric
}

// taken are the fields that requests have of their own.
var taken = map[string]bool{"model": true, "input": true, "encoding_format": true, "dimensions": true, "output_dimension": true}

// Problem says what is wrong with what goes before texts, or with a field; empty when
// nothing is.
func (r Roles) Problem() string {
	for _, name := range RoleNames() {
		m := r.Of(Role(name))
		switch why := QueryPrefixProblem(m.Prefix); {
		case why != "":
			return why
		case m.Field.Name == "" && m.Field.Value != "", len(m.Field.Name)+len(m.Field.Value) > longestPrefix,
			!utf8.ValidString(m.Field.Name + m.Field.Value):
			return "a field of the request needs a name"
		case taken[m.Field.Name]:
			return "the request has a field " + m.Field.Name + " already"
		}
	}
	return ""
}

// WithoutFields is what is left where a server takes no fields that it does not know.
func (r Roles) WithoutFields() Roles {
	before := r
	r.Query.Field, r.Document.Field, r.Symmetric.Field = Field{}, Field{}, Field{}
	if !r.Same(before) && r.Same(Roles{}) {
		return Roles{}
	}
	return r
}

// RoleSettings are what a person says of a model's roles; what is nil is left to what
// is known of it.
type RoleSettings struct {
	Query, Document, Symmetric *string
	// Field names the field of the request that tells the role; empty is none of the
	// person's. The values of roles that are empty send none.
	Field                                     string
	QueryValue, DocumentValue, SymmetricValue string
}

// With is r as the person has it. Who says what goes before documents and nothing of
// texts that are compared with each other means these too, where no preset knows the
// role.
func (r Roles) With(s RoleSettings) Roles {
	if s == (RoleSettings{}) {
		return r
	}
	known := r.From != RolesUnknown
	set := func(to *Manner, prefix *string, value string) {
		if prefix != nil {
			*to = Manner{Prefix: *prefix, Field: to.Field}
		}
		if s.Field != "" {
			to.Field = Field{}
			if value != "" {
				to.Field = Field{Name: s.Field, Value: value}
			}
		}
	}
	set(&r.Query, s.Query, s.QueryValue)
	set(&r.Document, s.Document, s.DocumentValue)
	if !known && s.Symmetric == nil {
		s.Symmetric, s.SymmetricValue = s.Document, cmp.Or(s.SymmetricValue, s.DocumentValue)
	}
	set(&r.Symmetric, s.Symmetric, s.SymmetricValue)
	r.From = RolesSettings
	return r
}
