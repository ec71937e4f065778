package fedval

// #include <fedval/fedval.h>
// #include <stdlib.h>
import "C"

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"time"
	"unsafe"
)

// Policy says whose rules judge, at what time, and with what limits. It never changes once a [Judge] was made of it; Set is
// for one goroutine before.
type Policy struct{ c *C.fedval_policy }

// NewPolicy is the policy of a profile with its defaults.
func NewPolicy(profile Profile) (*Policy, error) {
	p := &Policy{}
	if err := status(C.fedval_policy_new(C.uint32_t(profile), &p.c)); err != nil {
		return nil, because(err, ErrNotFound, "there is no profile of the number %d", uint32(profile))
	}
	return p.owned(), nil
}

// ParsePolicy reads a "fedval-policy/1" document.
func ParsePolicy(document []byte) (*Policy, error) {
	p, place := &Policy{}, C.fedval_error_new()
	text, length := bytesOf(document)
	if err := failure(C.fedval_policy_new_from_json((*C.char)(text), length, &p.c, place), place); err != nil {
		return nil, err
	}
	return p.owned(), nil
}

func (p *Policy) owned() *Policy {
	runtime.SetFinalizer(p, func(p *Policy) { C.fedval_policy_free(p.c) })
	return p
}

func policyField(name string, value any) (C.uint32_t, error) {
	var field C.uint32_t
	text, length := textOf(name)
	if C.fedval_policy_field_from_string(text, length, &field) != C.FEDVAL_OK {
		return 0, refusedField(ErrNotFound, name, value)
	}
	return field, nil
}

// refusedField says why a field does not take a value: in the words of the reader of policies, which knows the fields, their
// kinds and their ranges.
func refusedField(code Status, name string, value any) error {
	message := fmt.Sprintf("%s: the policy does not take %v", name, value)
	document, err := json.Marshal(map[string]any{"format": "fedval-policy/1", name: value})
	if err == nil {
		_, err = ParsePolicy(document)
	}
	if said, is := err.(*Error); is && said.Message != "" {
		message += ": " + said.Message
	}
	return &Error{Status: code, Message: message, Offset: -1}
}

// SetNumber sets a field by its name in the policy's JSON: "expiry_warning_days". A switch is 1 or 0: SetNumber("allow_private",
// 1) lets addresses pass that are not public.
func (p *Policy) SetNumber(field string, value int64) error {
	code, err := policyField(field, value)
	if err != nil {
		return err
	}
	defer runtime.KeepAlive(p)
	if err = status(C.fedval_policy_set_number(p.c, code, C.int64_t(value))); errors.Is(err, ErrArgument) {
		return refusedField(ErrArgument, field, value)
	}
	return err
}

// SetText sets a field that holds a host name: "edge_fqdn". "" clears it.
func (p *Policy) SetText(field, value string) error {
	code, err := policyField(field, value)
	if err != nil {
		return err
	}
	defer runtime.KeepAlive(p)
	text, length := textOrNull(value)
	if err = status(C.fedval_policy_set_text(p.c, code, text, length)); errors.Is(err, ErrArgument) || errors.Is(err, ErrSyntax) {
		return refusedField(err.(*Error).Status, field, value)
	}
	return err
}

// SetTime sets the moment to judge at, in place of the time at which the evidence was gathered.
func (p *Policy) SetTime(at time.Time) error {
	defer runtime.KeepAlive(p)
	return status(C.fedval_policy_set_number(p.c, C.FEDVAL_POLICY_TIME, C.int64_t(at.Unix())))
}

// JSON writes "fedval-policy/1".
func (p *Policy) JSON() ([]byte, error) {
	defer runtime.KeepAlive(p)
	var text *C.char
	var length C.size_t
	if err := status(C.fedval_policy_to_json(p.c, &text, &length)); err != nil {
		return nil, err
	}
	return take(text, length), nil
}

// Anchors are the roots that count. They are built by one goroutine; a Judge that takes them seals them, and Add fails from
// then on.
type Anchors struct{ c *C.fedval_anchors }

