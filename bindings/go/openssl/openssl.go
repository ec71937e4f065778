// Package openssl has a signature verifier and a TLS prober on OpenSSL for package fedval. It needs the C library
// libfedval-openssl.
package openssl

// #cgo pkg-config: libfedval libfedval-openssl
// #include <fedval/openssl.h>
// #include <stdlib.h>
import "C"

import (
	"unsafe"

	"libfedval.example/fedval"
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
	place := C.fedval_error_new()
	defer C.fedval_error_free(place)
	cert, secret := given(certificate), given(key)
	defer C.free(cert)
	defer C.free(secret)
	var port *C.fedval_port
	code := C.fedval_openssl_prober_new(cert, C.size_t(len(certificate)), secret, C.size_t(len(key)), 0, &port, place)
	if code != C.FEDVAL_OK {
		return nil, &fedval.Error{Status: fedval.Status(code), Message: C.GoString(C.fedval_error_get_message(place)),
			Offset: -1}
	}
	return fedval.AdoptPort(unsafe.Pointer(port)), nil
}

// given copies a file to memory of C; nil where there is none.
func given(file []byte) unsafe.Pointer {
	if len(file) == 0 {
		return nil
	}
	return C.CBytes(file)
}
