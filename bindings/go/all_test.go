//go:build go1.23

package fedval_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"libfedval.example/fedval"
)

func TestAllDomainsOfAnIterator(t *testing.T) {
	checker, _ := newChecker(t, time.Minute)
	seen := map[string]bool{}
	for domain, result := range checker.All(context.Background(), slices.Values([]string{"a.example", "a b", "b.example"})) {
		seen[domain] = result.Err == nil && result.Report.Requirements["R2"] == "pass"
		if domain == "a b" && !errors.Is(result.Err, fedval.ErrSyntax) {
			t.Error(result.Err)
		}
	}
	if len(seen) != 3 || !seen["a.example"] || seen["a b"] || !seen["b.example"] {
		t.Error(seen)
	}
}

func TestAnIteratorThatIsLeftEarlyIsStopped(t *testing.T) {
	checker, _ := newChecker(t, time.Minute)
	stopped := false
	endless := func(yield func(string) bool) {
		for yield("a.example") {
		}
		stopped = true
	}
	count := 0
	for range checker.All(context.Background(), endless) {
		if count++; count == 10 {
			break
		}
	}
	if count != 10 || !stopped {
		t.Error(count, stopped)
	}
}

func TestTheEndOfAContextIsTheLastResult(t *testing.T) {
	checker, _ := newChecker(t, time.Hour)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	for domain, result := range checker.All(ctx, slices.Values([]string{"a.example", "waits.example"})) {
		if last = result.Err; domain == "a.example" {
			cancel()
		}
	}
	if !errors.Is(last, context.Canceled) {
		t.Error(last)
	}
}
