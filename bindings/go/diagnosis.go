package fedval

import (
	"encoding/json"
	"time"
)

// Diagnosis is what was read from logs, decoded from "fedval-diagnosis/1".
type Diagnosis struct {
	Diagnosis string `json:"diagnosis"` // "nothing", "faults" or "undetermined"
	// Headline is the result in one word: "cause-found", "cause-not-told", "answer-cut", "nothing-wrong",
	// "no-call-with-microsoft", "no-call-of-federation", "no-failed-call", "several-causes" or
	// "cause-of-some"; HeadlineSentence is the same for people.
	Headline         string `json:"headline"`
	HeadlineSentence string `json:"headline_sentence"`

	Calls     int `json:"calls"`     // how many calls the related incidents are of
	Presence  int `json:"presence"`  // how many requests for presence they are of; these are no calls
	Events    int `json:"events"`    // related incidents that are of no call
	Unrelated int `json:"unrelated"` // incidents that nothing ties to a Microsoft side
	// NotUnderstood counts the incidents that report a code or a text that is not known here.
	NotUnderstood int        `json:"not_understood"`
	NotJudged     string     `json:"not_judged"` // what was read and proves nothing, and where to look instead; "": nothing of the kind
	MendSide      string     `json:"mend_side"`
	Domains       []string   `json:"domains"` // what a live check is worth running for
	Incidents     []Incident `json:"incidents"`
	Grouped       bool       `json:"grouped"`
	Limit         string     `json:"limit"`    // "limit-reached": more incidents were found than are kept
	NotKept       int        `json:"not_kept"` // how many were counted only
	Sources       []LogRead  `json:"sources"`  // what was read, in the order of the files

	document []byte
}

// JSON is the document as the C library wrote it, byte for byte. It must not be changed.
func (d *Diagnosis) JSON() []byte { return d.document }

// HoldsLogs reports whether every file held entries of a log that is known. A diagnosis of files that do not says
// "nothing" as well, which is no good news: the command refuses such a file.
func (d *Diagnosis) HoldsLogs() bool {
	for _, source := range d.Sources {
		if !source.IsLog() {
			return false
		}
	}
	return len(d.Sources) > 0
}

// LogRead is one file as it was read.
type LogRead struct {
	Source  string      `json:"source"`
	Lines   int         `json:"lines"`   // 0: it is empty
	Formats []string    `json:"formats"` // "expressway", "edge" and others; none: it is no log that is known
	Answers []LogAnswer `json:"answers"` // the SIP answers by status
}

// IsLog reports whether the file held an entry of a log that is known. A certificate, a picture and an empty file do not.
func (l *LogRead) IsLog() bool { return len(l.Formats) > 0 }

// LogAnswer counts the SIP answers of one status.
type LogAnswer struct {
	Status int `json:"status"`
	Count  int `json:"count"`
}

// Hop is one of the machines that a call went over.
type Hop struct {
	Host         string `json:"host"`
	Port         *int   `json:"port"`
	Role         string `json:"role"`         // "caller", "expressway", "expressway-c" or "unknown"
	EgressZone   string `json:"egress_zone"`  // by which the call left Expressway
	IngressZone  string `json:"ingress_zone"` // by which it came to the next hop
	Received     string `json:"received"`     // the address that the next hop saw
	ReceivedPort *int   `json:"received_port"`
}

// Incident is one thing that went wrong in a call, as one entry of a log has it.
type Incident struct {
	ID           int        `json:"id"`
	Source       string     `json:"source"`
	Line         int        `json:"line"`
	Time         *time.Time `json:"time"` // where ZoneKnown is false, as if the log were in UTC
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
	Verify       []string   `json:"verify"` // the domains to check from outside

	ZoneKnown      bool       `json:"zone_known"`   // whether the log says which zone its times are of
	CSeq           string     `json:"cseq"`         // "2066245576 INVITE"
	From           string     `json:"from"`         // user and domain of the caller
	To             string     `json:"to"`           // user and domain of the called
	Reporter       string     `json:"reporter"`     // the server that set the ms-diagnostics id
	Peer           string     `json:"peer"`         // the machine that answered or is complained about
	Port           *int       `json:"port"`         // of the connection, on the Expressway's side
	TimesLogged    int        `json:"times_logged"` // how often the logs hold the same response
	Hops           []string   `json:"hops"`         // the one nearest to the answering side first
	Ladder         []Hop      `json:"ladder"`       // the hops with their members
	FQDNs          []string   `json:"fqdns"`
	ExpectedName   string     `json:"expected_name"`    // wanted in the certificate
	PresentedName  string     `json:"presented_name"`   // found in the certificate, or the name of the peer
	OtherDomain    string     `json:"other_domain"`     // of P-Asserted-Identity, where From names another
	Asserted       string     `json:"asserted"`         // user and host of P-Asserted-Identity that public DNS cannot know
	Worked         *int       `json:"worked"`           // the first call that worked the same way
	LastWorked     *time.Time `json:"last_worked"`      // the last call like that one
	WorkedForOther *int       `json:"worked_for_other"` // one with the same partner, of another domain of the own side
	JoinedBy       string     `json:"joined_by"`        // what it has in common with the incident that explains it
	Status         *int       `json:"status"`           // of the SIP response that was read
	Requirement    *int       `json:"requirement"`      // the number of the requirement that the finding is about
	Related        bool       `json:"related"`          // whether something ties it to a call with a Microsoft side
	Sense          string     `json:"sense"`            // "cause", "open", "other" or "works": what it says of federation
	PartnerRemedy  string     `json:"partner_remedy"`   // what the Microsoft side may do where the Cisco side mends the fault
	LetterTo       string     `json:"letter_to"`        // the side that gets the letter, "cisco" or "microsoft"
	// VerifiedByCall says that no check from outside sees it: only another call tells whether it is mended.
	VerifiedByCall bool       `json:"verified_by_call"`
	Next           string     `json:"next"`       // the finding that is likely once this one is mended
	Count          int        `json:"count"`      // grouped: how many say the same
	FirstTime      *time.Time `json:"first_time"` // grouped: of the earliest
	LastTime       *time.Time `json:"last_time"`  // grouped: of the latest
}

// UnmarshalJSON reads the times too that have no zone, since the log does not say which it is.
func (i *Incident) UnmarshalJSON(document []byte) error {
	type plain Incident
	read := struct {
		*plain
		Time       logTime `json:"time"`
		LastWorked logTime `json:"last_worked"`
		FirstTime  logTime `json:"first_time"`
		LastTime   logTime `json:"last_time"`
	}{plain: (*plain)(i)}
	if err := json.Unmarshal(document, &read); err != nil {
		return err
	}
	i.Time, i.FirstTime, i.LastTime = read.Time.at, read.FirstTime.at, read.LastTime.at
	i.LastWorked = read.LastWorked.at
	return nil
}

// logTime is a time with or without a zone.
type logTime struct{ at *time.Time }

func (l *logTime) UnmarshalJSON(document []byte) error {
	var text *string
	if err := json.Unmarshal(document, &text); err != nil || text == nil {
		return err
	}
	at, err := time.Parse(time.RFC3339, *text)
	if err != nil {
		at, err = time.Parse("2006-01-02T15:04:05", *text)
	}
	l.at = &at
	return err
}
