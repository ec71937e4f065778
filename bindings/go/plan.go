package fedval

// #include <fedval/fedval.h>
import "C"

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"time"
	"unsafe"
)

// Plan is what has to exist so that federation works, and in which order it is made, decoded from "fedval-plan/1". Nothing
// of it is ever carried out here.
type Plan struct {
	EvaluatedAt  *time.Time `json:"evaluated_at"`
	VerdictToday string     `json:"verdict_today"` // "not-checked" where nothing is known of today
	After        string     `json:"after"`         // the verdict once every step is done
	Outcome      string     `json:"outcome"`       // "pass", "fail", "indeterminate", "nothing-to-do", "ready-refused"; "": not judged
	Harm         string     `json:"harm"`          // on the way: "none", "none-known", "unknown" or "some"
	JudgedAgain  []string   `json:"judged_again"`
	Assumed      []string   `json:"assumed"`
	Questions    []string   `json:"questions"` // what only the administrator knows
	// OpenQuestions are the same, each with what it asks for.
	OpenQuestions []PlanQuestion `json:"open_questions"`
	Domains       []PlanDomain   `json:"domains"`
	Steps         []PlanStep     `json:"steps"`
	Requests      []PlanRequest  `json:"requests"`

	// Contents holds what can be written, by name: zone lines, requests, xConfiguration lines, PowerShell, letters.
	Contents map[string][]byte `json:"-"`
	// Text is the plan for people.
	Text string `json:"-"`

	document []byte
}

// JSON is the document as the C library wrote it, byte for byte. It must not be changed.
func (p *Plan) JSON() []byte { return p.document }

// Passed reports whether federation passes once every step is done, and every certificate and request that lies ready will
// do: where the command "fedval plan" exits with 0.
func (p *Plan) Passed() bool { return p.After == "pass" && len(p.Refused()) == 0 }

// Refused gives the certificates and requests that lie ready and will not do.
func (p *Plan) Refused() []PlanRequest {
	var refused []PlanRequest
	for _, request := range p.Requests {
		if request.Ready != nil && !request.Ready.WillDo {
			refused = append(refused, request)
		}
	}
	return refused
}

// PlanQuestion is what only the administrator knows. Member is the member of the intent that answers it, such as "version";
// About is the cluster, peer, domain, partner, address or name that it is about. Each is "" where there is none.
type PlanQuestion struct {
	Question string `json:"question"`
	Member   string `json:"member"`
	About    string `json:"about"`
}

// PlanDomain is a domain, before and after.
type PlanDomain struct {
	Domain       string    `json:"domain"`
	Side         string    `json:"side"`
	Target       string    `json:"target"` // the SRV target that it will have; "": none could be planned
	VerdictToday string    `json:"verdict_today"`
	After        string    `json:"after"`
	Findings     []Finding `json:"findings"` // once every step is done

	WhyToday     []string `json:"why_today"`      // codes of the findings for which the verdict of today is no pass
	NotSeenToday []string `json:"not_seen_today"` // requirements of which nothing was seen today
}

// PlanStep is one thing to do.
type PlanStep struct {
	N             int      `json:"n"`
	After         []int    `json:"after"`  // the steps that have to be done before it
	WaitS         int      `json:"wait_s"` // seconds to wait once it is done: so long may caches hold the old answer
	Side          string   `json:"side"`
	Op            string   `json:"op"`
	Kind          string   `json:"kind"` // "dns", "request", "trust", "expressway", "powershell" or "letter"
	Zone          string   `json:"zone"`
	Owner         string   `json:"owner"`
	Type          string   `json:"type"`
	TTL           *int     `json:"ttl"`
	Data          string   `json:"data"`
	Why           []string `json:"why"`
	Hurts         string   `json:"hurts"` // whom it hurts, and how; "": nobody
	AlternativeTo *int     `json:"alternative_to"`
	OneChange     bool     `json:"one_change"` // to be made in one change with the records that take its place
}

// PlanRequest is a certificate of one peer, and the names that it has to hold.
type PlanRequest struct {
	Peer    string `json:"peer"`
	Role    string `json:"role"` // "server" or "calling"
	ForBoth bool   `json:"for_both"`
	Origin  string `json:"origin"` // "keep", "ready-certificate", "ready-request" or "new"
	Subject string `json:"subject"`
	SHA256  string `json:"sha256"` // of the certificate that will serve; "": it is still to be issued
	Serial  string `json:"serial"` // hexadecimal
	Names   []struct {
		Name string `json:"name"`
		For  string `json:"for"`
	} `json:"names"`
	Ready         *PlanReady `json:"ready"`          // what lies ready; nil: nothing does
	OpenSSLConfig string     `json:"openssl_config"` // "": no request is wanted
}

// PlanReady is what came of a certificate or a request that lies ready.
type PlanReady struct {
	Kind       string    `json:"kind"`        // "certificate" or "request"
	WillDo     bool      `json:"will_do"`     // false: Findings and Signature say why
	Reversed   bool      `json:"reversed"`    // the CA stands first in the file
	Signature  string    `json:"signature"`   // of a request, by its own key: "good", "bad" and others
	NotChecked []string  `json:"not_checked"` // "trust", "validity"
	Findings   []Finding `json:"findings"`
}

// PlanOptions are what a plan needs beside the intent.
type PlanOptions struct {
	// Files holds the files that the intent names (certificates, requests, zones), os.DirFS of its folder as a rule. nil: it
	// names none. An fs.FS reads what lies under it: a path of the intent that is absolute or leads out with ".." is an error.
	Files fs.FS
	// Zone makes a resolver of a zone file: ldns.NewZone. nil: the intent names no zone files.
	Zone func(file []byte, name, origin string) (*Port, error)
	// Today is evidence of what there is; what zone files say is added.
	Today []*Evidence
	// Now is the time to judge at; the zero time: now.
	Now time.Time
	// Policy is the index of the policy that judges.
	Policy int
}

