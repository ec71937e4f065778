package fedval

// #include <fedval/diagnosis.h>
import "C"

import (
	"context"
	"io"
)

// LogFile is one log: a name that the result calls it by, and what it holds.
type LogFile struct {
	Name   string
	Reader io.Reader
}

// DiagnoseOptions say how a diagnosis is shown.
type DiagnoseOptions struct {
	Group  bool // incidents that say the same are one, with their count
	Redact bool // users and addresses are replaced, so that it can be sent on; domains are kept
}

// Diagnose reads logs as people have them, joins them, and says what went wrong. It reads in pieces: memory is bounded
// whatever their size. A reader's error, or the end of ctx, ends it.
func Diagnose(ctx context.Context, options DiagnoseOptions, files ...LogFile) (*Diagnosis, error) {
	var log *C.fedval_log
	if err := status(C.fedval_log_new(&log)); err != nil {
		return nil, err
	}
	defer C.fedval_log_free(log)
	piece := make([]byte, 256<<10)
	for _, file := range files {
		name, length := textOf(file.Name)
		if err := status(C.fedval_log_begin_source(log, name, length)); err != nil {
			return nil, err
		}
		if err := feed(ctx, log, file.Reader, piece); err != nil {
			return nil, err
		}
	}
	if err := status(C.fedval_log_finish(log)); err != nil {
		return nil, err
	}
	return readDiagnosis(log, options)
}

func feed(ctx context.Context, log *C.fedval_log, reader io.Reader, piece []byte) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, end := reader.Read(piece)
		data, length := bytesOf(piece[:n])
		if err := status(C.fedval_log_feed(log, data, length)); err != nil {
			return err
		}
		if end == io.EOF {
			return status(C.fedval_log_end_source(log))
		}
		if end != nil {
			return end
		}
	}
}

func readDiagnosis(log *C.fedval_log, options DiagnoseOptions) (*Diagnosis, error) {
	chosen := C.fedval_diagnosis_options{size: C.sizeof_fedval_diagnosis_options}
	if options.Group {
		chosen.group = 1
	}
	if options.Redact {
		chosen.redact = 1
	}
	var text *C.char
	var length C.size_t
	if err := status(C.fedval_log_to_json(log, &chosen, &text, &length)); err != nil {
		return nil, err
	}
	diagnosis := &Diagnosis{document: take(text, length)}
	return diagnosis, decode(diagnosis.document, diagnosis)
}
