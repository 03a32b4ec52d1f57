package models

import (
	"fmt"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui/format"
	"github.com/vecscope/vecscope/ui/session"
)

// lengthText says how long the vectors are and can be.
func lengthText(m api.Model) string {
	switch {
	case m.Dimensions == 0:
		return "unknown until its vectors come; D asks for another number"
	case m.Limit() > m.Dimensions:
		return fmt.Sprintf("%d unless asked for others, at most %d", m.Dimensions, m.Limit())
	default:
		return fmt.Sprint(m.Dimensions)
	}
}

// reductionText says who can make other lengths.
func reductionText(m api.Model) string {
	lowest := max(1, m.MinDimensions)
	switch {
	case m.SupportsDimensions && session.Inside(m):
		return fmt.Sprintf("computed anew at any length from %d to %d", lowest, m.Limit())
	case m.SupportsDimensions && m.Limit() == 0:
		return fmt.Sprintf("%s can be asked for fewer", m.Provider)
	case m.SupportsDimensions && m.Free():
		return fmt.Sprintf("%s can be asked for any from %d to %d", m.Provider, lowest, m.Limit())
	case m.SupportsDimensions:
		return fmt.Sprintf("%s can be asked for any from %d to %d; fewer than %d are cut here from the full vectors for free (derived)", m.Provider, lowest, m.Limit(), m.Dimensions)
	default:
		return "fewer are cut here from the full vectors (derived)"
	}
}

// readsText says how long a text may be.
func readsText(m api.Model) string {
	switch {
	case m.MaxTokens > 0:
		return fmt.Sprintf("up to %s tokens a text; of longer texts only the beginning counts", format.Thousands(m.MaxTokens))
	case session.Inside(m):
		return "texts of any length"
	default:
		return "unknown how long a text may be"
	}
}

// sourceText says where the row comes from, how old it is and what the newest
// list changed.
func sourceText(m api.Model) string {
	text := sourceWords(m)
	if !m.Listed.IsZero() {
		text += ", " + m.Listed.Local().Format("2006-01-02 15:04")
	}
	switch m.Mark {
	case api.MarkNew:
		text += "; new on the list"
	case api.MarkChanged:
		text += "; changed on the list"
	case api.MarkVanished:
		text += "; no longer on the newest list"
	}
	return text
}

// sourceWords says which list the row is of.
func sourceWords(m api.Model) string {
	switch m.Source {
	case api.SourceBinary:
		return "binary: the model is inside this program"
	case api.SourceSnapshot:
		return "snapshot: " + m.Provider + "'s documentation when this program was built"
	case api.SourceCached:
		return "cached: " + m.Provider + "'s list from an earlier run"
	case api.SourceLive:
		return "live: " + m.Provider + "'s list read in this run"
	case api.SourceConfig:
		return "config: your settings file"
	case api.SourceAsked:
		return "asked: no list has it"
	default:
		return string(m.Source)
	}
}
