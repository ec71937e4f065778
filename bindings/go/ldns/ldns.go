// Package ldns has resolvers for package fedval: one asks servers over the network, one reads a zone master file. It needs
// the C library libfedval-ldns.
package ldns

// #cgo pkg-config: libfedval libfedval-ldns
// #include <fedval/ldns.h>
// #include <stdlib.h>
import "C"

import (
	"fmt"
	"unsafe"

	"libfedval.example/fedval"
)

// NewResolver asks a server, "192.0.2.53", "192.0.2.53:5353" or "[2001:db8::53]:5353"; "" asks the system's resolvers.
func NewResolver(server string) (*fedval.Port, error) {
	var address *C.char
	if server != "" {
		address = C.CString(server)
		defer C.free(unsafe.Pointer(address))
	}
	place := fedval.NewPlace()
	var port *C.fedval_port
	code := C.fedval_ldns_resolver_new(address, C.size_t(len(server)), nil, &port, (*C.fedval_error)(place.Pointer()))
	if err := place.Failure(int32(code)); err != nil {
		return nil, err
	}
	return fedval.AdoptPort(unsafe.Pointer(port)), nil
}

// NewZone answers from a zone master file. name is what reports call it; origin is the origin at its start, "" where the
// file says it.
func NewZone(file []byte, name, origin string) (*fedval.Port, error) {
	text := C.CBytes(file)
	defer C.free(text)
	called, relative := C.CString(name), C.CString(origin)
	defer C.free(unsafe.Pointer(called))
	defer C.free(unsafe.Pointer(relative))
	start := relative
	if origin == "" {
		start = nil
	}
	place := fedval.NewPlace()
	var port *C.fedval_port
	code := C.fedval_ldns_zone_new((*C.char)(text), C.size_t(len(file)), called, C.size_t(len(name)), start,
		C.size_t(len(origin)), &port, (*C.fedval_error)(place.Pointer()))
	if err := place.Failure(int32(code)); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return fedval.AdoptPort(unsafe.Pointer(port)), nil
}
