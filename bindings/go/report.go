package fedval

import (
	"encoding/json"
	"time"
)

// Report is the result for one domain, decoded from "fedval-report/1". The members are those of docs/schema; times are
// nil and texts "" where the document has null.
type Report struct {
	Domain       string            `json:"domain"`
	DomainGiven  string            `json:"domain_given"` // as it was asked for: "münchen.example"
	Side         string            `json:"side"`
	SideInferred bool              `json:"side_inferred"`
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
	Remaining    []string          `json:"remaining"`  // the findings that keep AfterActions from being a pass
	OpenAfter    []string          `json:"open_after"` // the requirements that are still to be judged then
	NotChecked   []string          `json:"not_checked"`
	// NotCheckedHints says what would look, for those of NotChecked where something would.
	NotCheckedHints map[string]string `json:"not_checked_hints"`

	DNSSource string        `json:"dns_source"`
	Anchors   AnchorsByKind `json:"anchors"`
	SRV       SRV           `json:"srv"`
	Client    *Client       `json:"client"` // what is presented when calling; nil: it was not observed
	// Policy is the "fedval-policy/1" that judged, for ParsePolicy.
	Policy             json.RawMessage `json:"policy"`
	PartnerAlternative string          `json:"partner_alternative"`
	NeedsTogether      bool            `json:"needs_together"` // the new SRV record asks for a name that no certificate holds
	WaitS              int             `json:"wait_s"`         // for how long caches may hold what the actions change
	WaitIsLeast        bool            `json:"wait_is_least"`  // WaitS was left of a TTL in one cache: others may hold it longer
	// BothDomainsNeedRecords: the domain of the other side needs its own records too.
	// OwnerLetter says that there is something to write to whoever runs the domain, if that is the partner.
	OwnerLetter bool `json:"owner_letter"`
	// PrivateRoot is the subject of the private root that a server's path ends at, which the partner has to trust; "": none.
	PrivateRoot            string `json:"private_root"`
	BothDomainsNeedRecords bool   `json:"both_domains_need_records"`
	PassOf                 string `json:"pass_of"`           // what alone passed, "DNS and certificates"; "": all that was to be judged
	FindingsLeftOut        int    `json:"findings_left_out"` // beyond the limit of the policy

	document []byte
}

// Passed reports whether the verdict is "pass".
func (r *Report) Passed() bool { return r.Verdict == "pass" }

// JSON is the document as the C library wrote it, byte for byte. It must not be changed.
func (r *Report) JSON() []byte { return r.document }

// AnchorsByKind are the roots that counted.
type AnchorsByKind struct {
	Public  AnchorCount `json:"public"`
	Private AnchorCount `json:"private"`
}

// AnchorCount counts the roots of one class.
type AnchorCount struct {
	Count  int    `json:"count"`
	SHA256 string `json:"sha256"` // over their sorted digests
}

// SRV is the question for the SRV records of the domain.
type SRV struct {
	Owner  string `json:"owner"` // "": SRV is not consulted
	Lookup string `json:"lookup"`
	Step   Step   `json:"step"`
}

// Step says how a step on the way to the server stands.
type Step struct {
	Mark    string `json:"mark"`    // "sound", "warning", "open", "broken", "not-judged" or "not-asked"
	Finding *int   `json:"finding"` // index of the finding that decides
}

// Client is what is presented when calling.
type Client struct {
	Certificate *PresentedCertificate `json:"certificate"`
	NameMatch   string                `json:"name_match"`
	Trust       string                `json:"trust"`
	Paths       []Path                `json:"paths"`
	Steps       ClientSteps           `json:"steps"`
}

// ClientSteps are the steps of judging a client certificate.
type ClientSteps struct {
	Name  Step `json:"name"`
	Chain Step `json:"chain"`
}

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

	IsProvider    bool          `json:"is_provider"`
	FromPolicy    bool          `json:"from_policy"`
	AddressLookup string        `json:"address_lookup"`
	Steps         EndpointSteps `json:"steps"`
}

// EndpointSteps are the steps up to the addresses of a target.
type EndpointSteps struct {
	SRV    Step `json:"srv"`
	Lookup Step `json:"lookup"`
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
	ProbeSource string                `json:"probe_source"`
	Allowed     bool                  `json:"allowed"` // not public, and the policy lets such addresses pass
	Steps       AddressSteps          `json:"steps"`
}

// AddressSteps are the steps from an address to the chain that it presents.
type AddressSteps struct {
	Address Step `json:"address"`
	TLS     Step `json:"tls"`
	Name    Step `json:"name"`
	Chain   Step `json:"chain"`
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
	// KeyPurposes are the OIDs of the extended key usage; empty: it may be used for anything; nil: it cannot be read.
	KeyPurposes     []string `json:"key_purposes"`
	DNSNamesLeftOut int      `json:"dns_names_left_out"` // beyond the first 1,000
}

// Path is one chain that was tried from the certificate to a root.
type Path struct {
	Accepted     bool      `json:"accepted"`
	Certificates []string  `json:"certificates"`
	Findings     []Finding `json:"findings"`

	Rungs           []Rung `json:"rungs"`             // the same certificates, in full
	FindingsLeftOut int    `json:"findings_left_out"` // beyond the limit of the policy
}

// Rung is a certificate of a path.
type Rung struct {
	Subject     string     `json:"subject"`
	CommonName  string     `json:"common_name"`
	NotBefore   *time.Time `json:"not_before"`
	NotAfter    *time.Time `json:"not_after"`
	SHA256      string     `json:"sha256"`
	Issuer      string     `json:"issuer"`
	Serial      string     `json:"serial"`
	KeyType     string     `json:"key_type"`
	KeyBits     *int       `json:"key_bits"`
	KeyPurposes []string   `json:"key_purposes"` // OIDs; empty: it may be used for anything; nil: it cannot be read
	Revocation  string     `json:"revocation"`   // "not-asked", "not-checked", "good" or "revoked"
	Mark        string     `json:"mark"`         // the worst that the path finds of it: "sound", "broken" ...
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

	Purpose      string          `json:"purpose"`
	Source       string          `json:"source"`
	Name         string          `json:"name"` // "": names were not looked at
	EvaluatedAt  *time.Time      `json:"evaluated_at"`
	Anchors      AnchorsByKind   `json:"anchors"`
	PathsDropped int             `json:"paths_dropped"` // tried beyond those told
	Policy       json.RawMessage `json:"policy"`        // the "fedval-policy/1" that judged
	// FindingsLeftOut counts those beyond the limit of the policy.
	FindingsLeftOut int `json:"findings_left_out"`

	document []byte
}

// Passed reports whether the verdict is "pass".
func (r *ChainResult) Passed() bool { return r.Verdict == "pass" }

// JSON is the document as the C library wrote it, byte for byte. It must not be changed.
func (r *ChainResult) JSON() []byte { return r.document }

func decode(document []byte, into any) error {
	if err := json.Unmarshal(document, into); err != nil {
		return &Error{Status: ErrFormat, Message: err.Error(), Offset: -1}
	}
	return nil
}
