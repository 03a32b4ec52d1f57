package api

import (
	"reflect"
	"testing"
)

// numbered is a tally whose counters are n, 2n, 3n, …
func numbered(t *testing.T, n int) Tally {
	t.Helper()
	var tally Tally
	v := reflect.ValueOf(&tally).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Int:
			f.SetInt(int64(n * (i + 1)))
		case reflect.Float64:
			f.SetFloat(float64(n * (i + 1)))
		default:
			t.Fatalf("%s is no counter", v.Type().Field(i).Name)
		}
	}
	return tally
}

func TestTallyForgetsNoCounter(t *testing.T) {
	one, two, three := numbered(t, 1), numbered(t, 2), numbered(t, 3)
	if got := one.Plus(two); got != three {
		t.Errorf("%+v plus %+v is %+v", one, two, got)
	}
	if got := three.Minus(two); got != one {
		t.Errorf("%+v minus %+v is %+v", three, two, got)
	}
}
