package fedval

// #include <fedval/fedval.h>
import "C"

import "runtime"

// Pair is both sides of one federation and which calls work, decoded from "fedval-pair/1".
type Pair struct {
	Cisco      *Report           `json:"cisco"`
	Microsoft  *Report           `json:"microsoft"`
	Directions map[string]string `json:"directions"` // "to-microsoft" and others: "works", "broken" or "unknown"
	Outlook    string            `json:"outlook"`    // of all directions together
	Because    []PairReason      `json:"because"`
	NotSeen    []string          `json:"not_seen"`
	// SharedServer is the host or the address that both domains lead to, where no way is said to work; "": there is none.
	SharedServer string `json:"shared_server"`
	// PerhapsSwapped: the SRV record of the Cisco side leads to Microsoft, so the two may be the wrong way round.
	PerhapsSwapped bool `json:"perhaps_swapped"`

	// Text is the same for people.
	Text string `json:"-"`

	document []byte
}

// JSON is the document as the C library wrote it, byte for byte. It must not be changed.
func (p *Pair) JSON() []byte { return p.document }

// PairReason says why something is broken or unknown.
type PairReason struct {
	Direction   string `json:"direction"`
	Outlook     string `json:"outlook"`
	Side        string `json:"side"`        // whose report says so
	Finding     string `json:"finding"`     // "": none, a requirement was not checked
	Requirement string `json:"requirement"` // "": there is a finding
	// FindingIndex is that of the finding in the report of that side.
	FindingIndex *int `json:"finding_index"`
}

// PairSide is one side of a federation: what was seen of its domain, and which policy of the judge judges it.
type PairSide struct {
	Evidence *Evidence
	Policy   int
}

// Pair judges both sides and puts the reports together. The policies say which side they are for ("side"): that of the Cisco
// side is one of microsoft-edge or office365, that of the Microsoft side one of expressway.
func (j *Judge) Pair(cisco, microsoft PairSide) (*Pair, error) {
	defer runtime.KeepAlive(j)
	first, err := j.reportOn(cisco)
	if err != nil {
		return nil, err
	}
	defer C.fedval_report_free(first)
	second, err := j.reportOn(microsoft)
	if err != nil {
		return nil, err
	}
	defer C.fedval_report_free(second)
	var pair *C.fedval_pair
	if err := status(C.fedval_pair_new(first, second, &pair)); err != nil {
		return nil, because(err, ErrArgument, "no pair: the first has to be of the Cisco side, the second of the Microsoft side, "+
			"each judged by a policy whose \"side\" says so and whose profile is one of the other side")
	}
	defer C.fedval_pair_free(pair)
	return readPair(pair)
}

// PairProfile says under which profile a side of a federation ("cisco" or "microsoft") is to be judged: Expressway judges the
// Microsoft side; an Edge judges the Cisco side, or, where Microsoft hosts the domain of the other side, the cloud. That the
// evidence of the Microsoft side says, judged by the policy of its PairSide; nil: it is not known.
func (j *Judge) PairProfile(side string, microsoft *PairSide) (string, error) {
	defer runtime.KeepAlive(j)
	code := map[string]C.uint32_t{"cisco": C.FEDVAL_SIDE_CISCO, "microsoft": C.FEDVAL_SIDE_MICROSOFT}[side]
	if code == 0 {
		return "", misuse("a side is \"cisco\" or \"microsoft\"")
	}
	var report *C.fedval_report
	if microsoft != nil {
		var err error
		if report, err = j.reportOn(*microsoft); err != nil {
			return "", err
		}
		defer C.fedval_report_free(report)
	}
	return C.GoString(C.fedval_profile_to_string(C.fedval_pair_choose_profile(code, report))), nil
}

func (j *Judge) reportOn(side PairSide) (*C.fedval_report, error) {
	if side.Evidence == nil {
		return nil, misuse("a side has no evidence")
	}
	if err := j.holds(side.Policy); err != nil {
		return nil, err
	}
	defer runtime.KeepAlive(side.Evidence)
	var report *C.fedval_report
	err := status(C.fedval_evaluate(j.c, C.size_t(side.Policy), side.Evidence.c, &report))
	return report, err
}

func readPair(pair *C.fedval_pair) (*Pair, error) {
	var text *C.char
	var length C.size_t
	if err := status(C.fedval_pair_to_json(pair, &text, &length)); err != nil {
		return nil, err
	}
	found := &Pair{document: take(text, length)}
	if err := status(C.fedval_pair_to_text(pair, nil, &text, &length)); err != nil {
		return nil, err
	}
	found.Text = string(take(text, length))
	return found, decode(found.document, found)
}
