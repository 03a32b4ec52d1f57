// Package evaluate measures candidates against labels: what a person says belongs
// together, and whether what one candidate does better than another is more than
// chance; without labels, how far two candidates agree. Everything in it is a pure
// function of plain data, labels by the index of their texts and vectors of package
// compare. It knows nothing of models, files or screens, has no words for a person, and
// imports of this module only compare and compare/kernel.
//
// Labels are made once and checked, and score any number of candidates; the results
// are what a screen shows, a table writes and a bootstrap resamples:
//
//	labels, err := evaluate.NewGroups([]int{0, 0, 1, 1, -1}) // or NewPairs, NewQueries
//	labels, err = labels.Only(hasVectorOfAll, nil)           // the same texts for all
//	result, err := labels.ScoreTexts(ctx, vectors)           // or ScorePairs, ScoreQueries, ScoreRanking
//	for _, m := range result.Metrics {
//		fmt.Println(m.Name, m.Value) // auc 0.93, the metric that decides first
//	}
//	fmt.Println(result.Split.Threshold, result.Split.LeftOutF1)
//
// Candidates are then compared by resampling the items, and one of them is chosen:
//
//	bootstrap, err := evaluate.NewBootstrap(results, seed)
//	for bootstrap.Resamples() < evaluate.DefaultResamples {
//		err = bootstrap.Advance(ctx, 100) // and draw what is known by now
//	}
//	verdict := bootstrap.Judge(evaluate.AUC, bootstrap.All(), terms, evaluate.Limits{LocalOnly: true})
//	verdict.Places[i].Standing // Best, Equal, Tied, Worse
//
// An interval is a percentile interval over resamples, widened for the few units that
// there are; what is drawn together is [Labels.Resampled]. The program in simulate
// tries all this on data of which the truth is known.
package evaluate
