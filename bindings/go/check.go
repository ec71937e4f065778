package fedval

// #include <fedval/files.h>
// #include "port.h"
import "C"

import (
	"context"
	"runtime"
	"runtime/cgo"
	"sync"
	"time"
)

// NewReplayPort is a resolver and prober in one that answers from saved evidence.
func NewReplayPort(evidence *Evidence) (*Port, error) {
	if evidence == nil {
		return nil, misuse("the evidence is nil")
	}
	var c *C.fedval_port
	if err := status(C.fedval_replay_new(evidence.c, &c)); err != nil {
		return nil, err
	}
	port := &Port{c: c}
	runtime.SetFinalizer(port, func(p *Port) {
		p.Close()
		runtime.KeepAlive(evidence)
	})
	return port, nil
}

// CheckerOptions are what a checker is made of. The judge is needed.
type CheckerOptions struct {
	Judge     *Judge
	Resolvers []*Port // none: DNS is not checked; of several, the views are compared, and the first is followed
	Prober    *Port   // nil: no server is looked at
	// Timeout is for the whole check of a domain (30 s), QuestionTimeout for one question (5 s).
	Timeout, QuestionTimeout time.Duration
	// MaxInFlight limits how many questions are open at once (256).
	MaxInFlight int
	// Reuse is for how long an answer also serves the same question of other domains (not at all).
	Reuse time.Duration
}

// Checker gathers evidence of any number of domains at once, on one thread, and judges it. Any number of goroutines may
// use it. The ports are the checker's until it is closed.
type Checker struct {
	options CheckerOptions
	runner  *C.fedval_runner
	done    chan struct{} // closed when the loop has ended
	kick    chan struct{}

	mutex   sync.Mutex
	waiting []*request
	givenUp []*request
	closing bool
}

// Result is what came of one domain: evidence and report, or an error.
type Result struct {
	Domain   string
	Evidence *Evidence
	Report   *Report
	Err      error
}

type gathered struct {
	request  *request
	evidence *Evidence
	err      error
}

type request struct {
	domain string
	answer chan<- gathered // with room: sending never blocks
	handle cgo.Handle
	id     C.uint64_t // of the session, while there is one; touched on the runner's thread alone
}

// NewChecker starts a checker. Close ends it.
func NewChecker(options CheckerOptions) (*Checker, error) {
	if options.Judge == nil {
		return nil, misuse("CheckerOptions.Judge is nil: a checker needs a judge")
	}
	c := &Checker{options: options, done: make(chan struct{}), kick: make(chan struct{}, 1)}
	if err := status(C.fedval_runner_new(&c.runner)); err != nil {
		return nil, err
	}
	if err := c.configure(); err != nil {
		C.fedval_runner_free(c.runner)
		return nil, err
	}
	go c.loop()
	return c, nil
}

func milliseconds(given, otherwise time.Duration) C.int64_t {
	if given <= 0 {
		given = otherwise
	}
	if given < time.Millisecond {
		given = time.Millisecond
	}
	return C.int64_t(given.Milliseconds())
}

func (c *Checker) configure() error {
	o := c.options
	steps := []func() C.fedval_status{
		func() C.fedval_status {
			return C.fedval_runner_set_timeouts(c.runner, milliseconds(o.QuestionTimeout, 5*time.Second),
				milliseconds(o.Timeout, 30*time.Second))
		},
		func() C.fedval_status { return C.fedval_runner_set_reuse(c.runner, C.int64_t(o.Reuse.Milliseconds())) },
		func() C.fedval_status { return C.fedval_go_set_clock(c.runner) },
	}
	if o.MaxInFlight > 0 {
		steps = append(steps, func() C.fedval_status {
			return C.fedval_runner_set_max_in_flight(c.runner, C.size_t(o.MaxInFlight))
		})
	}
	for _, resolver := range o.Resolvers {
		if resolver == nil {
			return &Error{Status: ErrArgument, Message: "a resolver is nil", Offset: -1}
		}
		resolver := resolver
		steps = append(steps, func() C.fedval_status { return C.fedval_runner_append_resolver(c.runner, resolver.c) })
	}
	if o.Prober != nil {
		steps = append(steps, func() C.fedval_status { return C.fedval_runner_set_prober(c.runner, o.Prober.c) })
	}
	for _, step := range steps {
		if err := status(step()); err != nil {
			return because(err, ErrState, "a resolver or the prober is closed, or is another checker's that is not closed yet")
		}
	}
	return nil
}

