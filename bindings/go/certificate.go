package fedval

// #include <fedval/certificate.h>
// #include <fedval/name.h>
import "C"

import (
	"runtime"
	"time"
	"unsafe"
)

// Certificate is one decoded certificate. It never changes.
type Certificate struct {
	Subject            string     `json:"subject"`
	Issuer             string     `json:"issuer"`
	Serial             string     `json:"serial"`
	SHA256             string     `json:"sha256"` // of the whole certificate
	NotBefore          *time.Time `json:"not_before"`
	NotAfter           *time.Time `json:"not_after"`
	Names              []string   `json:"-"` // of the subjectAltName, "DNS:vcse.example.com"
	KeyType            string     `json:"key_type"`
	KeyBits            *int       `json:"key_bits"`
	SignatureAlgorithm string     `json:"signature_algorithm"`
	IsCA               bool       `json:"is_ca"`
	KeyPurposes        []string   `json:"key_purposes"`
	DER                []byte     `json:"-"`

	Version        int                    `json:"version"`          // 0: it cannot be read
	SubjectKeyID   string                 `json:"subject_key_id"`   // "": there is none
	AuthorityKeyID string                 `json:"authority_key_id"` // "": there is none
	PathLength     *int                   `json:"path_length"`      // pathLenConstraint
	KeyUsage       []string               `json:"key_usage"`        // nil: there is no such extension
	Extensions     []CertificateExtension `json:"extensions"`
	Defects        []CertificateDefect    `json:"defects"` // what is wrong with the encoding

	list     *certificateList
	c        *C.fedval_certificate
	document []byte
}

// CertificateExtension is an extension that a certificate has.
type CertificateExtension struct {
	OID      string `json:"oid"`
	Critical bool   `json:"critical"`
}

// CertificateDefect is a fault of the encoding.
type CertificateDefect struct {
	Text   string `json:"text"`
	Offset int    `json:"offset"` // in bytes from the start
}

type certificateList struct{ c *C.fedval_certificate_list }

// ParseCertificates reads every certificate of a file: PEM, DER, several DER in a row, PKCS #7, or one of the texts in
// UTF-16.
func ParseCertificates(file []byte) ([]*Certificate, error) {
	list, place := &certificateList{}, C.fedval_error_new()
	data, length := bytesOf(file)
	if err := failure(C.fedval_certificate_list_new(data, length, &list.c, place), place); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(list, func(l *certificateList) { C.fedval_certificate_list_free(l.c) })
	certificates := make([]*Certificate, C.fedval_certificate_list_count(list.c))
	for i := range certificates {
		certificate, err := readCertificate(list, C.fedval_certificate_list_get(list.c, C.size_t(i)))
		if err != nil {
			return nil, err
		}
		certificates[i] = certificate
	}
	return certificates, nil
}

func readCertificate(list *certificateList, c *C.fedval_certificate) (*Certificate, error) {
	var text *C.char
	var length C.size_t
	if err := status(C.fedval_certificate_to_json(c, &text, &length)); err != nil {
		return nil, err
	}
	certificate := &Certificate{list: list, c: c, document: take(text, length)}
	for i := C.size_t(0); i < C.fedval_certificate_count_sans(c); i++ {
		certificate.Names = append(certificate.Names, C.GoString(C.fedval_certificate_get_san_text(c, i)))
	}
	der := C.fedval_certificate_get_der(c, &length)
	certificate.DER = C.GoBytes(unsafe.Pointer(der), C.int(length))
	return certificate, decode(certificate.document, certificate)
}

// JSON is "fedval-certificate/1" as the C library wrote it, byte for byte. It must not be changed.
func (c *Certificate) JSON() []byte { return c.document }

// NameMatch says how the names of a certificate match a reference name, or do not.
type NameMatch uint32

// String gives the word of the report: "san", "wildcard-only".
func (m NameMatch) String() string {
	return word(C.fedval_name_match_to_string(C.uint32_t(m)), uint32(m))
}

// Accepted reports whether the certificate is accepted for the name.
func (m NameMatch) Accepted() bool { return C.fedval_name_match_is_accepted(C.uint32_t(m)) != 0 }

// Match compares the certificate with a host name as the Microsoft Edge does: no wildcard counts, and the Common Name only
// where there is no subjectAltName.
func (c *Certificate) Match(name string) (NameMatch, error) {
	defer runtime.KeepAlive(c.list)
	var match C.uint32_t
	text, length := textOf(name)
	err := status(C.fedval_certificate_match(c.c, text, length, C.FEDVAL_WILDCARD_NEVER, C.FEDVAL_CN_WITHOUT_SAN, 0, &match))
	return NameMatch(match), err
}

// MatchBatch is Match of many names in one call. names holds them all, one after the other: name i lies between offsets[i]
// and offsets[i+1]. The results go into matches; 0 for a name that is none.
func (c *Certificate) MatchBatch(names []byte, offsets []uint32, matches []NameMatch) error {
	defer runtime.KeepAlive(c.list)
	if len(offsets) != len(matches)+1 {
		return &Error{Status: ErrArgument, Message: "a batch of n names has n + 1 offsets", Offset: -1}
	}
	if len(matches) == 0 {
		return nil
	}
	text, length := bytesOf(names)
	return status(C.fedval_certificate_match_batch(c.c, (*C.char)(text), length,
		(*C.uint32_t)(unsafe.Pointer(&offsets[0])), C.size_t(len(matches)), C.FEDVAL_WILDCARD_NEVER,
		C.FEDVAL_CN_WITHOUT_SAN, 0, (*C.uint32_t)(unsafe.Pointer(&matches[0]))))
}
