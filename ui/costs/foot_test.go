package costs_test

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/ui/uitest"
)

// The line of keys says what they do now, in as many words as have room.
func TestTheKeysOfTheBoxFollowWhatThereIs(t *testing.T) {
	long := strings.Repeat("word ", 100)
	for name, c := range map[string]struct {
		w    int
		text string
		keys []string
		want string
	}{
		"to pay":                    {80, "short", nil, "p pay and embed esc back, send nothing"},
		"to pay, narrow":            {40, "short", nil, "p pay and embed esc back"},
		"long texts":                {100, long, nil, "p pay t leave long texts out l which are long… esc back"},
		"long texts left out":       {100, long, []string{"t"}, "p pay t cut long texts l which are long… esc back"},
		"long texts, narrow":        {50, long, nil, "p pay t cut/skip l which esc back"},
		"enter pays nothing":        {80, "short", []string{"enter"}, "Enter sends nothing: p pays and embeds, esc goes back."},
		"another key takes it away": {80, "short", []string{"enter", "down"}, "Embed with paid models"},
	} {
		t.Run(name, func(t *testing.T) {
			s := uitest.NewShop()
			o := uitest.ShopOptions(t, s, "shop/good@4")
			o.State.Texts[1].Text = c.text
			a := settled(t, c.w, 24, o)
			uitest.Press(t, a, "E")
			uitest.Press(t, a, c.keys...)
			if drawn := flat(a); !strings.Contains(drawn, c.want) || s.Sent() != 0 {
				t.Errorf("%q is missing, %d were sent:\n%s", c.want, s.Sent(), uitest.Plain(a))
			}
		})
	}
}

// What the box has no room to say is marked, in the smallest window too.
func TestNotesThatHaveNoRoomAreMarked(t *testing.T) {
	for size, marked := range map[[2]int]bool{{40, 10}: true, {80, 24}: false} {
		a := settled(t, size[0], size[1], uitest.ShopOptions(t, uitest.NewShop(), "shop/good@4"))
		uitest.Press(t, a, "E")
		drawn := uitest.Plain(a)
		if whole := strings.Contains(flat(a), "$1.00 a session."); strings.Contains(uitest.LineWith(t, a, "Spent in"), "…") != marked || whole == marked {
			t.Errorf("at %v:\n%s", size, drawn)
		}
	}
}
