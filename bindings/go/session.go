package fedval

// #include <fedval/judge.h>
import "C"

import (
	"runtime"
	"time"
)

// Session says which questions a check of one domain still has, and takes the answers: for a program that does all asking
// itself. One goroutine at a time.
type Session struct {
	c    *C.fedval_session
	open map[Question]*C.fedval_question
}

// NewSession begins a check of a domain that asks for all that the judge needs; views says how many resolvers are compared.
func (j *Judge) NewSession(domain string, views int) (*Session, error) {
	defer runtime.KeepAlive(j)
	if views < 1 {
		return nil, misuse("a session compares at least 1 view, not %d", views)
	}
	s, place := &Session{open: map[Question]*C.fedval_question{}}, C.fedval_error_new()
	text, length := textOf(domain)
	if err := failure(C.fedval_judge_new_session(j.c, text, length, C.uint32_t(views), &s.c, place), place); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(s, func(s *Session) { C.fedval_session_free(s.c) })
	return s, nil
}

// Next gives the questions that have come up since the last call; none where answers are awaited, or all is answered.
func (s *Session) Next() ([]Question, error) {
	defer runtime.KeepAlive(s)
	var questions []Question
	for {
		var asked *C.fedval_question
		if err := status(C.fedval_session_next(s.c, &asked)); err != nil || asked == nil {
			return questions, err
		}
		question := readQuestion(asked)
		s.open[question] = asked
		questions = append(questions, question)
	}
}

// Done reports whether every question was answered or skipped.
func (s *Session) Done() bool {
	defer runtime.KeepAlive(s)
	return C.fedval_session_is_done(s.c) != 0
}

func (s *Session) supply(question Question, at time.Time, answer filling) error {
	defer runtime.KeepAlive(s)
	asked := s.open[question]
	if asked == nil {
		return &Error{Status: ErrNotFound, Message: "not asked: " + question.String(), Offset: -1}
	}
	var fact *C.fedval_fact
	if err := status(C.fedval_fact_new(asked, &fact)); err != nil {
		return err
	}
	defer C.fedval_fact_free(fact)
	if err := answer.fill(fact); err != nil {
		return err
	}
	if !at.IsZero() {
		if err := status(C.fedval_fact_set_time(fact, C.int64_t(at.Unix()))); err != nil {
			return err
		}
	}
	return status(C.fedval_session_supply(s.c, fact))
}

// Answer supplies what came of a DNS question, observed at that time.
func (s *Session) Answer(question Question, at time.Time, answer Answer) error {
	return s.supply(question, at, answer)
}

// Handshake supplies what came of looking at a server.
func (s *Session) Handshake(question Question, at time.Time, handshake Handshake) error {
	return s.supply(question, at, handshake)
}

// Skip says that a question gets no answer: the report then says "not checked".
func (s *Session) Skip(question Question) error {
	defer runtime.KeepAlive(s)
	asked := s.open[question]
	if asked == nil {
		return &Error{Status: ErrNotFound, Message: "not asked: " + question.String(), Offset: -1}
	}
	return status(C.fedval_session_skip(s.c, asked))
}

// Evidence hands over what was gathered, with the time to judge at. The session ends.
func (s *Session) Evidence(at time.Time) (*Evidence, error) {
	defer runtime.KeepAlive(s)
	if err := status(C.fedval_session_set_time(s.c, C.int64_t(at.Unix()))); err != nil {
		return nil, err
	}
	return ownEvidence(C.fedval_session_take_evidence(s.c)), nil
}
