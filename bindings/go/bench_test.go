package fedval_test

import (
	"fmt"
	"sort"
	"syscall"
	"testing"

	"libfedval.example/fedval"
	"libfedval.example/fedval/internal/bench"
)

// Each benchmark prints what Go and C take for the same work, in turns, in so many windows: go test -bench . -benchtime 300x

const windowCalls = 1000

// cpuTime is that of this process, in nanoseconds: what else the machine does counts little.
func cpuTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

// nanoseconds is the CPU time of one of the items of a call.
func nanoseconds(items int, work func()) float64 {
	begin := cpuTime()
	work()
	return float64(cpuTime()-begin) / float64(items)
}

// beside reports the medians over the windows, and the median of what Go takes over C.
func beside(b *testing.B, items int, inGo, inC func()) {
	goes, cs, over := make([]float64, b.N), make([]float64, b.N), make([]float64, b.N)
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		goes[i], cs[i] = nanoseconds(items, inGo), nanoseconds(items, inC)
		over[i] = goes[i] - cs[i]
	}
	for _, times := range [][]float64{goes, cs, over} {
		sort.Float64s(times)
	}
	median := b.N / 2
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(goes[median], "ns-in-Go")
	b.ReportMetric(cs[median], "ns-in-C")
	b.ReportMetric(over[median], "ns-over-C")
	b.ReportMetric(100*over[median]/cs[median], "%-over-C")
}

func BenchmarkMatchSRV(b *testing.B) {
	domain, target := "acano.steven.lab", "vcse.acano.steven.lab"
	beside(b, windowCalls, func() {
		for i := 0; i < windowCalls; i++ {
			fedval.MatchSRV(domain, target)
		}
	}, func() { bench.Match(windowCalls, []byte(domain), []byte(target)) })
}

func BenchmarkMatchSRVBatch(b *testing.B) {
	const pairs, batches = 1000, 100
	var names []byte
	offsets := []uint32{0}
	for i := 0; i < pairs; i++ {
		for _, name := range []string{"acano.steven.lab", fmt.Sprintf("vcse%d.acano.steven.lab", i)} {
			names = append(names, name...)
			offsets = append(offsets, uint32(len(names)))
		}
	}
	matches, codes := make([]fedval.SRVMatch, pairs), make([]uint32, pairs)
	beside(b, pairs*batches, func() {
		for i := 0; i < batches; i++ {
			if err := fedval.MatchSRVBatch(names, offsets, matches); err != nil {
				b.Fatal(err)
			}
		}
	}, func() {
		if !bench.Batch(batches, names, offsets, codes) {
			b.Fatal("refused")
		}
	})
}
