// Package prober has what the packages share that bring a prober of the C libraries.
package prober

// #include <stdlib.h>
import "C"

import (
	"unsafe"

	"libfedval.example/fedval"
)

// File is a file in memory of C: nil and 0 where none was given.
type File struct {
	Data unsafe.Pointer
	Len  uintptr
}

// Open lends the certificate and the key that answer a request for one, as a call of C wants them, and takes over the
// port that the call makes. open gives the status; port points to a fedval_port *, place is a fedval_error.
func Open(certificate, key []byte, open func(certificate, key File, port, place unsafe.Pointer) int32) (*fedval.Port, error) {
	lent, secret := given(certificate), given(key)
	defer C.free(lent.Data)
	defer C.free(secret.Data)
	port := (*unsafe.Pointer)(C.calloc(1, C.size_t(unsafe.Sizeof(uintptr(0)))))
	if port == nil {
		return nil, fedval.ErrNoMemory
	}
	defer C.free(unsafe.Pointer(port))
	place := fedval.NewPlace()
	if err := place.Failure(open(lent, secret, unsafe.Pointer(port), place.Pointer())); err != nil {
		return nil, err
	}
	return fedval.AdoptPort(*port), nil
}

func given(file []byte) File {
	if len(file) == 0 {
		return File{}
	}
	return File{C.CBytes(file), uintptr(len(file))}
}
