package fedval

import "time"

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

	Where           Where     `json:"where"`
	Symptoms        []Symptom `json:"symptoms"`
	Rung            *int      `json:"rung"`              // in a path only: the certificate at fault, from 0; nil: the whole path
	Fault           string    `json:"fault"`             // of srv-standby-faulty: the code of what is wrong with it
	MendedByActions bool      `json:"mended_by_actions"` // one of the actions takes it away
	// Acceptance says whether the policy accepts the finding; nil: it does not.
	Acceptance *Acceptance `json:"acceptance"`
}

// Where says what a finding is about. What does not apply is "", 0 or nil.
type Where struct {
	Target      string `json:"target"`
	Address     string `json:"address"`
	Port        int    `json:"port"`
	Certificate string `json:"certificate"`
	// CertificateSHA256 tells certificates of one name apart.
	CertificateSHA256 string `json:"certificate_sha256"`
	Role              string `json:"role"`             // of the certificate: "server" or "client"
	Endpoint          *int   `json:"endpoint"`         // index in Report.Endpoints
	EndpointAddress   *int   `json:"endpoint_address"` // index in Endpoint.Addresses
}

// Symptom is how a finding shows itself to those who call.
type Symptom struct {
	SeenBy    string `json:"seen_by"` // "edge", "client" or "expressway"
	Direction string `json:"direction"`
	Code      string `json:"code"` // "": it shows itself without a code
	Name      string `json:"name"` // the symbol of the code; "": it has none
	Text      string `json:"text"`
}

// Acceptance is of a finding that somebody lives with.
type Acceptance struct {
	State string     `json:"state"` // "accepted": it does not count for the verdict; "expired": it counts again
	Until *time.Time `json:"until"` // nil: without an end
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

	TTLFrom       string `json:"ttl_from"`       // "cache" or "zone"; "": not known, or a new value
	Role          string `json:"role"`           // of the certificate that it changes: "server", "client"; "": of none
	ForBoth       bool   `json:"for_both"`       // the same certificate is the server's and the calling one
	Certificate   string `json:"certificate"`    // its display name
	Address       string `json:"address"`        // the address that presents it, where the host presents several
	AlternativeTo *int   `json:"alternative_to"` // index of the action that it can take the place of
	NamesLeftOut  int    `json:"names_left_out"` // how many names the certificate keeps beside
}
