package fedval

// #include <fedval/status.h>
import "C"

import (
	"fmt"
	"math"
)

// Status says how a call of the C library failed. It is an error, for [errors.Is].
type Status int32

// The statuses. A call that succeeds has none.
const (
	ErrNoMemory  Status = C.FEDVAL_ERROR_NO_MEMORY // an allocation failed
	ErrArgument  Status = C.FEDVAL_ERROR_ARGUMENT  // misuse: a code or an index out of range
	ErrSyntax    Status = C.FEDVAL_ERROR_SYNTAX    // the input is malformed or truncated
	ErrLimit     Status = C.FEDVAL_ERROR_LIMIT     // the input is larger than a documented limit
	ErrFormat    Status = C.FEDVAL_ERROR_FORMAT    // the input is of a later or another format
	ErrNotFound  Status = C.FEDVAL_ERROR_NOT_FOUND // no such thing
	ErrState     Status = C.FEDVAL_ERROR_STATE     // not now: called in the wrong order, or after Close
	ErrSystem    Status = C.FEDVAL_ERROR_SYSTEM    // the operating system refused
	ErrCancelled Status = C.FEDVAL_ERROR_CANCELLED // ended before it was done
)

// Error gives the word of the status: "no-memory".
func (s Status) Error() string {
	word := C.fedval_status_to_string(C.fedval_status(s))
	if word == nil {
		return fmt.Sprintf("status %d", int32(s))
	}
	return C.GoString(word)
}

// Error is a failure with its place in the input.
type Error struct {
	Status  Status
	Message string // one line of plain English, "" where nothing more is known
	Line    int    // from 1; 0: not known
	Column  int    // in bytes, from 1; 0: not known
	Offset  int64  // in bytes, from 0; -1: not known
}

// Error gives "line 3, column 7: message", as far as each is known.
func (e *Error) Error() string {
	text := e.Message
	if text == "" {
		text = meaning(e.Status)
	}
	switch {
	case e.Line > 0 && e.Column > 0:
		return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, text)
	case e.Line > 0:
		return fmt.Sprintf("line %d: %s", e.Line, text)
	}
	return text
}

// meaning says what a status means where nothing more is known.
func meaning(status Status) string {
	text := map[Status]string{
		ErrNoMemory:  "not enough memory",
		ErrArgument:  "a value is not one that this call takes",
		ErrSyntax:    "the input is malformed or cut short",
		ErrLimit:     "the input is larger than a limit of the library",
		ErrFormat:    "the input is of another format, or of a later edition of it",
		ErrNotFound:  "there is no such thing",
		ErrState:     "this cannot be done now: too late, too early, or after Close",
		ErrSystem:    "the operating system refused",
		ErrCancelled: "ended before it was done",
	}[status]
	if text == "" {
		return status.Error()
	}
	return text + " (" + status.Error() + ")"
}

// Unwrap gives the status, so that errors.Is(err, fedval.ErrSyntax) holds.
func (e *Error) Unwrap() error { return e.Status }

// failure makes the error of a status; nil for success. It frees place, which may be nil.
func failure(status C.fedval_status, place *C.fedval_error) error {
	defer C.fedval_error_free(place)
	if status == C.FEDVAL_OK {
		return nil
	}
	err := &Error{Status: Status(status), Offset: -1}
	if place != nil {
		err.Message = C.GoString(C.fedval_error_get_message(place))
		err.Line = int(C.fedval_error_get_line(place))
		err.Column = int(C.fedval_error_get_column(place))
		if offset := uint64(C.fedval_error_get_offset(place)); offset <= math.MaxInt64 {
			err.Offset = int64(offset)
		}
	}
	return err
}

// status makes the error of a call that tells no place.
func status(code C.fedval_status) error { return failure(code, nil) }

// misuse is an argument that cannot be taken, and why.
func misuse(format string, values ...any) error {
	return &Error{Status: ErrArgument, Message: fmt.Sprintf(format, values...), Offset: -1}
}

// because says why a call failed in the way that is expected of it; other failures are left as they are.
func because(err error, expected Status, format string, values ...any) error {
	if failed, is := err.(*Error); is && failed.Status == expected && failed.Message == "" {
		failed.Message = fmt.Sprintf(format, values...)
	}
	return err
}
