// libfedval from Go by cgo: evidence in, report out; and a batch of SRV matches.
package main

/*
#cgo LDFLAGS: -lfedval
#include <fedval/evaluate.h>
#include <fedval/name.h>
*/
import "C"

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"unsafe"
)

// Report holds the members of "fedval-report/1" that are printed here.
type Report struct {
	Verdict  string
	Findings []struct{ Code, Severity string }
}

// Pair is an SRV record's target and the domain it serves.
type Pair struct{ Domain, Target string }

var pairs = []Pair{
	{"example.com", "expe.example.com"},
	{"example.com", "expe.sub.example.com"},
	{"acano.steven.lab", "vcse.steven.lab"},
	{"example.com", "example.com"},
	{"example.com", "."},
}

// evaluate judges evidence (JSON) by the default policy.
func evaluate(evidence []byte) (*Report, error) {
	var text *C.char
	var length C.size_t
	if len(evidence) == 0 {
		return nil, errors.New("no evidence")
	}
	fault := C.fedval_error_new()
	defer C.fedval_error_free(fault)
	status := C.fedval_evaluate_json(nil, (*C.char)(unsafe.Pointer(&evidence[0])), C.size_t(len(evidence)),
		nil, 0, &text, &length, fault)
	if status != 0 {
		return nil, fmt.Errorf("%s, line %d: %s", C.GoString(C.fedval_status_to_string(status)),
			uint32(C.fedval_error_get_line(fault)), C.GoString(C.fedval_error_get_message(fault)))
	}
	defer C.fedval_text_free(text)
	report := new(Report)
	return report, json.Unmarshal(C.GoBytes(unsafe.Pointer(text), C.int(length)), report)
}

// match says how each target stands to its domain: one call for all pairs.
func match(pairs []Pair) ([]string, error) {
	var packed []byte
	offsets := []C.uint32_t{0}
	for _, pair := range pairs {
		for _, name := range []string{pair.Domain, pair.Target} {
			packed = append(packed, name...)
			offsets = append(offsets, C.uint32_t(len(packed)))
		}
	}
	if len(packed) == 0 {
		return nil, nil
	}
	codes := make([]C.uint32_t, len(pairs))
	if C.fedval_srv_match_batch((*C.char)(unsafe.Pointer(&packed[0])), C.size_t(len(packed)), &offsets[0],
		C.size_t(len(pairs)), &codes[0]) != 0 {
		return nil, errors.New("offsets do not fit the text")
	}
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = C.GoString(C.fedval_srv_match_to_string(code))
	}
	return words, nil
}

func run(path string) error {
	evidence, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	report, err := evaluate(evidence)
	if err != nil {
		return err
	}
	fmt.Println("verdict", report.Verdict)
	for _, finding := range report.Findings {
		fmt.Println("finding", finding.Severity, finding.Code)
	}
	words, err := match(pairs)
	for i, word := range words {
		fmt.Println("match", pairs[i].Domain, pairs[i].Target, word)
	}
	return err
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: ffi EVIDENCE.json")
		os.Exit(64)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(65)
	}
}
