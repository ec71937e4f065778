package fedval

// #include "port.h"
import "C"

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"runtime/cgo"
	"sync"
	"time"
	"unsafe"
)

// Resolver answers DNS questions. Resolve is called on a goroutine of its own for each question, so it may block; ctx ends
// shortly before the question's deadline, or when nobody waits for the answer any longer. One that has not come back at
// the deadline, returns an error or panics costs the checks alone that asked: they end with a [CallbackError]. An error of
// time, such as ctx.Err() at the end of ctx, is the outcome "timeout", and no fault.
type Resolver interface {
	Resolve(ctx context.Context, question Question) (Answer, error)
}

// Prober looks at servers, under the same terms as a [Resolver].
type Prober interface {
	Probe(ctx context.Context, question Question) (Handshake, error)
}

// ErrLate is the fault of a Resolver or a Prober that has not come back at the question's deadline.
var ErrLate = errors.New("the call did not come back in time")

// CallbackError is a fault of a Resolver or a Prober that was written in Go: the error that it returned, its panic, or
// [ErrLate].
type CallbackError struct {
	Question Question
	Err      error
}

// Error says of which question.
func (e *CallbackError) Error() string { return e.Question.String() + ": " + e.Err.Error() }

// Unwrap gives the error that was returned.
func (e *CallbackError) Unwrap() error { return e.Err }

// Port is a resolver or a prober, as a [Checker] takes it. It serves one Checker at a time.
type Port struct {
	c     *C.fedval_port
	goes  *goPort // nil for one of the C library
	mutex sync.Mutex
}

// AdoptPort takes over a fedval_port of the C library. It is for packages that bring a resolver or a prober.
func AdoptPort(pointer unsafe.Pointer) *Port {
	p := &Port{c: (*C.fedval_port)(pointer)}
	runtime.SetFinalizer(p, (*Port).Close)
	return p
}

// NewResolverPort makes a port of a Resolver.
func NewResolverPort(resolver Resolver) (*Port, error) {
	if resolver == nil {
		return nil, misuse("the resolver is nil")
	}
	return newGoPort(func(ctx context.Context, question Question) (filling, error) {
		return resolver.Resolve(ctx, question)
	})
}

// NewProberPort makes a port of a Prober.
func NewProberPort(prober Prober) (*Port, error) {
	if prober == nil {
		return nil, misuse("the prober is nil")
	}
	return newGoPort(func(ctx context.Context, question Question) (filling, error) {
		return prober.Probe(ctx, question)
	})
}

// Close frees the port. It must not be in use.
func (p *Port) Close() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.c != nil {
		C.fedval_port_free(p.c)
		p.c = nil
	}
	runtime.SetFinalizer(p, nil)
}

// What follows is a port written in Go: all but the goroutines that ask run on the thread of the runner.

type filling interface {
	fill(fact *C.fedval_fact) error
}

type ask func(ctx context.Context, question Question) (filling, error)

// open is a question under way. What C lends, the fact, is touched on the runner's thread alone.
type open struct {
	question Question
	fact     *C.fedval_fact
	deadline int64     // milliseconds of the runner's clock
	until    time.Time // the same moment
	stop     context.CancelFunc
}

type answered struct {
	ticket  uint64
	filling filling
	err     error
}

type goPort struct {
	ask      ask
	handle   cgo.Handle
	events   *C.fedval_port_events // nil: not attached
	reading  *os.File              // a byte comes here for each answer
	writing  *os.File
	open     map[uint64]*open
	mutex    sync.Mutex // guards what follows: goroutines that asked come here too
	arrived  []answered
	detached bool
	faults   map[Question]error
}

func newGoPort(ask ask) (*Port, error) {
	goes := &goPort{ask: ask, open: map[uint64]*open{}, faults: map[Question]error{}}
	goes.handle = cgo.NewHandle(goes)
	c := C.fedval_go_port_new(C.uintptr_t(goes.handle))
	if c == nil {
		goes.handle.Delete()
		return nil, ErrNoMemory
	}
	port := AdoptPort(unsafe.Pointer(c))
	port.goes = goes
	return port, nil
}

func portOf(handle C.uintptr_t) *goPort { return cgo.Handle(handle).Value().(*goPort) }

func (p *goPort) attach(events *C.fedval_port_events) error {
	reading, writing, err := os.Pipe()
	if err != nil {
		return err
	}
	p.events, p.reading, p.writing, p.detached = events, reading, writing, false
	C.fedval_go_interest(events, C.int32_t(reading.Fd()), C.FEDVAL_IO_READ)
	return nil
}

