package answer

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// inBase64 writes a vector the way servers do.
func inBase64(v []float32) string {
	var b []byte
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return base64.StdEncoding.EncodeToString(b)
}

// inNumbers writes a vector with as many digits as Python and JavaScript do.
func inNumbers(v []float32) string {
	b := []byte("[")
	for i, x := range v {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendFloat(b, float64(x), 'g', -1, 64)
	}
	return string(append(b, ']'))
}

// answerOf writes an answer with those values of "embedding", in their order.
func answerOf(values ...string) string {
	rows := make([]string, len(values))
	for i, v := range values {
		rows[i] = fmt.Sprintf(`{"object":"embedding","index":%d,"embedding":%s}`, i, v)
	}
	return `{"object":"list","data":[` + strings.Join(rows, ",") + `],"model":"m","usage":{"prompt_tokens":8,"total_tokens":9}}`
}

func randomVector(r *rand.Rand, n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(r.NormFloat64()) / 40
	}
	return v
}

func TestBothEncodingsGiveTheVectorsThatWereSent(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, dims := range []int{1, 2, 3, 4, 5, 7, 12, 384, 1025} {
		a, b := randomVector(r, dims), randomVector(r, dims)
		quoted := func(v []float32) string { return `"` + inBase64(v) + `"` }
		unpadded := func(v []float32) string { return `"` + strings.TrimRight(inBase64(v), "=") + `"` }
		escaped := func(v []float32) string { return `"` + strings.ReplaceAll(inBase64(v), "/", `\/`) + `"` }
		for name, write := range map[string]func([]float32) string{"numbers": inNumbers, "base64": quoted, "unpadded": unpadded, "escaped": escaped} {
			got, err := Decode([]byte(answerOf(write(a), write(b))), 2)
			if err != nil {
				t.Fatalf("%s of %d: %v", name, dims, err)
			}
			if !slices.Equal(got.Vectors[0], a) || !slices.Equal(got.Vectors[1], b) || got.Tokens != 8 {
				t.Errorf("%s of %d dimensions came as other vectors", name, dims)
			}
		}
		mixed, err := Decode([]byte(answerOf(inNumbers(a), quoted(b))), 2)
		if err != nil || !slices.Equal(mixed.Vectors[0], a) || !slices.Equal(mixed.Vectors[1], b) {
			t.Errorf("numbers and base64 side by side: %v", err)
		}
	}
}

func TestVectorsComeInTheOrderOfTheTexts(t *testing.T) {
	const shuffled = `{"data":[{"index":2,"embedding":[3]},{"embedding":[1],"index":0},{"index":1,"embedding":[2]}]}`
	const unnumbered = `{"data":[{"embedding":[1]},{"index":null,"embedding":[2]},{"embedding":[3]}]}`
	const again = `{"data":[{"embedding":[7]},{"embedding":[8]},{"embedding":[9]}],"data":[{"embedding":[1]},{"embedding":[2]},{"embedding":[3]}]}`
	const amongOthers = `{"said":"a \"word\" \\","data":[{"note":"]}","embedding":[1]},{"of":[{}],"embedding":[2]},{"embedding":[3]}]}`
	for _, body := range []string{shuffled, unnumbered, again, amongOthers} {
		a, err := Decode([]byte(body), 3)
		if err != nil || a.Vectors[0][0] != 1 || a.Vectors[1][0] != 2 || a.Vectors[2][0] != 3 {
			t.Errorf("%s: %v, %v", body, a.Vectors, err)
		}
	}
}

