package cache

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

const (
	// claimPause is how often it is looked whether somebody else has ended.
	claimPause = 50 * time.Millisecond
	// The names of what stands in the directory of claims: gateName is locked while
	// claims are looked through and made, a claim's lockEnd as long as it holds, and
	// its listEnd holds the hashes of its texts.
	gateName, lockEnd, listEnd = "gate.lock", ".lock", ".texts"
)

// claim is one asking's right to be the only one, of all programs that use the
// file, that asks for some texts. The system takes it back from a program that
// dies; what is left of it then is removed by the next to claim something.
type claim struct {
	base string // the path without lockEnd and listEnd
	lock *flock.Flock
}

// claim makes a claim to texts of a scope; taken is called once when others hold
// some of them, which are then waited for. The claim is nil where locks cannot be
// held: two that ask at the same moment are then both paid. The error is ctx's.
//
// Nobody who waits holds a claim, so that no two can wait for each other.
func (c *Cache) claim(ctx context.Context, scope Scope, texts []string, taken func()) (*claim, error) {
	dir := c.claimsDir()
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return nil, nil
	}
	hashes := claimHashes(texts)
	told := false
	for {
		mine, other, err := tryClaim(ctx, dir, scope, hashes)
		if other == nil {
			return mine, ctxError(ctx, err)
		}
		if !told {
			told = true
			taken()
		}
		if _, err := other.lock.TryLockContext(ctx, claimPause); err != nil {
			return nil, ctxError(ctx, err)
		}
		other.release()
	}
}

// claimsDir is where claims stand; empty where there is no file that could be
// written, so that nothing which others get would be found.
func (c *Cache) claimsDir() string {
	if c == nil {
		return ""
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.file == nil {
		return ""
	}
	return c.path + "-asking"
}

// ctxError passes on that ctx ended; any other error is about locks.
func ctxError(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	return ctx.Err()
}

// tryClaim makes a claim, or gives one of others that has texts in common with it.
func tryClaim(ctx context.Context, dir string, scope Scope, hashes map[textHash]bool) (mine, other *claim, err error) {
	gate := flock.New(filepath.Join(dir, gateName))
	if _, err := gate.TryLockContext(ctx, claimPause/10); err != nil {
		return nil, nil, err
	}
	defer gate.Close()
	start := filepath.Join(dir, scopeName(scope)+"-")
	if other, err = findClaim(start, hashes); other != nil || err != nil {
		return nil, other, err
	}
	mine, err = makeClaim(start, hashes)
	return mine, nil, err
}

// scopeName is what the names of a scope's claims begin with.
func scopeName(s Scope) string {
	s = scopeOf(s)
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %d %q", s.BaseURL, s.Model, s.Dimensions, s.Prefix))
	return hex.EncodeToString(sum[:8])
}

// findClaim finds a claim of others to some of the texts, and removes those that
// nobody holds any more. The gate is locked.
func findClaim(start string, hashes map[textHash]bool) (*claim, error) {
	dir, name := filepath.Split(start)
	files, err := os.ReadDir(dir)
	for _, file := range files {
		base, isLock := strings.CutSuffix(file.Name(), lockEnd)
		if !isLock || !strings.HasPrefix(base, name) {
			continue
		}
		other := claimAt(dir + base)
		free, err := other.lock.TryLock()
		switch {
		case err != nil:
			return nil, err
		case free:
			other.release()
		case other.hasAny(hashes):
			return other, nil
		}
	}
	return nil, err
}

func claimAt(base string) *claim { return &claim{base: base, lock: flock.New(base + lockEnd)} }

// hasAny tells whether a claim is to any of the texts. One that ends at this very
// moment is to none.
func (cl *claim) hasAny(hashes map[textHash]bool) bool {
	list, _ := os.ReadFile(cl.base + listEnd)
	for len(list) >= sha256.Size {
		if hashes[textHash(list[:sha256.Size])] {
			return true
		}
		list = list[sha256.Size:]
	}
	return false
}

// makeClaim makes a claim. The gate is locked.
func makeClaim(start string, hashes map[textHash]bool) (*claim, error) {
	mine := claimAt(start + rand.Text())
	if held, err := mine.lock.TryLock(); err != nil || !held {
		return nil, errors.Join(err, errLocked)
	}
	var list bytes.Buffer
	for hash := range hashes {
		list.Write(hash[:])
	}
	if err := os.WriteFile(mine.base+listEnd, list.Bytes(), 0o600); err != nil {
		mine.release()
		return nil, err
	}
	return mine, nil
}

var errLocked = errors.New("a new file is locked by somebody else")

// release gives a claim back and removes its files. That one of them stays does no
// harm.
func (cl *claim) release() {
	if cl == nil {
		return
	}
	_ = os.Remove(cl.base + listEnd)
	_ = cl.lock.Close()
	_ = os.Remove(cl.base + lockEnd)
}

func claimHashes(texts []string) map[textHash]bool {
	hashes := make(map[textHash]bool, len(texts))
	for _, text := range texts {
		hashes[hashOf(text)] = true
	}
	return hashes
}
