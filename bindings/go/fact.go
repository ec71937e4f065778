package fedval

// #include <fedval/evidence.h>
import "C"

import (
	"fmt"
	"net/netip"
)

// Question is what a session asks of a [Resolver] or a [Prober].
type Question struct {
	Name string     // of a DNS question: no trailing dot
	Type RecordType // of a DNS question
	View int        // of a DNS question: which of several resolvers is asked, from 0

	Host    string // of a probe: for SNI
	Address string // of a probe
	Port    int    // of a probe
	Look    string // of a probe: what is to be offered, "any" for all
}

// IsProbe reports whether a server is to be looked at, and not DNS.
func (q Question) IsProbe() bool { return q.Type == 0 }

// String gives "SRV _sipfederationtls._tcp.example.com" or "192.0.2.1:5061 (vcse.example.com)".
func (q Question) String() string {
	if q.IsProbe() {
		return fmt.Sprintf("%s port %d (%s)", q.Address, q.Port, q.Host)
	}
	return q.Type.String() + " " + q.Name
}

func readQuestion(c *C.fedval_question) Question {
	if C.fedval_question_get_kind(c) == C.FEDVAL_QUESTION_DNS {
		return Question{Name: C.GoString(C.fedval_question_get_name(c)), Type: RecordType(C.fedval_question_get_type(c)),
			View: int(C.fedval_question_get_view(c))}
	}
	return Question{Host: C.GoString(C.fedval_question_get_host(c)), Address: C.GoString(C.fedval_question_get_address(c)),
		Port: int(C.fedval_question_get_port(c)),
		Look: C.GoString(C.fedval_look_to_string(C.fedval_question_get_look(c)))}
}

// Record is one record of an answer. Owner is the name that it stands at: where aliases were followed, the last of them.
type Record struct {
	Owner    string
	TTL      uint32
	Type     RecordType
	Address  netip.Addr // A, AAAA
	Priority uint16     // SRV
	Weight   uint16     // SRV
	Port     uint16     // SRV
	Target   string     // SRV, CNAME
}

// Source is who gives a fact.
type Source struct {
	Kind  SourceKind
	Place string // an address, a name or a file, by the kind
}

// Answer is what came of a DNS question. A resolver that could not ask says so with an outcome; it returns an error only
// for a fault of its own.
type Answer struct {
	Outcome Outcome // 0: OutcomeAnswer where there are records, else OutcomeNoData
	Records []Record
	Source  string   // who says so, in words of your own
	Sources []Source // who says so; in place of Source. The address of a resolver tells whether it is an inner one
	Detail  string   // one line for people
}

// Handshake is what came of looking at a server.
type Handshake struct {
	Outcome    Outcome  // 0: OutcomeHandshake
	Chain      [][]byte // DER as sent, the end-entity certificate first
	TLSVersion string   // "TLSv1.2"
	Cipher     string
	Alert      int      // of OutcomeAlert: its number; -1 or 0 otherwise
	Source     string   // who says so, in words of your own
	Sources    []Source // who says so; in place of Source
	Detail     string   // one line for people
}

// filler notes the first status that a setter returned.
type filler struct {
	fact   *C.fedval_fact
	status C.fedval_status
}

func (f *filler) did(status C.fedval_status) {
	if f.status == C.FEDVAL_OK {
		f.status = status
	}
}

func (f *filler) record(r Record) {
	owner, ownerLen := textOf(r.Owner)
	target, targetLen := textOf(r.Target)
	switch r.Type {
	case TypeSRV:
		f.did(C.fedval_fact_append_srv(f.fact, owner, ownerLen, C.uint32_t(r.TTL), C.uint16_t(r.Priority),
			C.uint16_t(r.Weight), C.uint16_t(r.Port), target, targetLen))
	case TypeCNAME:
		f.did(C.fedval_fact_append_cname(f.fact, owner, ownerLen, C.uint32_t(r.TTL), target, targetLen))
	default:
		address, addressLen := textOf(r.Address.String())
		f.did(C.fedval_fact_append_address(f.fact, owner, ownerLen, C.uint32_t(r.TTL), address, addressLen))
	}
}

func (f *filler) circumstances(outcome Outcome, source string, sources []Source, detail string) {
	f.did(C.fedval_fact_set_outcome(f.fact, C.uint32_t(outcome)))
	for _, each := range sources {
		place, length := textOf(each.Place)
		f.did(C.fedval_fact_append_source(f.fact, C.uint32_t(each.Kind), place, length))
	}
	if text, length := textOrNull(source); text != nil && len(sources) == 0 {
		f.did(C.fedval_fact_set_source(f.fact, text, length))
	}
	if text, length := textOrNull(detail); text != nil {
		f.did(C.fedval_fact_set_detail(f.fact, text, length))
	}
}

// timedOut is what came of a question whose time was up.
type timedOut struct{ detail string }

func (t timedOut) fill(fact *C.fedval_fact) error {
	f := &filler{fact: fact}
	f.circumstances(OutcomeTimeout, "", nil, t.detail)
	return status(f.status)
}

// fill writes the answer into the fact.
func (a Answer) fill(fact *C.fedval_fact) error {
	f := &filler{fact: fact}
	outcome := a.Outcome
	if outcome == 0 {
		outcome = OutcomeNoData
	}
	if a.Outcome == 0 && len(a.Records) > 0 {
		outcome = OutcomeAnswer
	}
	for _, record := range a.Records {
		f.record(record)
	}
	f.circumstances(outcome, a.Source, a.Sources, a.Detail)
	return status(f.status)
}

func (h Handshake) fill(fact *C.fedval_fact) error {
	f := &filler{fact: fact}
	outcome := h.Outcome
	if outcome == 0 {
		outcome = OutcomeHandshake
	}
	for _, der := range h.Chain {
		data, length := bytesOf(der)
		f.did(C.fedval_fact_append_certificate(fact, data, length))
	}
	version, versionLen := textOrNull(h.TLSVersion)
	cipher, cipherLen := textOrNull(h.Cipher)
	if version != nil || cipher != nil {
		f.did(C.fedval_fact_set_tls(fact, version, versionLen, cipher, cipherLen))
	}
	if outcome == OutcomeAlert && h.Alert >= 0 {
		f.did(C.fedval_fact_set_alert(fact, C.uint8_t(h.Alert)))
	}
	f.circumstances(outcome, h.Source, h.Sources, h.Detail)
	return status(f.status)
}