// loop drives the runner: all calls but fedval_runner_wake are made here.
func (c *Checker) loop() {
	defer close(c.done)
	var left C.size_t
	for {
		if left == 0 {
			<-c.kick
		}
		closing := c.takeOrders()
		if closing {
			C.fedval_runner_cancel_all(c.runner)
		}
		code := C.fedval_runner_step(c.runner, -1, &left)
		if code != C.FEDVAL_OK && code != C.FEDVAL_ERROR_CANCELLED && left > 0 {
			C.fedval_runner_cancel_all(c.runner) // the next turn ends the sessions: none waits for ever
		}
		if closing {
			return
		}
	}
}

// takeOrders begins what was submitted and ends what was given up; it reports whether the checker is being closed.
func (c *Checker) takeOrders() bool {
	c.mutex.Lock()
	waiting, givenUp, closing := c.waiting, c.givenUp, c.closing
	c.waiting, c.givenUp = nil, nil
	c.mutex.Unlock()
	for _, request := range waiting {
		if closing {
			request.answer <- gathered{request: request, err: ErrCancelled}
		} else if err := c.add(request); err != nil {
			request.answer <- gathered{request: request, err: err}
		}
	}
	for _, request := range givenUp {
		if request.id != 0 {
			C.fedval_runner_cancel(c.runner, request.id)
		}
	}
	return closing
}

func (c *Checker) add(r *request) error {
	views := len(c.options.Resolvers)
	if views == 0 {
		views = 1
	}
	var session *C.fedval_session
	place := C.fedval_error_new()
	domain, length := textOf(r.domain)
	if err := failure(C.fedval_judge_new_session(c.options.Judge.c, domain, length, C.uint32_t(views), &session, place),
		place); err != nil {
		return err
	}
	r.handle = cgo.NewHandle(r)
	var id C.uint64_t
	if err := status(C.fedval_go_runner_add(c.runner, session, C.uintptr_t(r.handle), &id)); err != nil {
		r.handle.Delete()
		C.fedval_session_free(session)
		return err
	}
	r.id = id
	return nil
}

//export goSessionEnded
func goSessionEnded(evidence *C.fedval_evidence, code C.fedval_status, handle C.uintptr_t) {
	request := cgo.Handle(handle).Value().(*request)
	request.handle.Delete()
	request.id = 0
	result := gathered{request: request}
	if evidence != nil {
		result.evidence = ownEvidence(evidence)
	} else {
		result.err = status(code)
	}
	request.answer <- result
}

func (c *Checker) submit(domain string, answer chan<- gathered) (*request, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.closing {
		return nil, &Error{Status: ErrState, Message: "the checker is closed", Offset: -1}
	}
	submitted := &request{domain: domain, answer: answer}
	c.waiting = append(c.waiting, submitted)
	c.wake()
	return submitted, nil
}

// giveUp ends checks whose results nobody waits for any longer.
func (c *Checker) giveUp(requests ...*request) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if !c.closing && len(requests) > 0 {
		c.givenUp = append(c.givenUp, requests...)
		c.wake()
	}
}

// wake is called with the mutex held, so that the runner is still there.
func (c *Checker) wake() {
	select {
	case c.kick <- struct{}{}:
	default:
	}
	C.fedval_runner_wake(c.runner)
}

// Close ends every check with ErrCancelled and waits for the checker's thread. It may be called more than once.
func (c *Checker) Close() {
	c.mutex.Lock()
	first := !c.closing
	if first {
		c.closing = true
		c.wake()
	}
	c.mutex.Unlock()
	<-c.done
	if first {
		C.fedval_runner_free(c.runner) // detaches the ports
	}
}

