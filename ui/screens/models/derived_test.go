package models

import (
	"strings"
	"testing"

	"github.com/vecscope/vecscope/api"
	"github.com/vecscope/vecscope/ui"
	"github.com/vecscope/vecscope/ui/screens/matrices"
	"github.com/vecscope/vecscope/ui/uitest"
	"github.com/vecscope/vecscope/ui/widget"
)

func TestDerivedVectorsThatAreNotTrainedForItSaySo(t *testing.T) {
	a := settled(t, 80, 24, uitest.OptionsWith(t, uitest.ShopTexts, "local/use-lite@256", "local/glove@50", "local/ngrams@64"))
	if got := a.Screen(matrices.ID).(ui.Statuser).Status(); !strings.HasPrefix(got, "use-lite@256 is derived, not trained for truncation") {
		t.Errorf("the status of a derived candidate is %q", got)
	}
	uitest.Press(t, a, "tab", "tab")
	if got := a.Screen(matrices.ID).(ui.Statuser).Status(); strings.Contains(got, "derived") {
		t.Errorf("the status of one that is computed at its length is %q", got)
	}
	m := api.Model{Provider: "own", ID: "m", Dimensions: 768, SupportsDimensions: true, Kind: api.KindEmbedding}
	d := &widget.DetailText{W: 80, Theme: a.Theme}
	detailDimensions(d, catalogRow{model: m})
	if got := uitest.Flat(strings.Join(d.Lines, " ")); !strings.Contains(got, "not trained for truncation") {
		t.Errorf("a model that is cut here without training says %q", got)
	}
}
