//go:build go1.23

package fedval

import (
	"context"
	"iter"
)

// All checks domains, many at once, and gives each result as it comes. When ctx ends, the last result holds its error and no
// domain.
func (c *Checker) All(ctx context.Context, domains iter.Seq[string]) iter.Seq2[string, Result] {
	return func(yield func(string, Result) bool) {
		next, stop := iter.Pull(domains)
		defer stop()
		going := true
		err := c.Each(ctx, next, func(result Result) bool {
			going = yield(result.Domain, result)
			return going
		})
		if err != nil && going {
			yield("", Result{Err: err})
		}
	}
}
