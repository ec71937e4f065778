package fedval

// #include <fedval/status.h>
import "C"

import "unsafe"

// Place is where a call of C says more of its failure. It is for packages that bring a resolver or a prober: they lend it
// to one call, and ask it what the status of the call means.
type Place struct{ c *C.fedval_error }

// NewPlace makes one, which Failure frees.
func NewPlace() *Place { return &Place{C.fedval_error_new()} }

// Pointer is the fedval_error; nil where memory was short, which every call takes.
func (p *Place) Pointer() unsafe.Pointer { return unsafe.Pointer(p.c) }

// Failure makes the error of a status; nil for success. It frees the place.
func (p *Place) Failure(status int32) error {
	c := p.c
	p.c = nil
	return failure(C.fedval_status(status), c)
}