// NewAnchors is an empty set.
func NewAnchors() (*Anchors, error) {
	a := &Anchors{}
	if err := status(C.fedval_anchors_new(&a.c)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(a, func(a *Anchors) { C.fedval_anchors_free(a.c) })
	return a, nil
}

// Add takes every certificate of a file, PEM or DER.
func (a *Anchors) Add(class AnchorClass, file []byte) error {
	defer runtime.KeepAlive(a)
	place := C.fedval_error_new()
	data, length := bytesOf(file)
	err := failure(C.fedval_anchors_append(a.c, C.uint32_t(class), data, length, place), place)
	err = because(err, ErrArgument, "there is no class of anchors of the number %d", uint32(class))
	return because(err, ErrState, "a judge was made of these anchors: they take no more")
}

// Len counts the anchors of a class.
func (a *Anchors) Len(class AnchorClass) int {
	defer runtime.KeepAlive(a)
	return int(C.fedval_anchors_count(a.c, C.uint32_t(class)))
}

// SystemRootsPath is the file that holds the system's public roots; "" where there is none.
func SystemRootsPath() string {
	path := C.fedval_system_roots_get_path()
	if path == nil {
		return ""
	}
	return C.GoString(path)
}

// Verifier checks signatures. The subpackages openssl and mbedtls have one each.
type Verifier struct{ c *C.fedval_verifier }

// AdoptVerifier takes over a fedval_verifier of the C library. It is for packages that bring a verifier.
func AdoptVerifier(pointer unsafe.Pointer) *Verifier {
	v := &Verifier{(*C.fedval_verifier)(pointer)}
	runtime.SetFinalizer(v, func(v *Verifier) { C.fedval_verifier_free(v.c) })
	return v
}

// NewVerifyCache is a verifier that remembers up to capacity good signatures of another one.
func NewVerifyCache(verifier *Verifier, capacity int) (*Verifier, error) {
	defer runtime.KeepAlive(verifier)
	if verifier == nil || capacity < 1 {
		return nil, misuse("a cache wants a verifier, and room for at least one signature")
	}
	var cache *C.fedval_verifier
	if err := status(C.fedval_verify_cache_new(verifier.c, C.size_t(capacity), &cache)); err != nil {
		return nil, err
	}
	return AdoptVerifier(unsafe.Pointer(cache)), nil
}

// JudgeOptions are what a judge is made of; all may be left out.
type JudgeOptions struct {
	// Policies to judge by, each for a report of its own. None: microsoft-edge judges domains of the Cisco side, expressway
	// those of the Microsoft side.
	Policies []*Policy
	Anchors  *Anchors  // nil: no root is known
	CRLs     [][]byte  // files, PEM or DER; none: revocation is not checked
	Verifier *Verifier // nil: signatures are not checked
}

// Judge is all that judging needs beside the evidence. It never changes: any number of goroutines may share it.
type Judge struct{ c *C.fedval_judge }

// NewJudge makes a judge.
func NewJudge(options JudgeOptions) (*Judge, error) {
	defer runtime.KeepAlive(options)
	j := &Judge{}
	if err := status(C.fedval_judge_new(&j.c)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(j, func(j *Judge) { C.fedval_judge_free(j.c) })
	if options.Verifier != nil {
		if err := status(C.fedval_judge_set_verifier(j.c, options.Verifier.c)); err != nil {
			return nil, err
		}
	}
	if options.Anchors != nil {
		if err := status(C.fedval_judge_set_anchors(j.c, options.Anchors.c)); err != nil {
			return nil, err
		}
	}
	for _, file := range options.CRLs {
		place := C.fedval_error_new()
		data, length := bytesOf(file)
		if err := failure(C.fedval_judge_append_crls(j.c, data, length, place), place); err != nil {
			return nil, err
		}
	}
	for _, policy := range options.Policies {
		if policy == nil {
			return nil, misuse("a policy is nil")
		}
		if err := status(C.fedval_judge_append_policy(j.c, policy.c, nil)); err != nil {
			return nil, err
		}
	}
	return j, status(C.fedval_judge_seal(j.c))
}

// Policies counts the policies: at least one.
func (j *Judge) Policies() int {
	defer runtime.KeepAlive(j)
	return int(C.fedval_judge_count_policies(j.c))
}

// holds says whether there is a policy of that index.
func (j *Judge) holds(policy int) error {
	if policy < 0 || policy >= j.Policies() {
		return misuse("there is no policy of index %d: the judge has %d", policy, j.Policies())
	}
	return nil
}

// Evaluate judges evidence by the first policy.
func (j *Judge) Evaluate(evidence *Evidence) (*Report, error) { return j.EvaluateBy(0, evidence) }

// EvaluateBy judges evidence by the policy of that index.
func (j *Judge) EvaluateBy(policy int, evidence *Evidence) (*Report, error) {
	defer runtime.KeepAlive(j)
	defer runtime.KeepAlive(evidence)
	if evidence == nil {
		return nil, misuse("the evidence is nil")
	}
	if err := j.holds(policy); err != nil {
		return nil, err
	}
	var report *C.fedval_report
	if err := status(C.fedval_evaluate(j.c, C.size_t(policy), evidence.c, &report)); err != nil {
		return nil, err
	}
	defer C.fedval_report_free(report)
	return readReport(report)
}

// EvaluateTogether judges the evidence of several domains by the first policy, each for itself and with the others: where
// two of them share an address or a certificate, the same peers serve both, so each certificate has to hold the targets of
// both, and the actions ask for all names at once. The reports are in the order of the evidence.
func (j *Judge) EvaluateTogether(evidence ...*Evidence) ([]*Report, error) {
	defer runtime.KeepAlive(j)
	defer runtime.KeepAlive(evidence)
	if len(evidence) == 0 || len(evidence) > 1<<20 {
		return nil, misuse("evidence of 1 to %d domains is judged together, not of %d", 1<<20, len(evidence))
	}
	size := C.size_t(len(evidence)) * C.size_t(unsafe.Sizeof(uintptr(0)))
	given, made := C.malloc(size), C.calloc(1, size) // pointers of C in memory of C: cgo lets no array of them pass
	defer C.free(given)
	defer C.free(made)
	if given == nil || made == nil {
		return nil, ErrNoMemory
	}
	inputs := (*[1 << 20]*C.fedval_evidence)(given)[:len(evidence):len(evidence)]
	outputs := (*[1 << 20]*C.fedval_report)(made)[:len(evidence):len(evidence)]
	for i, one := range evidence {
		if one == nil {
			return nil, misuse("the evidence of index %d is nil", i)
		}
		inputs[i] = one.c
	}
	if err := status(C.fedval_evaluate_together(j.c, 0, (**C.fedval_evidence)(given), C.size_t(len(evidence)),
		(**C.fedval_report)(made))); err != nil {
		return nil, err
	}
	reports, failed := make([]*Report, len(evidence)), error(nil)
	for i, output := range outputs {
		report, err := readReport(output)
		if err != nil && failed == nil {
			failed = err
		}
		reports[i] = report
		C.fedval_report_free(output)
	}
	if failed != nil {
		return nil, failed
	}
	return reports, nil
}

func readReport(from *C.fedval_report) (*Report, error) {
	var text *C.char
	var length C.size_t
	if err := status(C.fedval_report_to_json(from, &text, &length)); err != nil {
		return nil, err
	}
	report := &Report{document: take(text, length)}
	return report, decode(report.document, report)
}

// EvaluateChain judges one chain by the first policy: a file with certificates, the end-entity certificate first. name is
// the host that it is compared with, "" for none; a zero time is that of the policy.
func (j *Judge) EvaluateChain(file []byte, name string, purpose Purpose, at time.Time) (*ChainResult, error) {
	defer runtime.KeepAlive(j)
	var list *C.fedval_certificate_list
	place := C.fedval_error_new()
	data, length := bytesOf(file)
	if err := failure(C.fedval_certificate_list_new(data, length, &list, place), place); err != nil {
		return nil, err
	}
	defer C.fedval_certificate_list_free(list)
	moment := C.int64_t(C.FEDVAL_TIME_UNKNOWN)
	if !at.IsZero() {
		moment = C.int64_t(at.Unix())
	}
	var result *C.fedval_chain_result
	host, hostLen := textOrNull(name)
	if err := status(C.fedval_chain_evaluate_list(j.c, 0, list, host, hostLen, C.uint32_t(purpose), moment,
		&result)); err != nil {
		return nil, err
	}
	defer C.fedval_chain_result_free(result)
	var text *C.char
	if err := status(C.fedval_chain_result_to_json(result, &text, &length)); err != nil {
		return nil, err
	}
	chain := &ChainResult{document: take(text, length)}
	return chain, decode(chain.document, chain)
}
