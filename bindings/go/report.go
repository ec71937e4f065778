package fedval

import (
	"encoding/json"
	"time"
)

// Report is the result for one domain, decoded from "fedval-report/1". The members are those of docs/schema; times are
// nil and texts "" where the document has null.
type Report struct {
	Domain       string            `json:"domain"`
	Side         string            `json:"side"`
	Profile      string            `json:"profile"`
	Scope        string            `json:"scope"`
	GatheredAt   *time.Time        `json:"gathered_at"`
	EvaluatedAt  *time.Time        `json:"evaluated_at"`
	Verdict      string            `json:"verdict"`      // "pass", "fail" or "indeterminate"
	Requirements map[string]string `json:"requirements"` // "R1" to "R8", and the verdict on each
	Required     []string          `json:"required"`
	ValidUntil   *time.Time        `json:"valid_until"`
	Endpoints    []Endpoint        `json:"endpoints"`
	Findings     []Finding         `json:"findings"`
	Actions      []Action          `json:"actions"`
	AfterActions string            `json:"after_actions"` // the verdict once the actions are carried out
	JudgedAgain  []string          `json:"judged_again"`
	Assumed      []string          `json:"assumed"`
	NotChecked   []string          `json:"not_checked"`

	document []byte
}

// Passed reports whether the verdict is "pass".
func (r *Report) Passed() bool { return r.Verdict == "pass" }

// JSON is the document as the C library wrote it, byte for byte. It must not be changed.
func (r *Report) JSON() []byte { return r.document }

// Endpoint is one SRV target and what was found at its addresses.
type Endpoint struct {
	Target    string    `json:"target"`
	Port      int       `json:"port"`
	Priority  *int      `json:"priority"`
	Weight    *int      `json:"weight"`
	TTL       *int      `json:"ttl"`
	Rank      string    `json:"rank"`
	SRVMatch  string    `json:"srv_match"`
	Addresses []Address `json:"addresses"`
}

// Address is one address of a target: the probe of it, and the certificate that it presented.
type Address struct {
	Address     string                `json:"address"`
	NotPublic   string                `json:"not_public"` // why it is not public; "": it is
	Probe       string                `json:"probe"`
	TLSVersion  string                `json:"tls_version"`
	Alert       *int                  `json:"alert"`
	Certificate *PresentedCertificate `json:"certificate"`
	NameMatch   string                `json:"name_match"`
	Trust       string                `json:"trust"`
	Paths       []Path                `json:"paths"`
}

// PresentedCertificate is a certificate as a report shows it.
type PresentedCertificate struct {
	Role       string     `json:"role"`
	Origin     string     `json:"origin"`
	Subject    string     `json:"subject"`
	CommonName string     `json:"common_name"`
	DNSNames   []string   `json:"dns_names"`
	NotBefore  *time.Time `json:"not_before"`
	NotAfter   *time.Time `json:"not_after"`
	SHA256     string     `json:"sha256"`
	Issuer     string     `json:"issuer"`
	Serial     string     `json:"serial"`
	KeyType    string     `json:"key_type"`
	KeyBits    *int       `json:"key_bits"`
}

// Path is one chain that was tried from the certificate to a root.
type Path struct {
	Accepted     bool      `json:"accepted"`
	Certificates []string  `json:"certificates"`
	Findings     []Finding `json:"findings"`
}

// Finding is one coded statement about the evidence.
type Finding struct {
	Code        string            `json:"code"`     // "srv-target-outside-domain"
	Severity    string            `json:"severity"` // "error", "indeterminate", "warning" or "note"
	Requirement string            `json:"requirement"`
	Breaks      []string          `json:"breaks"`      // "to-microsoft", "from-microsoft"
	BreaksAlso  []string          `json:"breaks_also"` // "presence", "call-back"
	Message     string            `json:"message"`
	Expected    string            `json:"expected"`
	Observed    string            `json:"observed"`
	Params      map[string]string `json:"params"`
	Source      string            `json:"source"`
	Remedy      string            `json:"remedy"`
}

// Action is one thing to change. Nothing of it is ever carried out here.
type Action struct {
	Side  string   `json:"side"`
	Op    string   `json:"op"`   // "add", "replace", "remove" or "keep"
	Kind  string   `json:"kind"` // "dns", "san", "trust", "partner" and others
	Owner string   `json:"owner"`
	Type  string   `json:"type"`
	TTL   *int     `json:"ttl"`
	Data  string   `json:"data"`
	Why   []string `json:"why"`
	Hurts string   `json:"hurts"` // whom it hurts, and how; "": nobody
}

// ChainResult is the result for one chain judged by itself, decoded from "fedval-chain/1".
type ChainResult struct {
	Verdict     string                `json:"verdict"`
	Profile     string                `json:"profile"`
	NameMatch   string                `json:"name_match"`
	Trust       string                `json:"trust"`
	ValidUntil  *time.Time            `json:"valid_until"`
	Certificate *PresentedCertificate `json:"certificate"`
	Paths       []Path                `json:"paths"`
	Findings    []Finding             `json:"findings"`

	document []byte
}

// Passed reports whether the verdict is "pass".
func (r *ChainResult) Passed() bool { return r.Verdict == "pass" }

// JSON is the document as the C library wrote it, byte for byte. It must not be changed.
func (r *ChainResult) JSON() []byte { return r.document }

// Diagnosis is what was read from logs, decoded from "fedval-diagnosis/1".
type Diagnosis struct {
	Diagnosis string     `json:"diagnosis"` // "nothing", "faults" or "undetermined"
	Calls     int        `json:"calls"`
	MendSide  string     `json:"mend_side"`
	Domains   []string   `json:"domains"`
	Incidents []Incident `json:"incidents"`

	document []byte
}

// JSON is the document as the C library wrote it, byte for byte. It must not be changed.
func (d *Diagnosis) JSON() []byte { return d.document }

// Incident is one thing that went wrong in a call, as one entry of a log has it.
type Incident struct {
	ID           int        `json:"id"`
	Source       string     `json:"source"`
	Line         int        `json:"line"`
	Time         *time.Time `json:"time"`
	Kind         string     `json:"kind"`
	CallID       string     `json:"call_id"`
	Direction    string     `json:"direction"`
	Domain       string     `json:"domain"`
	ReportedCode string     `json:"reported_code"`
	ReportedText string     `json:"reported_text"`
	Finding      string     `json:"finding"`
	Certainty    string     `json:"certainty"` // "stated", "inferred" or "undetermined"
	ExplainedBy  *int       `json:"explained_by"`
	Message      string     `json:"message"`
	Remedy       string     `json:"remedy"`
	MendSide     string     `json:"mend_side"`
	Letter       string     `json:"letter"` // what to write to the other side; "": nothing
	Verify       []string   `json:"verify"`
}

func decode(document []byte, into any) error {
	if err := json.Unmarshal(document, into); err != nil {
		return &Error{Status: ErrFormat, Message: err.Error(), Offset: -1}
	}
	return nil
}