// Plan makes the plan for an intent, a "fedval-intent/1" document. What cannot be planned is a question of the plan, not an
// error.
func (j *Judge) Plan(ctx context.Context, intent []byte, options PlanOptions) (*Plan, error) {
	defer runtime.KeepAlive(j)
	wanted, err := newIntent(intent)
	if err != nil {
		return nil, err
	}
	defer C.fedval_intent_free(wanted.c)
	if options.Now.IsZero() {
		options.Now = time.Now()
	}
	if err := wanted.read(ctx, j, options); err != nil {
		return nil, err
	}
	for _, evidence := range options.Today {
		if err := wanted.append(evidence); err != nil {
			return nil, err
		}
	}
	if err := j.holds(options.Policy); err != nil {
		return nil, err
	}
	var plan *C.fedval_plan
	if err := status(C.fedval_plan_new(j.c, C.size_t(options.Policy), wanted.c, C.int64_t(options.Now.Unix()), &plan)); err != nil {
		return nil, err
	}
	defer C.fedval_plan_free(plan)
	return readPlan(plan)
}

type intent struct{ c *C.fedval_intent }

func newIntent(document []byte) (intent, error) {
	var c *C.fedval_intent
	place := C.fedval_error_new()
	text, length := bytesOf(document)
	err := failure(C.fedval_intent_new_from_json((*C.char)(text), length, &c, place), place)
	return intent{c}, err
}

// read hands over the files that the intent names, and what its zone files say today.
func (i intent) read(ctx context.Context, j *Judge, options PlanOptions) error {
	var zones []*Port
	for n := C.size_t(0); n < C.fedval_intent_count_files(i.c); n++ {
		name := C.GoString(C.fedval_intent_get_file_path(i.c, n))
		if options.Files == nil {
			return &Error{Status: ErrArgument, Message: name + ": no PlanOptions.Files to read it from", Offset: -1}
		}
		data, err := readFile(options.Files, name)
		if err != nil {
			return err
		}
		if C.fedval_intent_get_file_use(i.c, n) == C.FEDVAL_INTENT_FILE_ZONE {
			port, err := newZone(options, data, name)
			if err != nil {
				return err
			}
			zones = append(zones, port)
			continue
		}
		place := C.fedval_error_new()
		text, length := bytesOf(data)
		if err := failure(C.fedval_intent_supply_file(i.c, n, text, length, place), place); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return i.ask(ctx, j, zones)
}

// readFile reads "./x" as x.
func readFile(files fs.FS, name string) ([]byte, error) {
	cleaned := path.Clean(name)
	if !fs.ValidPath(cleaned) {
		return nil, misuse("%s: PlanOptions.Files reads what lies under its folder, and no path that is absolute or leads out "+
			"of it with \"..\": take os.DirFS of a folder above, and name the file from there", name)
	}
	return fs.ReadFile(files, cleaned)
}

func newZone(options PlanOptions, data []byte, name string) (*Port, error) {
	if options.Zone == nil {
		return nil, &Error{Status: ErrArgument, Message: name + ": no PlanOptions.Zone to read a zone file with", Offset: -1}
	}
	return options.Zone(data, name, "")
}

// ask gathers what the zone files say about each domain.
func (i intent) ask(ctx context.Context, j *Judge, zones []*Port) error {
	if len(zones) == 0 {
		return nil
	}
	resolver, err := either(zones)
	if err != nil {
		return err
	}
	defer resolver.Close()
	checker, err := NewChecker(CheckerOptions{Judge: j, Resolvers: []*Port{resolver}})
	if err != nil {
		return err
	}
	defer checker.Close()
	for n := C.size_t(0); n < C.fedval_intent_count_domains(i.c); n++ {
		evidence, err := checker.Gather(ctx, C.GoString(C.fedval_intent_get_domain(i.c, n)))
		if err == nil {
			err = i.append(evidence)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (i intent) append(evidence *Evidence) error {
	if evidence == nil {
		return misuse("the evidence of today is nil")
	}
	defer runtime.KeepAlive(evidence)
	return status(C.fedval_intent_append_evidence(i.c, evidence.c))
}

// either makes one port of several, which it takes over: each answers what those before it know nothing of.
func either(ports []*Port) (*Port, error) {
	joined := ports[len(ports)-1]
	for n := len(ports) - 2; n >= 0; n-- {
		var c *C.fedval_port
		if err := status(C.fedval_port_new_either(ports[n].c, joined.c, &c)); err != nil {
			return nil, err
		}
		ports[n].disown()
		joined.disown()
		joined = AdoptPort(unsafe.Pointer(c))
	}
	return joined, nil
}

func readPlan(plan *C.fedval_plan) (*Plan, error) {
	var text *C.char
	var length C.size_t
	if err := status(C.fedval_plan_to_json(plan, &text, &length)); err != nil {
		return nil, err
	}
	found := &Plan{document: take(text, length), Contents: map[string][]byte{}}
	if err := status(C.fedval_plan_to_text(plan, nil, &text, &length)); err != nil {
		return nil, err
	}
	found.Text = string(take(text, length))
	for n := C.size_t(0); n < C.fedval_plan_count_files(plan); n++ {
		if err := status(C.fedval_plan_file_to_text(plan, n, &text, &length)); err != nil {
			return nil, err
		}
		found.Contents[C.GoString(C.fedval_plan_get_file_name(plan, n))] = take(text, length)
	}
	return found, decode(found.document, found)
}

// disown leaves the port to another one, which frees it.
func (p *Port) disown() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.c = nil
	runtime.SetFinalizer(p, nil)
}
