package ui

// scrollTo gives the first row to show so that the cursor is among n visible
// ones, moving as little as possible.
func scrollTo(cursor, top, n, total int) int {
	top = min(top, max(total-n, 0))
	if cursor < top {
		return max(cursor, 0)
	}
	if cursor >= top+n {
		return cursor - n + 1
	}
	return top
}
