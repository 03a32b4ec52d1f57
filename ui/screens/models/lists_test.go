package models

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/session"
	"github.com/vecscope/vecscope/ui/uitest"
)

func TestListsSayWhereTheyComeFromAndHowOldTheyAre(t *testing.T) {
	now := time.Date(2030, 5, 6, 12, 0, 0, 0, time.Local)
	row := func(source api.Source, at time.Time) []api.Model {
		return []api.Model{
			{Provider: "own", ID: "named", Source: api.SourceConfig}, {Provider: "own", ID: "gone", Source: api.SourceLive, Mark: api.MarkVanished},
			{Provider: "own", ID: "m", Source: source, Listed: at},
		}
	}
	unreachable := &api.ServerError{Provider: "own", Message: "nothing answers"}
	for _, c := range []struct {
		models []api.Model
		err    error
		want   string
	}{
		{row(api.SourceLive, now.Add(-5*time.Minute)), nil, "own: list of 11:55, 5 min ago"},
		{row(api.SourceLive, now.Add(-time.Second)), nil, "own: list of 11:59, just now"},
		{row(api.SourceCached, now.Add(-3*time.Hour)), unreachable, "own unreachable: list of 09:00, 3 hours ago"},
		{row(api.SourceCached, now.AddDate(0, 0, -9)), &api.ServerError{Status: 401}, "own gives no list (401): list of 2030-04-27 12:00, 9 days ago"},
		{row(api.SourceSnapshot, time.Time{}), unreachable, "own unreachable: built-in list, autumn 2026"},
		{row(api.SourceConfig, time.Time{}), errors.New("no"), "own was not asked for its list: models from the settings"},
		{nil, unreachable, "own unreachable"},
	} {
		l := session.ServerList{Server: "own", Err: c.err}
		if got := strings.Join(listWords([]session.ServerList{l}, c.models, now), "; "); got != c.want {
			t.Errorf("the list is %q, want %q", got, c.want)
		}
	}
}

func TestUnreachableListStandsOverTheModels(t *testing.T) {
	for _, z := range []ui.Size{{W: 40, H: 10}, {W: 80, H: 24}, {W: 200, H: 60}} {
		o := uitest.OptionsWith(t, uitest.ShopTexts)
		o.Servers = []string{"local", "nanogpt"}
		var err error
		o.Refresh = func(context.Context, string) (string, error) { return "", err }
		a := settled(t, z.W, z.H, o)
		uitest.Press(t, a, "1")
		err = &api.ServerError{Provider: "nanogpt", Message: "nothing answers"}
		uitest.Settle(t, a, a.Session.Lists().Refresh("nanogpt"))
		uitest.CheckFrame(t, a.Draw(), z)
		want := "nanogpt unreachable: built-in list, autumn 2026"
		if z.W < 80 {
			want = "nanogpt unreachable"
		}
		if drawn := uitest.Flat(a.Draw()); !strings.Contains(drawn, want) {
			t.Errorf("%d columns:\n%s", z.W, uitest.Plain(a))
		}
		s := a.Screen(ID).(*Screen)
		if s.listsPen() != s.Theme.Codes.Warn {
			t.Errorf("%d columns: it is said in the look %q", z.W, s.listsPen())
		}
		err = nil
		uitest.Settle(t, a, a.Session.Lists().Refresh("nanogpt"))
		if drawn := uitest.Flat(a.Draw()); strings.Contains(drawn, "unreachable") || s.listsPen() != s.Theme.Codes.Dim {
			t.Errorf("after it was read it says in the look %q\n%s", s.listsPen(), uitest.Plain(a))
		}
	}
}

// Where several lists cannot be read the names of their servers stay whole; what has no room
// is counted.
func TestSeveralUnreachableListsAreNamedOrCounted(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.ShopTexts)
	o.Servers = []string{"nanogpt", "workstation", "laboratory"}
	o.Refresh = func(_ context.Context, p string) (string, error) {
		return "", &api.ServerError{Provider: p, Message: "nothing answers"}
	}
	for z, want := range map[ui.Size]string{
		{W: 80, H: 24}:  "3 lists not read: r tries again",
		{W: 120, H: 40}: "workstation unreachable · laboratory unreachable",
		{W: 40, H: 10}:  "3 lists not read: r",
	} {
		a := settled(t, z.W, z.H, o)
		uitest.Press(t, a, "1")
		for _, p := range o.Servers {
			uitest.Settle(t, a, a.Session.Lists().Refresh(p))
		}
		uitest.CheckFrame(t, a.Draw(), z)
		if drawn := uitest.Plain(a); !strings.Contains(drawn, want) {
			t.Errorf("%v lacks %q:\n%s", z, want, drawn)
		}
	}
}

// What costs nothing, such as a server's on this machine, stands before what costs money.
func TestAFreeServersModelsStandBeforePaidOnes(t *testing.T) {
	o := uitest.ShopOptions(t, uitest.NewShop())
	o.Engine.Providers["ollama"] = uitest.NewShop()
	o.Engine.Catalog.Replace("ollama", []api.Model{{ID: "nomic", Name: "nomic", Kind: api.KindEmbedding, Dimensions: 4, Price: new(float64), Source: api.SourceLive}})
	a := settled(t, 80, 24, o)
	uitest.Press(t, a, "1")
	shown := shownModels(a.Screen(ID).(*Screen))
	if free, paid := slices.Index(shown, "nomic"), slices.Index(shown, "good"); free < 0 || paid < free {
		t.Errorf("the rows are %v", shown)
	}
}

func TestModelsThatDoNotLookLikeEmbeddingModelsStandLast(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.ShopTexts)
	o.Engine.Catalog.Replace("aaa", []api.Model{
		{ID: "chat", Name: "chat", Kind: api.KindEmbedding, Price: new(float64), Unlikely: true}, {ID: "embed", Name: "embed", Kind: api.KindEmbedding, Price: new(float64)},
	})
	a := settled(t, 200, 60, o)
	s := a.Screen(ID).(*Screen)
	for sort := range catalogColumns {
		s.sortBy(sort)
		for range 2 {
			if rows := s.rows(); rows[len(rows)-1].model.ID != "chat" {
				t.Errorf("sorted by column %d the last is %s", sort, rows[len(rows)-1].model.ID)
			}
			s.reverse = true
		}
	}
	uitest.Press(t, a, "1", "G")
	if drawn := uitest.Flat(a.Draw()); !strings.Contains(drawn, "Nothing on the list says that it embeds texts") {
		t.Errorf("%s", uitest.Plain(a))
	}
	uitest.Press(t, a, "space")
	if !a.Session.Has("aaa/chat") {
		t.Error("it cannot be chosen")
	}
}

func TestDetailsNameNoLengthThatIsNotKnown(t *testing.T) {
	o := uitest.OptionsWith(t, uitest.ShopTexts)
	o.Engine.Catalog.Replace("zzz", []api.Model{{ID: "new", Name: "new", Kind: api.KindEmbedding, Price: new(float64), SupportsDimensions: true}})
	a := settled(t, 200, 60, o)
	uitest.Press(t, a, "1", "/", "z", "z", "z", "enter")
	if drawn := uitest.Flat(a.Draw()); strings.Contains(drawn, "1 to 0") || strings.Contains(drawn, "d offers") || !strings.Contains(drawn, "zzz can be asked for fewer") {
		t.Errorf("%s", uitest.Plain(a))
	}
}
