package fedval

// #include <fedval/fedval.h>
import "C"

import "fmt"

// word is the word of a code, or its number where it has none.
func word(text *C.char, code uint32) string {
	if text == nil {
		return fmt.Sprintf("code %d", code)
	}
	return C.GoString(text)
}

// Profile is the verifier whose rules judge.
type Profile uint32

// The profiles.
const (
	MicrosoftEdge  Profile = C.FEDVAL_PROFILE_MICROSOFT_EDGE
	Office365      Profile = C.FEDVAL_PROFILE_OFFICE365
	Expressway     Profile = C.FEDVAL_PROFILE_EXPRESSWAY
	MicrosoftTrunk Profile = C.FEDVAL_PROFILE_MICROSOFT_TRUNK
	RFC5922SIP     Profile = C.FEDVAL_PROFILE_RFC5922_SIP
	WebPKI         Profile = C.FEDVAL_PROFILE_WEBPKI
)

// String gives the word of the profile: "microsoft-edge".
func (p Profile) String() string { return word(C.fedval_profile_to_string(C.uint32_t(p)), uint32(p)) }

// AnchorClass says whose trust a root stands for.
type AnchorClass uint32

// Public roots are trusted by everybody, private ones by whoever has imported them.
const (
	Public  AnchorClass = C.FEDVAL_ANCHOR_PUBLIC
	Private AnchorClass = C.FEDVAL_ANCHOR_PRIVATE
)

// Purpose is what a certificate is judged for.
type Purpose uint32

// The purposes.
const (
	AnyPurpose    Purpose = C.FEDVAL_PURPOSE_ANY
	ServerPurpose Purpose = C.FEDVAL_PURPOSE_SERVER
	ClientPurpose Purpose = C.FEDVAL_PURPOSE_CLIENT
)

// RecordType is a type of DNS record that the library asks for.
type RecordType uint32

// The record types.
const (
	TypeA     RecordType = C.FEDVAL_TYPE_A
	TypeAAAA  RecordType = C.FEDVAL_TYPE_AAAA
	TypeSRV   RecordType = C.FEDVAL_TYPE_SRV
	TypeCNAME RecordType = C.FEDVAL_TYPE_CNAME
)

// String gives "SRV".
func (t RecordType) String() string { return word(C.fedval_type_to_string(C.uint32_t(t)), uint32(t)) }

// Outcome says how a question was answered.
type Outcome uint32

// The outcomes of DNS questions, then those of probes. Local is a lack on this side, and never a fact about the peer.
const (
	OutcomeAnswer          Outcome = C.FEDVAL_OUTCOME_ANSWER
	OutcomeNoData          Outcome = C.FEDVAL_OUTCOME_NODATA
	OutcomeNXDomain        Outcome = C.FEDVAL_OUTCOME_NXDOMAIN
	OutcomeServFail        Outcome = C.FEDVAL_OUTCOME_SERVFAIL
	OutcomeRefused         Outcome = C.FEDVAL_OUTCOME_REFUSED
	OutcomeTimeout         Outcome = C.FEDVAL_OUTCOME_TIMEOUT
	OutcomeMalformed       Outcome = C.FEDVAL_OUTCOME_MALFORMED
	OutcomeUnreachable     Outcome = C.FEDVAL_OUTCOME_UNREACHABLE
	OutcomeLocal           Outcome = C.FEDVAL_OUTCOME_LOCAL
	OutcomeHandshake       Outcome = C.FEDVAL_OUTCOME_HANDSHAKE
	OutcomeReset           Outcome = C.FEDVAL_OUTCOME_RESET
	OutcomeClosed          Outcome = C.FEDVAL_OUTCOME_CLOSED
	OutcomeNotTLS          Outcome = C.FEDVAL_OUTCOME_NOT_TLS
	OutcomeAlert           Outcome = C.FEDVAL_OUTCOME_ALERT
	OutcomeNoCommonVersion Outcome = C.FEDVAL_OUTCOME_NO_COMMON_VERSION
	OutcomeUnsupported     Outcome = C.FEDVAL_OUTCOME_UNSUPPORTED
	OutcomeNotProbed       Outcome = C.FEDVAL_OUTCOME_NOT_PROBED
	OutcomeStalled         Outcome = C.FEDVAL_OUTCOME_STALLED
	OutcomeViolation       Outcome = C.FEDVAL_OUTCOME_VIOLATION
	OutcomeNotAnswered     Outcome = C.FEDVAL_OUTCOME_NOT_ANSWERED
	OutcomeAliasCircle     Outcome = C.FEDVAL_OUTCOME_ALIAS_CIRCLE
	OutcomeFiltered        Outcome = C.FEDVAL_OUTCOME_FILTERED
)

// String gives the word of the evidence: "nxdomain".
func (o Outcome) String() string { return word(C.fedval_outcome_to_string(C.uint32_t(o)), uint32(o)) }

// SourceKind says what gives a fact.
type SourceKind uint32

// The kinds of sources. The place of a resolver is its address, with or without a port; that of a zone or file its name.
const (
	SourceOther          SourceKind = C.FEDVAL_SOURCE_OTHER
	SourceResolver       SourceKind = C.FEDVAL_SOURCE_RESOLVER
	SourceSystemResolver SourceKind = C.FEDVAL_SOURCE_SYSTEM_RESOLVER
	SourceNameServer     SourceKind = C.FEDVAL_SOURCE_NAME_SERVER
	SourceZone           SourceKind = C.FEDVAL_SOURCE_ZONE
	SourceFile           SourceKind = C.FEDVAL_SOURCE_FILE
	SourceLog            SourceKind = C.FEDVAL_SOURCE_LOG
)

// String gives the word of the evidence: "resolver".
func (k SourceKind) String() string { return word(C.fedval_source_to_string(C.uint32_t(k)), uint32(k)) }
