// Package mbedtls has a signature verifier and a TLS prober on mbedTLS for package fedval. It needs the C library
// libfedval-mbedtls.
package mbedtls

// #cgo pkg-config: libfedval libfedval-mbedtls
// #include <fedval/mbedtls.h>
import "C"

import (
	"unsafe"

	"libfedval.example/fedval"
	"libfedval.example/fedval/internal/prober"
)

// NewVerifier checks signatures with mbedTLS.
func NewVerifier() (*fedval.Verifier, error) {
	var verifier *C.fedval_verifier
	if code := C.fedval_mbedtls_verifier_new(&verifier); code != C.FEDVAL_OK {
		return nil, fedval.Status(code)
	}
	return fedval.AdoptVerifier(unsafe.Pointer(verifier)), nil
}

// NewProber looks at servers: TCP, TLS with the server's name, the chain as sent. certificate and key, PEM, answer a
// request for a client certificate; both may be nil.
func NewProber(certificate, key []byte) (*fedval.Port, error) {
	return prober.Open(certificate, key, func(certificate, key prober.File, port, place unsafe.Pointer) int32 {
		return int32(C.fedval_mbedtls_prober_new(certificate.Data, C.size_t(certificate.Len), key.Data, C.size_t(key.Len),
			(**C.fedval_port)(port), (*C.fedval_error)(place)))
	})
}
