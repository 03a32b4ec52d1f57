package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vecscope/vecscope/api/spending"
	"github.com/vecscope/vecscope/config"
	"github.com/vecscope/vecscope/ui/format"
)

// moneyTopic is what help is asked about for everything that costs money.
const moneyTopic = "money"

// moneyText is that help.
var moneyText = fmt.Sprintf(`What costs money, and what keeps it small.

Nothing paid is sent unless you say so, each time. In the explorer, E shows the cost and p there pays; a sum above a limit asks for P as well. A query on Search is paid for by enter where it costs no more than per_query, else $%g. Commands take it from flags:

Without a flag nothing is sent: the cost is printed and the exit code is 2.

--dry-run prints what it would cost, also without a key.

--yes pays up to your limit a run: per_run under [spending] in the settings, else %s; never more than per_session, else %s.

--max-cost USD pays if it can cost no more than that. It takes the place of the limit a run, also beside --yes.

Estimates: a cost marked ≈ comes from an estimate of the tokens, of which a server may count more. --max-cost reckons with %g times as many and a few more for every text. A model whose price is unknown needs --yes.

Lost answers: when the connection breaks or an answer cannot be read, the server may bill it all the same. It is asked for again only as long as the limit covers that too; an answer that came whole and cannot be read, once more at most.

Long texts: a text longer than a model reads is cut to its beginning, which is said before anything is sent. --long-texts skip leaves it without a vector, --long-texts fail stops.

Vectors are kept, so that nothing is paid for twice: vecscope cache shows them, vecscope usage what was spent.`,
	config.Defaults().Spending.PerQuery, format.Dollars(config.Defaults().Spending.PerRun), format.Dollars(config.Defaults().Spending.PerSession), spending.Margin)

// moneyHelp is a topic of the help; called as a command it prints the same.
func (p *program) moneyHelp() *cobra.Command {
	return &cobra.Command{
		Use:   moneyTopic,
		Short: "What costs money: limits, estimates, lost answers",
		Long:  moneyText,
		Example: `vecscope help money
vecscope compare --models nanogpt/BAAI/bge-m3 --dry-run questions.csv`,
		RunE: p.command(func(cmd *cobra.Command, args []string) error {
			if err := noArguments(cmd, args); err != nil {
				return err
			}
			return cmd.Help()
		}),
		ValidArgsFunction: cobra.NoFileCompletions,
	}
}
