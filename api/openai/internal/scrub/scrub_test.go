package scrub

import "testing"

func TestForeignTextIsOneSafeLine(t *testing.T) {
	hostile := "a\x1b[31mred\x1b[0m\x1b]0;title\aT\x1b]8;;http://evil\x1b\\link\x07\r\nnext\u202eline\u009b5m\u009d0;title\a\x00 \xff\t end\x1b"
	if got := Clean(hostile); got != "aredTlink nextline end" {
		t.Errorf("%q", got)
	}
}
