// Package bench does in C what the benchmarks of package fedval do in Go: each function is one call of cgo, with its loop in C.
package bench

// #cgo pkg-config: libfedval
// #include <fedval/name.h>
// #include <stdlib.h>
//
// static uint32_t match_often(size_t times, const char *domain, size_t domain_len, const char *target, size_t target_len)
// {
//     uint32_t sum = 0;
//     for (size_t i = 0; i < times; i++) {
//         sum += fedval_srv_match(domain, domain_len, target, target_len);
//     }
//     return sum;
// }
//
// static fedval_status match_batches(size_t times, const char *names, size_t names_len, const uint32_t *offsets,
//                                    size_t num_pairs, uint32_t *matches)
// {
//     fedval_status status = FEDVAL_OK;
//     for (size_t i = 0; i < times && status == FEDVAL_OK; i++) {
//         status = fedval_srv_match_batch(names, names_len, offsets, num_pairs, matches);
//     }
//     return status;
// }
import "C"

import "unsafe"

// Match compares one pair so many times.
func Match(times int, domain, target []byte) {
	C.match_often(C.size_t(times), (*C.char)(unsafe.Pointer(&domain[0])), C.size_t(len(domain)),
		(*C.char)(unsafe.Pointer(&target[0])), C.size_t(len(target)))
}

// Batch compares the pairs of a batch so many times; it reports whether that went well.
func Batch(times int, names []byte, offsets, matches []uint32) bool {
	return C.match_batches(C.size_t(times), (*C.char)(unsafe.Pointer(&names[0])), C.size_t(len(names)),
		(*C.uint32_t)(unsafe.Pointer(&offsets[0])), C.size_t(len(matches)),
		(*C.uint32_t)(unsafe.Pointer(&matches[0]))) == C.FEDVAL_OK
}