func TestUnusableAnswersSayWhatIsWrong(t *testing.T) {
	infinite := `"` + inBase64([]float32{1, 2, float32(math.Inf(1)), 4}) + `"`
	nan := `"` + inBase64([]float32{float32(math.NaN())}) + `"`
	for _, c := range []struct{ name, body, want string }{
		{"fewer", answerOf("[1]"), "1 vector for 2 texts"},
		{"more", answerOf("[1]", "[1]", "[1]", "[1]"), "4 vectors for 2 texts"},
		{"one more, of another length", answerOf("[1]", "[1]", "[1,2]"), "3 vectors for 2 texts"},
		{"none", `{"data":[]}`, "no vectors"},
		{"no data", `{"object":"list"}`, "no vectors"},
		{"data null", `{"data":null}`, "no vectors"},
		{"data of strings", `{"data":["a","b"]}`, "other than objects"},
		{"index twice", `{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}`, "0 comes twice"},
		{"index outside", `{"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[1]}]}`, "index 2 for 2 texts"},
		{"index negative", `{"data":[{"index":-1,"embedding":[1]},{"index":2,"embedding":[1]}]}`, "-1 is no position"},
		{"index text", `{"data":[{"index":"a","embedding":[1]},{"index":2,"embedding":[1]}]}`, "is no position"},
		{"index on some", `{"data":[{"index":0,"embedding":[1]},{"embedding":[1]}]}`, "some have none"},
		{"index on others", `{"data":[{"embedding":[1]},{"index":1,"embedding":[1]}]}`, "some have none"},
		{"index absent then taken", `{"data":[{"embedding":[1]},{"index":0,"embedding":[1]}]}`, "some have none"},
		{"lengths", answerOf("[1,2]", "[1,2,3]"), "2 and 3 dimensions"},
		{"shorter", answerOf("[1,2]", "[1]"), "2 and 1 dimensions"},
		{"no JSON among numbers", answerOf("[1]", "[1 2]"), "no valid JSON"},
		{"lengths in base64", answerOf(`"`+inBase64([]float32{1, 2})+`"`, `"`+inBase64([]float32{1})+`"`), "2 and 1 dimensions"},
		{"empty", answerOf("[]", "[]"), "vector 1 is empty"},
		{"empty base64", answerOf(`""`, `""`), "vector 1 is empty"},
		{"null", answerOf("null", "null"), "neither numbers nor base64"},
		{"object", answerOf("{}", "{}"), "neither numbers nor base64"},
		{"missing", `{"data":[{"index":0},{"index":1}]}`, "no embedding"},
		{"two in one", `{"data":[{"embedding":[1],"embedding":[1]}]}`, "two embeddings"},
		{"NaN", answerOf("[NaN]", "[NaN]"), `"NaN" is no finite number`},
		{"null among numbers", answerOf("[null]", "[null]"), `"null" is no finite number`},
		{"infinite", answerOf("[1e999]", "[1e999]"), `"1e999" is no finite number`},
		{"too large for float32", answerOf("[-1e39]", "[-1e39]"), `no finite number`},
		{"nested", answerOf("[[1]]", "[ [1,2],[3,4]]"), "a vector for every token"},
		{"llama.cpp's own form", `[{"index":0,"embedding":[[1,2]]},{"index":1,"embedding":[[1,2]]}]`, "base_url should end with /v1"},
		{"NaN in base64", answerOf(nan, nan), "not finite"},
		{"infinite in base64", answerOf(infinite, infinite), "not finite"},
		{"odd base64", answerOf(`"AAAAAAA="`, `"AAAAAAA="`), "5 bytes holds no float32"},
		{"base64 of no whole number", answerOf(`"AAAAAAAA"`, `"AAAAAAAA"`), "6 bytes holds no float32"},
		{"no base64", answerOf(`"!!!!!!"`, `"!!!!!!"`), "no base64"},
		{"no base64 far in", answerOf(`"AAAAAAAAAAAAAAA*AAAAAAAAAAAAAAAA"`, `""`), "no base64"},
		{"cut", answerOf("[1]", "[2]")[:60], "cut off"},
		{"cut in a number", `{"data":[{"embedding":[0.1,0.`, "cut off"},
		{"cut in base64", `{"data":[{"embedding":"AAAA`, "cut off"},
		{"nothing", "", "cut off"},
		{"a page", "<html>", "no JSON object"},
		{"an array", "[1]", "no JSON object"},
		{"nonsense", "{]", "no valid JSON"},
		{"deep", `{"x":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + `}`, "no valid JSON"},
	} {
		if _, err := Decode([]byte(c.body), 2); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestOneBadVectorCostsNoneOfTheOthers(t *testing.T) {
	infinite := `"` + inBase64([]float32{1, float32(math.Inf(1))}) + `"`
	good := `"` + inBase64([]float32{1, 2}) + `"`
	for value, want := range map[string]string{
		"null": "its vector is neither numbers nor base64", "[]": "its vector is empty", `""`: "its vector is empty", "{}": "neither numbers nor base64",
		"[NaN,1]": `"NaN" is no finite number`, "[1,null]": `"null" is no finite number`, "[1e999,1]": "no finite number", "[[1],2]": "a vector for every token", "[1,[2]]": "no finite number",
		infinite: "not finite", `"!!!!!!"`: "no base64", `"AAAAAAA="`: "5 bytes", `[1,"]",2]`: "no finite number",
	} {
		for bad := range 3 {
			for _, well := range []string{"[1,2]", good} {
				values := []string{well, well, well}
				values[bad] = value
				a, err := Decode([]byte(answerOf(values...)), 3)
				if err != nil || len(a.Wrong) != 1 || a.Wrong[bad] == nil || !strings.Contains(a.Wrong[bad].Error(), want) || a.Tokens != 8 {
					t.Fatalf("%s at %d: %+v, %v", value, bad, a, err)
				}
				for i, v := range a.Vectors {
					if (i == bad) != (v == nil) || v != nil && !slices.Equal(v, []float32{1, 2}) {
						t.Errorf("%s at %d: vector %d is %v", value, bad, i, v)
					}
				}
			}
		}
	}
}

func TestAVectorLeftOutCostsNoneOfTheOthersWhereIndicesTellWhichItIs(t *testing.T) {
	indexed := func(indices ...string) []byte {
		rows := make([]string, len(indices))
		for i, at := range indices {
			rows[i] = `{"index":` + at + `,"embedding":[` + at + `1]}`
		}
		return []byte(`{"data":[` + strings.Join(rows, ",") + `]}`)
	}
	a, err := Decode(indexed("3", "0", "2"), 4)
	if err != nil || len(a.Wrong) != 1 || a.Wrong[1] == nil || !strings.Contains(a.Wrong[1].Error(), "leaves it out") || a.Vectors[1] != nil {
		t.Fatalf("the second of four is missing: %+v, %v", a, err)
	}
	for at, want := range map[int]float32{0: 1, 2: 21, 3: 31} {
		if !slices.Equal(a.Vectors[at], []float32{want}) {
			t.Errorf("vector %d is %v", at, a.Vectors[at])
		}
	}
	for why, indices := range map[string][]string{
		"the last may be missing, or all counted anew": {"0", "1", "2"},
		"an index twice": {"0", "3", "3"}, "an index outside": {"0", "4", "1"}, "one without an index": {"0", "null", "3"},
	} {
		if a, err := Decode(indexed(indices...), 4); err == nil {
			t.Errorf("%s: %+v", why, a)
		}
	}
}

func TestTheReasonStandsWithTheTextOfTheIndex(t *testing.T) {
	a, err := Decode([]byte(`{"data":[{"index":2,"embedding":null},{"index":0,"embedding":[1]},{"index":1,"embedding":[2]}]}`), 3)
	if err != nil || len(a.Wrong) != 1 || a.Wrong[2] == nil || a.Vectors[0][0] != 1 || a.Vectors[1][0] != 2 {
		t.Errorf("%+v, %v", a, err)
	}
	a, err = Decode([]byte(`{"data":[{"index":0,"embedding":[1]},{"index":1,"error":"no"}]}`), 2)
	if err != nil || a.Vectors[0] == nil || a.Wrong[1] == nil || !strings.Contains(a.Wrong[1].Error(), "no embedding") {
		t.Errorf("a text without an embedding: %+v, %v", a, err)
	}
	// Not even a vector of no use may take the place of another.
	if _, err := Decode([]byte(`{"data":[{"index":0,"embedding":null},{"index":0,"embedding":[1]}]}`), 2); err == nil || !strings.Contains(err.Error(), "0 comes twice") {
		t.Errorf("an index that comes twice: %v", err)
	}
}

func TestAnAnswerWithoutAGoodVectorNamesEveryText(t *testing.T) {
	a, err := Decode([]byte(answerOf("[NaN]", "null")), 2)
	if err == nil || len(a.Wrong) != 2 || a.Tokens != 8 {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestAFailureInsideASuccessIsSeen(t *testing.T) {
	a, err := Decode([]byte(`{"error":{"message":"no","code":429},"data":[]}`), 2)
	if err != nil || string(a.Failure) != `{"message":"no","code":429}` {
		t.Errorf("%s, %v", a.Failure, err)
	}
	if a, err := Decode([]byte(`{"error":null,"data":[{"embedding":[1]}]}`), 1); err != nil || a.Failure != nil {
		t.Errorf("an error of null: %s, %v", a.Failure, err)
	}
}

func TestUsageIsReadWhateverItsForm(t *testing.T) {
	for usage, want := range map[string]int{
		`{"prompt_tokens":8,"total_tokens":9}`:    8,
		`{"total_tokens":9}`:                      9,
		`{"prompt_tokens":0,"total_tokens":0}`:    0,
		`{"prompt_tokens":"12"}`:                  12,
		`{"prompt_tokens":null,"total_tokens":3}`: 3,
		`{"prompt_tokens":-5}`:                    0,
		`{"prompt_tokens":1e300}`:                 0,
		`{"prompt_tokens":1.5}`:                   0,
		`[]`:                                      0,
		`null`:                                    0,
		`"8"`:                                     0,
	} {
		a, err := Decode([]byte(`{"usage":`+usage+`,"data":[{"embedding":[1]}]}`), 1)
		if err != nil || a.Tokens != want {
			t.Errorf("%s: %d, %v; want %d", usage, a.Tokens, err, want)
		}
	}
}

func TestALieAboutLengthsReservesNoMemory(t *testing.T) {
	body := []byte(answerOf(inNumbers(make([]float32, 100_000)), "[1]"))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := Decode(body, 1_000_000); err == nil {
		t.Fatal("a millionth of the vectors is enough")
	}
	runtime.ReadMemStats(&after)
	allocated := after.TotalAlloc - before.TotalAlloc
	if allocated > 20_000_000 {
		t.Errorf("%d bytes for an answer of %d", allocated, len(body))
	}
}

func TestNumbersAreRoundedAsStrconvRoundsThem(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	texts := []string{"0", "-0", "0.0", "1", "-1", "1e5", "1E+5", "1e-5", "1.5e-45", "1e-46", "3.4028235e38", "1.17549435e-38",
		"0.1", "123456789012345678901234567890", "18446744073709551617", "99999999999999999999", "0.18446744073709551617", "1234567890123456789", "0.00000000000000000000000000000000000001", "16777217", "16777219", "1e-0003",
		"0.50000002980232238769531250", "1.000000059604644775390625", "1.0000000596046448", "0.99999997019767761"}
	for range 50_000 {
		x := math.Float32frombits(r.Uint32())
		if notFinite(x) {
			continue
		}
		texts = append(texts,
			strconv.FormatFloat(float64(x), 'g', -1, 64), strconv.FormatFloat(float64(x), 'g', -1, 32),
			strconv.FormatFloat(r.NormFloat64()/30, 'g', -1, 64), strconv.FormatFloat(r.NormFloat64()/30, 'f', 8, 64),
			// Half between two neighbours is the hardest to round.
			strconv.FormatFloat((float64(x)+float64(math.Nextafter32(x, 1)))/2, 'g', -1, 64))
	}
	for _, text := range texts {
		c := cursor{b: []byte(text + "]")}
		got, err := c.number()
		want, _ := strconv.ParseFloat(text, 32)
		if err != nil || math.Float32bits(got) != math.Float32bits(float32(want)) || c.i != len(text) {
			t.Fatalf("%s reads as %v (%v), want %v", text, got, err, float32(want))
		}
	}
}

func TestNormaliseGivesUnitLength(t *testing.T) {
	for _, v := range [][]float32{{3, 4}, {1e-30, 1e-30}, {1e30, 0, 1e30, 1, 2}, randomVector(rand.New(rand.NewPCG(5, 6)), 1023)} {
		if Normalise(v) == 0 {
			t.Fatalf("%v has no length", v)
		}
		sum := 0.0
		for _, x := range v {
			sum += float64(x) * float64(x)
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("a length of %v", math.Sqrt(sum))
		}
	}
	zeros := make([]float32, 8)
	if Normalise(zeros) != 0 || slices.ContainsFunc(zeros, func(x float32) bool { return x != 0 }) {
		t.Errorf("zeros have a direction: %v", zeros)
	}
}

// FuzzDecode looks for answers that are read otherwise than encoding/json reads them.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(answerOf("[1,2]", "[-0.5,1e-3]")))
	f.Add([]byte(`{"usage":{},"data":[{"embedding":"AACAPwAAAEA="},{"embedding":[1,2]}]}`))
	f.Add([]byte(`{"a":{"b":[1,"x\"]"]},"error":"no"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		a, err := Decode(body, 2)
		if err != nil || a.Failure != nil {
			return
		}
		length := 0
		for _, v := range a.Vectors {
			length = max(length, len(v))
		}
		for i, v := range a.Vectors {
			if (v == nil) != (a.Wrong[i] != nil) {
				t.Fatalf("%q gives %v, %v", body, a.Vectors, a.Wrong)
			}
			if v == nil {
				continue
			}
			if len(v) == 0 || len(v) != length || slices.ContainsFunc(v, notFinite) {
				t.Fatalf("%q gives %v", body, a.Vectors)
			}
		}
		var plain struct {
			Data []struct{ Embedding json.RawMessage } `json:"data"`
		}
		if a.Vectors[0] != nil && json.Unmarshal(body, &plain) == nil && len(plain.Data) == 2 && !bytes.Contains(body, []byte("index")) {
			var want []float32
			if json.Unmarshal(plain.Data[0].Embedding, &want) == nil && len(want) > 0 && !slices.Equal(want, a.Vectors[0]) {
				t.Fatalf("%q gives %v, want %v", body, a.Vectors[0], want)
			}
		}
	})
}

func benchmarkDecode(b *testing.B, write func([]float32) string) {
	r := rand.New(rand.NewPCG(7, 8))
	values := make([]string, 2048)
	for i := range values {
		values[i] = write(randomVector(r, 1536))
	}
	body := []byte(answerOf(values...))
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := Decode(body, len(values)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeBase64_2048x1536(b *testing.B) {
	benchmarkDecode(b, func(v []float32) string { return `"` + inBase64(v) + `"` })
}

func BenchmarkDecodeNumbers_2048x1536(b *testing.B) { benchmarkDecode(b, inNumbers) }
