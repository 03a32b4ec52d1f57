package apitest

import (
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
)

// dripped is how many bytes Drip sends at once.
const dripped = 7

// Hang answers nothing until the client gives up or the server is closed.
func Hang() Fault {
	return instead("hang", func(x *exchange) reply {
		<-x.http.Context().Done()
		return reply{}
	})
}

// Hold answers rightly, but not before release is closed. A request whose client
// gives up meanwhile is not answered.
func Hold(release <-chan struct{}) Fault {
	return instead("hold", func(x *exchange) reply {
		select {
		case <-release:
			return x.route()
		case <-x.http.Context().Done():
			return reply{}
		}
	})
}

// HangInBody sends half of the answer and no more.
func HangInBody() Fault {
	return onWire("hang-in-body", func(x *exchange, w http.ResponseWriter, r reply) {
		sendHalf(w, r)
		<-x.http.Context().Done()
		panic(http.ErrAbortHandler)
	})
}

// Cut sends half of the answer and cuts the connection. The server has done its
// work, and taken its money.
func Cut() Fault {
	return onWire("cut", func(_ *exchange, w http.ResponseWriter, r reply) {
		sendHalf(w, r)
		panic(http.ErrAbortHandler)
	})
}

// CutBefore cuts the connection before a word is said. The server has done its
// work, and taken its money.
func CutBefore() Fault {
	return onWire("cut-before", func(*exchange, http.ResponseWriter, reply) { panic(http.ErrAbortHandler) })
}

// onWire makes a fault that sends the answer in its own way.
func onWire(name string, send sender) Fault {
	return Fault{name: name, wire: func(sender) sender { return send }}
}

// sendHalf sends the first half of a reply, promising all of it.
func sendHalf(w http.ResponseWriter, r reply) {
	length := len(r.body)
	r.body = r.body[:length/2]
	start(w, r, fmt.Sprint(length))
	_, _ = w.Write(r.body)
	flush(w)
}

// start sends the headers, with the length of the body when it is known.
func start(w http.ResponseWriter, r reply, length string) {
	for name, values := range r.header {
		w.Header()[name] = values
	}
	if length != "" {
		w.Header().Set("Content-Length", length)
	}
	w.WriteHeader(r.status)
}

// flush sends what has been written. A client that has gone is no error here.
func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }

// Drip sends the answer a few bytes at a time. It takes no longer for that; it
// shows whether a client takes a part for the whole.
func Drip() Fault {
	return onWire("drip", func(x *exchange, w http.ResponseWriter, r reply) {
		start(w, r, "")
		for rest := r.body; len(rest) > 0; {
			n := min(dripped, len(rest))
			if _, err := w.Write(rest[:n]); err != nil {
				return
			}
			flush(w)
			rest = rest[n:]
		}
	})
}

// Huge puts that many bytes into the answer, before the rest of it, which stays
// valid: a client that reads without a limit reads all of them.
func Huge(bytes int64) Fault {
	return onWire("huge", func(x *exchange, w http.ResponseWriter, r reply) {
		start(w, r, "")
		rest := r.body
		filling, end := " ", ""
		if inside, isObject := strings.CutPrefix(string(r.body), `{"`); isObject {
			_, _ = w.Write([]byte(`{"padding":"`))
			filling, end, rest = "x", `",`, []byte(`"`+inside)
		}
		piece := []byte(strings.Repeat(filling, 32<<10))
		for left := bytes; left > 0; left -= int64(len(piece)) {
			if _, err := w.Write(piece[:min(left, int64(len(piece)))]); err != nil {
				return
			}
		}
		_, _ = w.Write(append([]byte(end), rest...))
	})
}

// Gzip compresses the answer when the client says that it understands that. With
// Huge it is a small answer that becomes a huge one.
func Gzip() Fault {
	return Fault{name: "gzip", wire: func(next sender) sender {
		return func(x *exchange, w http.ResponseWriter, r reply) {
			if !strings.Contains(x.request.Header.Get("Accept-Encoding"), "gzip") {
				next(x, w, r)
				return
			}
			packer, _ := gzip.NewWriterLevel(w, gzip.BestSpeed) // that level is one
			next(x, gzipWriter{w, packer}, r)
			// A client that has gone is no error here.
			_ = packer.Close()
		}
	}}
}

// gzipWriter compresses what is written to it.
type gzipWriter struct {
	http.ResponseWriter
	packer *gzip.Writer
}

func (w gzipWriter) WriteHeader(status int) {
	w.Header().Del("Content-Length")
	w.Header().Set("Content-Encoding", "gzip")
	w.ResponseWriter.WriteHeader(status)
}

func (w gzipWriter) Write(p []byte) (int, error) { return w.packer.Write(p) }

// Flush sends what has been written, for those who send in parts.
func (w gzipWriter) Flush() {
	_ = w.packer.Flush()
	flush(w.ResponseWriter)
}
