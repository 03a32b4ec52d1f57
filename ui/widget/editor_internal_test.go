package widget

func (e *Editor) marked() string { return e.Text[:e.cursor] + "|" + e.Text[e.cursor:] }
