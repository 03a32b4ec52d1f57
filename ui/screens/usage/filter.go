package usage

// Typing tells that words go into the filter.
func (u *Screen) Typing() bool { return u.filter.Typing() }

// Back clears the filter.
func (u *Screen) Back() bool {
	if !u.filter.Shown() {
		return false
	}
	u.clearFilter()
	return true
}

func (u *Screen) startFilter() {
	u.filter.Start(u.Theme, "provider or model; enter keeps it, esc clears it")
}

func (u *Screen) clearFilter() {
	u.filter.Clear()
	u.Move(0, 0)
}

// Filter shows the models that have those words, and their sums.
func (u *Screen) Filter(words string) { u.filter.Set(u.Theme, words) }

// filterLine is the line in which words are typed, with how many models have them.
func (u *Screen) filterLine(list []usageRow, w int) string {
	shown, all := 0, len(u.Session.Payments().Ledger().Session())
	for _, r := range list {
		if r.key.model != "" {
			shown++
		}
	}
	if u.Session.Payments().Ledger().Log() != nil {
		all += len(u.totals)
	}
	about := ""
	if u.filter.Words() != "" && w >= 60 {
		about = ", sums of these"
	}
	return u.filter.Draw(u.Theme, shown, all, about, w-1) + " "
}
