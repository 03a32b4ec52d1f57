package report

import (
	"strings"
	"testing"
)

type fruit struct {
	name  string
	seeds *int
	price *float64
	ripe  bool
	note  string
}

var fruitColumns = columns[fruit]{
	{key: "name", head: "fruit", value: func(f fruit) any { return f.name }},
	{key: "seeds", head: "seeds", right: true, value: func(f fruit) any { return f.seeds }},
	{key: "price", value: func(f fruit) any { return f.price }},
	{head: "price", right: true, value: func(f fruit) any { return f.price }, text: func(fruit) string { return "dear" }},
	{key: "ripe", head: "ripe", value: func(f fruit) any { return f.ripe }},
	{key: "note", omit: true, value: func(f fruit) any { return f.note }},
}

func fruits() []fruit {
	seeds, price := 12, 1e-7
	return []fruit{{"=\x1b[1mapple", &seeds, &price, true, "red"}, {name: "fig, dried"}}
}

func TestEveryFormIsWrittenFromTheSameColumns(t *testing.T) {
	for name, c := range map[string]struct {
		write func(*strings.Builder) error
		want  string
	}{
		"text": {func(b *strings.Builder) error {
			fruitColumns.table(fruits()).writeText(b)
			return nil
		}, "fruit       seeds  price  ripe\n=apple         12   dear  yes\nfig, dried      -   dear  no\n"},
		"CSV": {func(b *strings.Builder) error { return fruitColumns.fill(NewSheet(b, Comma), fruits()) },
			"name,seeds,price,ripe,note\n'=�[1mapple,12,0.0000001,true,red\n\"fig, dried\",,,false,\n"},
		"TSV for programs": {func(b *strings.Builder) error { return fruitColumns.fill(newTSV(b), fruits()) },
			"name\tseeds\tprice\tripe\tnote\n=�[1mapple\t12\t0.0000001\ttrue\tred\nfig, dried\t\t\tfalse\t\n"},
		"JSON": {func(b *strings.Builder) error {
			j := newJSON(b)
			fruitColumns.list(j, "", fruits())
			return j.end()
		}, "[\n" + `{"name":"=\u001b[1mapple","seeds":12,"price":1e-7,"ripe":true,"note":"red"},` + "\n" + `{"name":"fig, dried","seeds":null,"price":null,"ripe":false}` + "\n]\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := c.write(&b); err != nil || b.String() != c.want {
				t.Errorf("%v\n%s\nwant\n%s", err, b.String(), c.want)
			}
		})
	}
}

func TestColumnsInAnotherOrder(t *testing.T) {
	order := func(c columns[fruit]) string {
		var names []string
		for _, col := range c {
			names = append(names, col.key)
		}
		return strings.Join(names, " ")
	}
	if got := order(fruitColumns.pick("note", "name")); got != "note name" {
		t.Errorf("picked %s", got)
	}
	if got := fruitColumns.pick("fruit"); len(got) != 0 {
		t.Errorf("picked by its head, where it has a key, is %s", order(got))
	}
	if got := fruitColumns.pick("price"); len(got) != 2 {
		t.Errorf("of two columns called so %d are picked", len(got))
	}
	if got := order(fruitColumns.moved("name", "ripe")); got != "seeds price  ripe name note" {
		t.Errorf("moved to %s", got)
	}
}