// fault is what a Resolver or Prober of Go did wrong while this evidence was gathered.
func (c *Checker) fault(evidence *Evidence) error {
	ports := append([]*Port{c.options.Prober}, c.options.Resolvers...)
	for i := C.size_t(0); i < C.fedval_evidence_count_facts(evidence.c); i++ {
		fact := C.fedval_evidence_get_fact(evidence.c, i)
		outcome := C.fedval_fact_get_outcome(fact)
		if outcome != C.FEDVAL_OUTCOME_LOCAL && outcome != C.FEDVAL_OUTCOME_TIMEOUT {
			continue
		}
		question := readQuestion(C.fedval_fact_get_question(fact))
		for _, port := range ports {
			if port == nil || port.goes == nil {
				continue
			}
			if err := port.goes.fault(question); err != nil {
				return err
			}
		}
	}
	return nil
}

// Gather asks what the judge needs to know of a domain. The end of ctx ends it at once: what is being asked for this domain
// alone is given up, and the contexts of a Resolver and a Prober that work on it end.
func (c *Checker) Gather(ctx context.Context, domain string) (*Evidence, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	answer := make(chan gathered, 1)
	submitted, err := c.submit(domain, answer)
	if err != nil {
		return nil, err
	}
	select {
	case <-ctx.Done():
		c.giveUp(submitted)
		return nil, ctx.Err()
	case got := <-answer:
		if got.err != nil {
			return nil, got.err
		}
		return got.evidence, c.fault(got.evidence)
	}
}

// Check gathers and judges, by the judge's first policy.
func (c *Checker) Check(ctx context.Context, domain string) (*Report, error) {
	evidence, err := c.Gather(ctx, domain)
	if err != nil {
		return nil, err
	}
	return c.options.Judge.Evaluate(evidence)
}

// window is how many domains are under way at once; the questions among them are limited by MaxInFlight.
const window = 256

// Each checks the domains that next gives, until it says false, and hands each result to yield as it comes, until yield
// says false. The end of ctx ends it with its error, once next has come back. What is under way when it returns is given up. With Go 1.23 and later
// [Checker.All] is easier.
func (c *Checker) Each(ctx context.Context, next func() (string, bool), yield func(Result) bool) error {
	answers, underWay := make(chan gathered, window), map[*request]bool{}
	defer func() {
		left := make([]*request, 0, len(underWay))
		for one := range underWay {
			left = append(left, one)
		}
		c.giveUp(left...)
	}()
	for more := true; more || len(underWay) > 0; {
		if err := ctx.Err(); err != nil {
			return err
		}
		if more && len(underWay) < window {
			var domain string
			if domain, more = next(); more {
				submitted, err := c.submit(domain, answers)
				if err != nil {
					return err
				}
				underWay[submitted] = true
			}
		}
		got, err := receive(ctx, answers, len(underWay) > 0 && (!more || len(underWay) == window))
		if err != nil {
			return err
		}
		if got.request == nil {
			continue // nothing yet, and there is more to begin
		}
		delete(underWay, got.request)
		if !yield(c.judge(got)) {
			return nil
		}
	}
	return nil
}

// receive takes an answer that is there; it waits for one if it is told to.
func receive(ctx context.Context, answers <-chan gathered, wait bool) (gathered, error) {
	if !wait {
		select {
		case got := <-answers:
			return got, nil
		default:
			return gathered{}, nil
		}
	}
	select {
	case <-ctx.Done():
		return gathered{}, ctx.Err()
	case got := <-answers:
		return got, nil
	}
}

func (c *Checker) judge(got gathered) Result {
	result := Result{Domain: got.request.domain, Evidence: got.evidence, Err: got.err}
	if result.Err == nil {
		result.Err = c.fault(got.evidence)
	}
	if result.Err == nil {
		result.Report, result.Err = c.options.Judge.Evaluate(got.evidence)
	}
	return result
}
