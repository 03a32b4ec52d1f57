package answer

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
)

// invalid marks, in the tables below, a byte that is no base64 digit.
const invalid = 1 << 31

// digits give what each of the four characters of a group adds to its three
// bytes, read as a little-endian number.
var digits = func() (t [4][256]uint32) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	for i := range t {
		for b := range t[i] {
			v := strings.IndexByte(alphabet, byte(b))
			if v < 0 {
				t[i][b] = invalid
				continue
			}
			group := uint32(v) << (18 - 6*i)
			t[i][b] = group>>16 | group&0xff00 | group&0xff<<16
		}
	}
	return t
}()

var errBase64 = errors.New("it is no base64")

// base64Floats tells how many float32 a base64 text holds, padded or not.
func base64Floats(text []byte) (int, error) {
	size := base64.RawStdEncoding.DecodedLen(unpadded(text))
	if size%4 != 0 {
		return 0, fmt.Errorf("base64 of %s holds no float32 values", Counted(size, "byte"))
	}
	return size / 4, nil
}

// unpadded is the length of a base64 text without its padding.
func unpadded(text []byte) int {
	n := len(text)
	for range 2 {
		if n > 0 && text[n-1] == '=' {
			n--
		}
	}
	return n
}

// decodeBase64 reads little-endian float32 values, as many as row has room for.
// Sixteen characters are three values. Values that are not finite are an error.
func decodeBase64(row []float32, text []byte) error {
	text = text[:unpadded(text)]
	out, in := row, text
	wrong, infinite := uint32(0), uint32(0)
	for len(in) >= 16 && len(out) >= 3 {
		a := digits[0][in[0]] | digits[1][in[1]] | digits[2][in[2]] | digits[3][in[3]]
		b := digits[0][in[4]] | digits[1][in[5]] | digits[2][in[6]] | digits[3][in[7]]
		c := digits[0][in[8]] | digits[1][in[9]] | digits[2][in[10]] | digits[3][in[11]]
		d := digits[0][in[12]] | digits[1][in[13]] | digits[2][in[14]] | digits[3][in[15]]
		wrong |= a | b | c | d
		x, y, z := a|b<<24, b>>8|c<<16, c>>16|d<<8
		// Adding one to an exponent with all bits set carries into the sign.
		infinite |= (x&0x7f800000 + 0x00800000) | (y&0x7f800000 + 0x00800000) | (z&0x7f800000 + 0x00800000)
		out[0], out[1], out[2] = math.Float32frombits(x), math.Float32frombits(y), math.Float32frombits(z)
		in, out = in[16:], out[3:]
	}
	var rest [12]byte // what remains is less than three values
	n, err := base64.RawStdEncoding.Decode(rest[:], in)
	if err != nil || wrong&invalid != 0 || n != 4*len(out) {
		return errBase64
	}
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(rest[4*i:]))
		if notFinite(out[i]) {
			infinite = invalid
		}
	}
	if infinite&invalid != 0 {
		return errors.New("a value is not finite")
	}
	return nil
}
