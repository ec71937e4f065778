package fedval

// #include <fedval/evidence.h>
import "C"

import (
	"runtime"
	"time"
)

// Evidence is all that is known of one domain, with the time at which it was gathered. It never changes.
type Evidence struct{ c *C.fedval_evidence }

func ownEvidence(c *C.fedval_evidence) *Evidence {
	e := &Evidence{c}
	runtime.SetFinalizer(e, func(e *Evidence) { C.fedval_evidence_free(e.c) })
	return e
}

// ParseEvidence reads a "fedval-evidence/1" document. An [Error] has the line and column of a fault.
func ParseEvidence(document []byte) (*Evidence, error) {
	var c *C.fedval_evidence
	place := C.fedval_error_new()
	text, length := bytesOf(document)
	if err := failure(C.fedval_evidence_new_from_json((*C.char)(text), length, &c, place), place); err != nil {
		return nil, err
	}
	return ownEvidence(c), nil
}

// Domain is the domain that it is about, as A-labels.
func (e *Evidence) Domain() string {
	defer runtime.KeepAlive(e)
	return C.GoString(C.fedval_evidence_get_domain(e.c))
}

// Time is when it was gathered; the zero time where it does not say.
func (e *Evidence) Time() time.Time {
	defer runtime.KeepAlive(e)
	seconds := C.fedval_evidence_get_time(e.c)
	if seconds == C.FEDVAL_TIME_UNKNOWN {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0).UTC()
}

// Facts counts the questions that were answered.
func (e *Evidence) Facts() int {
	defer runtime.KeepAlive(e)
	return int(C.fedval_evidence_count_facts(e.c))
}

// JSON writes "fedval-evidence/1": to save, and to judge again another day.
func (e *Evidence) JSON() ([]byte, error) {
	defer runtime.KeepAlive(e)
	var text *C.char
	var length C.size_t
	if err := status(C.fedval_evidence_to_json(e.c, &text, &length)); err != nil {
		return nil, err
	}
	return take(text, length), nil
}