func (p *goPort) detach() {
	for ticket, open := range p.open {
		open.stop()
		delete(p.open, ticket)
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.detached = true
	p.arrived = nil
	if p.events != nil {
		C.fedval_go_interest(p.events, C.int32_t(p.reading.Fd()), 0)
		p.reading.Close()
		p.writing.Close()
		p.events = nil
	}
}

// maxMargin is how long before its deadline a call is told to end at most, so that one that obeys is in time.
const maxMargin = 250 * time.Millisecond

func timeFor(left time.Duration) time.Duration {
	if left/4 < maxMargin {
		return left - left/4
	}
	return left - maxMargin
}

// begin asks on a goroutine; the answer comes back through the pipe.
func (p *goPort) begin(ticket uint64, question Question, left time.Duration) context.CancelFunc {
	ctx, stop := context.WithTimeout(context.Background(), timeFor(left))
	go func() {
		defer stop()
		answer := answered{ticket: ticket, err: errors.New("the goroutine ended without an answer")} // runtime.Goexit
		defer func() {
			if panicked := recover(); panicked != nil {
				answer.err = fmt.Errorf("panic: %v", panicked)
			}
			p.arrive(answer)
		}()
		given, err := p.ask(ctx, question)
		answer.filling, answer.err = told(given, err)
	}()
	return stop
}

// told turns an error of time into an outcome. The error is asked for its text here, and not on the runner's thread, which no
// panic of its methods may reach.
func told(given filling, err error) (filling, error) {
	if err == nil {
		return given, nil
	}
	var late interface{ Timeout() bool }
	if text := err.Error(); errors.As(err, &late) && late.Timeout() {
		return timedOut{text}, nil
	}
	return nil, err
}

func (p *goPort) arrive(answer answered) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.detached {
		return
	}
	p.arrived = append(p.arrived, answer)
	if len(p.arrived) == 1 {
		p.writing.Write([]byte{0}) // one byte in the pipe at most: it never blocks
	}
}

func (p *goPort) collect() []answered {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	arrived := p.arrived
	p.arrived = nil
	if len(arrived) > 0 {
		p.reading.Read(make([]byte, 1))
	}
	return arrived
}

// finish fills the fact of a question and says that it is done. A fault becomes the outcome "local": nothing was learnt of
// the other side.
func (p *goPort) finish(ticket uint64, filling filling, err error) {
	open := p.open[ticket]
	if open == nil { // its time was up, or it was given up
		return
	}
	delete(p.open, ticket)
	open.stop()
	if err == nil {
		err = filling.fill(open.fact)
	}
	p.settle(ticket, open, err)
}

// settle notes the fault of a question, or that it has none, and hands its fact over.
func (p *goPort) settle(ticket uint64, open *open, fault error) {
	p.blame(open.question, fault)
	if fault != nil {
		lack := &filler{fact: open.fact}
		lack.circumstances(OutcomeLocal, "", nil, fault.Error())
		lack.did(C.fedval_fact_set_final(open.fact)) // this machine is short of nothing
	}
	C.fedval_go_done(p.events, C.uint64_t(ticket))
}

// maxFaults is how many faults are kept for checks that have not ended.
const maxFaults = 10000

// blame notes what went wrong with a question the last time that it was asked; nil: nothing.
func (p *goPort) blame(question Question, fault error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	delete(p.faults, question)
	if fault == nil {
		return
	}
	for other := range p.faults {
		if len(p.faults) < maxFaults {
			break
		}
		delete(p.faults, other)
	}
	p.faults[question] = fault
}

func (p *goPort) nextDeadline() int64 {
	next := int64(math.MaxInt64)
	for _, open := range p.open {
		if open.deadline < next {
			next = open.deadline
		}
	}
	return next
}

func (p *goPort) expire(now int64) {
	for ticket, open := range p.open {
		if open.deadline > now {
			continue
		}
		delete(p.open, ticket)
		open.stop()
		p.settle(ticket, open, ErrLate)
	}
}

// cancel gives a question up: nobody waits for it any longer, or the time of the whole check is up with its own.
func (p *goPort) cancel(ticket uint64) {
	open := p.open[ticket]
	if open == nil {
		return
	}
	delete(p.open, ticket)
	open.stop()
	if !time.Now().Before(open.until) {
		p.blame(open.question, ErrLate)
	}
}

func (p *goPort) fault(question Question) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if err := p.faults[question]; err != nil {
		return &CallbackError{question, err}
	}
	return nil
}

//export goPortAttach
func goPortAttach(handle C.uintptr_t, events *C.fedval_port_events) C.fedval_status {
	port := portOf(handle)
	if events == nil {
		port.detach()
		return C.FEDVAL_OK
	}
	if port.attach(events) != nil {
		return C.FEDVAL_ERROR_SYSTEM
	}
	return C.FEDVAL_OK
}

//export goPortStart
func goPortStart(handle C.uintptr_t, ticket C.uint64_t, asked *C.fedval_question, now, deadline C.int64_t,
	fact *C.fedval_fact) C.fedval_status {
	port, question := portOf(handle), readQuestion(asked)
	left := time.Duration(deadline-now) * time.Millisecond
	port.open[uint64(ticket)] = &open{question, fact, int64(deadline), time.Now().Add(left),
		port.begin(uint64(ticket), question, left)}
	return C.FEDVAL_OK
}

//export goPortReady
func goPortReady(handle C.uintptr_t, fd C.int32_t) {
	port := portOf(handle)
	if port.reading == nil || uintptr(fd) != port.reading.Fd() {
		return
	}
	for _, answer := range port.collect() {
		port.finish(answer.ticket, answer.filling, answer.err)
	}
}

//export goPortNextDeadline
func goPortNextDeadline(handle C.uintptr_t) C.int64_t {
	return C.int64_t(portOf(handle).nextDeadline())
}

//export goPortExpire
func goPortExpire(handle C.uintptr_t, now C.int64_t) { portOf(handle).expire(int64(now)) }

//export goPortCancel
func goPortCancel(handle C.uintptr_t, ticket C.uint64_t) { portOf(handle).cancel(uint64(ticket)) }

//export goPortDestroy
func goPortDestroy(handle C.uintptr_t) { cgo.Handle(handle).Delete() }

//export goNow
func goNow() C.int64_t { return C.int64_t(time.Now().Unix()) }
