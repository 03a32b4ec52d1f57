package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/compare/pipeline"
)

// The words of --long-texts.
const (
	longCut  = "cut"
	longSkip = "skip"
	longFail = "fail"
)

// longFlag says what becomes of texts with more tokens than a model reads.
const longFlag = "long-texts"

// longTexts is that flag.
type longTexts struct{ choice }

func (l *longTexts) flag(cmd *cobra.Command) {
	l.choice = *newChoice(longCut, longSkip, longFail)
	cmd.Flags().Var(l, longFlag, "what becomes of texts longer than a model reads: "+
		"cut to their beginning (the default), skip them, or fail before anything is sent")
	completeWith(cmd, longFlag, func() []string { return l.words })
}

// word is what was chosen.
func (l *longTexts) word() string {
	if l.value == "" {
		return longCut
	}
	return l.value
}

// means is what was chosen as the pipeline knows it, which need not know of fail:
// nothing is sent then.
func (l *longTexts) means() pipeline.Long {
	if l.value == longSkip {
		return pipeline.LongLeftOut
	}
	return pipeline.LongCut
}

// cutAdvice says what is sent of the texts that a model does not read whole.
func cutAdvice(m api.Model) string {
	sent := "only the beginning is sent"
	if tokens, reserved := pipeline.CutTo(m); reserved {
		sent += fmt.Sprintf(", about the first %d tokens by vecscope's own count, to be safe", tokens)
	}
	return sent + " (see --" + longFlag + ")"
}

// What else is said of long texts after naming them.
const (
	skipAdvice = "left out, without a vector"
	failAdvice = "shorten what is too long, or use --long-texts cut or skip"
)
