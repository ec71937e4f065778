package fedval

// #include <fedval/name.h>
import "C"

import "unsafe"

// SRVMatch says how the target of an SRV record relates to the domain that it serves.
type SRVMatch uint32

// The Microsoft Edge accepts the first alone: exactly one label under the domain.
const (
	SRVMatches            SRVMatch = C.FEDVAL_SRV_MATCH_MATCH
	SRVDeeper             SRVMatch = C.FEDVAL_SRV_MATCH_DEEPER
	SRVParentOrSibling    SRVMatch = C.FEDVAL_SRV_MATCH_PARENT_OR_SIBLING
	SRVApex               SRVMatch = C.FEDVAL_SRV_MATCH_APEX
	SRVOtherDomain        SRVMatch = C.FEDVAL_SRV_MATCH_OTHER_DOMAIN
	SRVNotOffered         SRVMatch = C.FEDVAL_SRV_MATCH_NOT_OFFERED
	SRVNotAHostName       SRVMatch = C.FEDVAL_SRV_MATCH_NOT_A_HOST_NAME
	SRVDomainNotAHostName SRVMatch = C.FEDVAL_SRV_MATCH_DOMAIN_NOT_A_HOST_NAME
)

// String gives the word of the report: "parent-or-sibling".
func (m SRVMatch) String() string {
	return word(C.fedval_srv_match_to_string(C.uint32_t(m)), uint32(m))
}

// MatchSRV says how target relates to domain. ASCII case and one trailing dot do not matter.
func MatchSRV(domain, target string) SRVMatch {
	d, dLen := textOf(domain)
	t, tLen := textOf(target)
	return SRVMatch(C.fedval_srv_match(d, dLen, t, tLen))
}

// MatchSRVBatch is MatchSRV of many pairs in one call. names holds them all, one after the other: the domain of pair i
// lies between offsets[2i] and offsets[2i+1], its target between offsets[2i+1] and offsets[2i+2]. The results go into
// matches, one a pair.
func MatchSRVBatch(names []byte, offsets []uint32, matches []SRVMatch) error {
	if len(offsets) != 2*len(matches)+1 {
		return &Error{Status: ErrArgument, Message: "a batch of n pairs has 2n + 1 offsets", Offset: -1}
	}
	if len(matches) == 0 {
		return nil
	}
	text, length := bytesOf(names)
	return status(C.fedval_srv_match_batch((*C.char)(text), length, (*C.uint32_t)(unsafe.Pointer(&offsets[0])),
		C.size_t(len(matches)), (*C.uint32_t)(unsafe.Pointer(&matches[0]))))
}

// NormaliseName brings a domain or host name into the form in which names are compared: lower-case A-labels without the
// trailing dot.
func NormaliseName(name string) (string, error) {
	var out [C.FEDVAL_NAME_SIZE]C.char
	var fault C.uint32_t
	text, length := textOf(name)
	if code := C.fedval_name_normalise(text, length, &out[0], C.FEDVAL_NAME_SIZE, nil, &fault); code != C.FEDVAL_OK {
		err := &Error{Status: Status(code), Offset: -1}
		if said := C.fedval_name_fault_to_string(fault); code == C.FEDVAL_ERROR_SYNTAX && said != nil {
			err.Message = "not a name: " + C.GoString(said)
		}
		return "", err
	}
	return C.GoString(&out[0]), nil
}
