// Package openssl has a signature verifier and a TLS prober on OpenSSL for package fedval. It needs the C library
// libfedval-openssl.
package openssl

// #cgo pkg-config: libfedval libfedval-openssl
// #include <fedval/openssl.h>
import "C"

import (
	"unsafe"

	"libfedval.example/fedval"
	"libfedval.example/fedval/internal/prober"
)

// NewVerifier checks signatures with OpenSSL.
func NewVerifier() (*fedval.Verifier, error) {
	var verifier *C.fedval_verifier
	if code := C.fedval_openssl_verifier_new(&verifier); code != C.FEDVAL_OK {
		return nil, fedval.Status(code)
	}
	return fedval.AdoptVerifier(unsafe.Pointer(verifier)), nil
}

// NewProber looks at servers: TCP, TLS with the server's name, the chain as sent. certificate and key, PEM, answer a
// request for a client certificate; both may be nil.
func NewProber(certificate, key []byte) (*fedval.Port, error) {
	return prober.Open(certificate, key, func(certificate, key prober.File, port, place unsafe.Pointer) int32 {
		return int32(C.fedval_openssl_prober_new(certificate.Data, C.size_t(certificate.Len), key.Data, C.size_t(key.Len), 0,
			(**C.fedval_port)(port), (*C.fedval_error)(place)))
	})
}
