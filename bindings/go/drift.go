package fedval

// #include <fedval/fedval.h>
import "C"

import "bytes"

// Diff is what has changed of a domain between two reports, decoded from "fedval-diff/1".
type Diff struct {
	Domain  string   `json:"domain"`
	Profile string   `json:"profile"` // whose rules judged the later report
	Change  string   `json:"change"`  // "none", "worse", "better" or "other"
	Changes []Change `json:"changes"` // the worse first

	// Line is the same for people, on one line.
	Line string `json:"-"`

	document []byte
}

// JSON is the document as the C library wrote it, byte for byte. It must not be changed.
func (d *Diff) JSON() []byte { return d.document }

// Change is one thing that changed.
type Change struct {
	What    string `json:"what"`    // "verdict", "requirement", "finding", "srv", "certificate" and others
	Effect  string `json:"effect"`  // "worse", "better" or "other"
	Place   string `json:"place"`   // "": the domain as a whole
	Role    string `json:"role"`    // of the certificate that changed, "server" or "client"; "": it is not about one
	Old     string `json:"old"`     // "": nothing was there
	New     string `json:"new"`     // "": nothing is there
	Renewal bool   `json:"renewal"` // a certificate was renewed, and nothing else of it changed
}

// CompareReports says what has changed between two reports on one domain, given as [Report.JSON] or as they were saved.
// TTLs, times and the order of records are no change. nil: there was no report; one of them must be there.
func CompareReports(before, now []byte) (*Diff, error) {
	old, err := newState(before)
	if err != nil {
		return nil, err
	}
	defer C.fedval_state_free(old)
	later, err := newState(now)
	if err != nil {
		return nil, err
	}
	defer C.fedval_state_free(later)
	var drift *C.fedval_drift
	if err := status(C.fedval_drift_new(old, later, &drift)); err != nil {
		return nil, because(err, ErrArgument, "one report at least has to be there, and both have to be of the same domain")
	}
	defer C.fedval_drift_free(drift)
	return readDiff(drift)
}

// newState gives nil for nil.
func newState(document []byte) (*C.fedval_state, error) {
	if document == nil {
		return nil, nil
	}
	var state *C.fedval_state
	place := C.fedval_error_new()
	text, length := bytesOf(document)
	err := failure(C.fedval_state_new_from_json((*C.char)(text), length, &state, place), place)
	return state, err
}

func readDiff(drift *C.fedval_drift) (*Diff, error) {
	var text *C.char
	var length C.size_t
	if err := status(C.fedval_drift_to_json(drift, &text, &length)); err != nil {
		return nil, err
	}
	diff := &Diff{document: take(text, length)}
	if err := status(C.fedval_drift_to_line(drift, &text, &length)); err != nil {
		return nil, err
	}
	diff.Line = string(bytes.TrimRight(take(text, length), "\n"))
	return diff, decode(diff.document, diff)
}
