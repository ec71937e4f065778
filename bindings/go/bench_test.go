package fedval_test

import (
	"fmt"
	"testing"

	"libfedval.example/fedval"
)

// One call a name, and one call a thousand: what the way through cgo costs.
func BenchmarkMatchSRV(b *testing.B) {
	for i := 0; i < b.N; i++ {
		fedval.MatchSRV("acano.steven.lab", "vcse.acano.steven.lab")
	}
}

func BenchmarkMatchSRVBatch(b *testing.B) {
	const pairs = 1000
	var names []byte
	offsets := []uint32{0}
	for i := 0; i < pairs; i++ {
		for _, name := range []string{"acano.steven.lab", fmt.Sprintf("vcse%d.acano.steven.lab", i)} {
			names = append(names, name...)
			offsets = append(offsets, uint32(len(names)))
		}
	}
	matches := make([]fedval.SRVMatch, pairs)
	b.ResetTimer()
	for i := 0; i < b.N; i += pairs {
		if err := fedval.MatchSRVBatch(names, offsets, matches); err != nil {
			b.Fatal(err)
		}
	}
}
