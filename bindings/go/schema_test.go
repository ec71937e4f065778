package fedval_test

import (
	"encoding/json"
	"reflect"
	"sort"
	"strings"
	"testing"
	"time"

	"libfedval.example/fedval"
)

// schema is a schema of docs/schema, or a part of one.
type schema struct {
	Ref        string             `json:"$ref"`
	Properties map[string]*schema `json:"properties"`
	Items      *schema            `json:"items"`
	Defs       map[string]*schema `json:"$defs"`
}

// exceptions are members that have no field, with the reason.
var exceptions = map[string]string{
	"format":                   "the type says it",
	"version":                  "Version says it",
	"fedval.Plan.files":        "Contents has them by name",
	"fedval.Certificate.names": "Names is filled from the library",
}

type walker struct {
	t       *testing.T
	files   map[string]*schema
	seen    map[reflect.Type]bool
	missing []string
}

func (w *walker) file(name string) *schema {
	if w.files[name] == nil {
		w.files[name] = &schema{}
		if err := json.Unmarshal(read(w.t, "docs", "schema", name), w.files[name]); err != nil {
			w.t.Fatal(name, err)
		}
	}
	return w.files[name]
}

// resolve follows a reference from the file root.
func (w *walker) resolve(root, s *schema) (*schema, *schema) {
	for s.Ref != "" {
		file, part := s.Ref, ""
		if at := strings.Index(s.Ref, "#/$defs/"); at >= 0 {
			file, part = s.Ref[:at], s.Ref[at+len("#/$defs/"):]
		}
		if file != "" {
			root = w.file(file[strings.LastIndex(file, "/")+1:])
		}
		if s = root; part != "" {
			s = root.Defs[part]
		}
		if s == nil {
			w.t.Fatal("no such part of a schema: ", part)
		}
	}
	return root, s
}

func fieldsOf(kind reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for i := 0; i < kind.NumField(); i++ {
		if name := strings.Split(kind.Field(i).Tag.Get("json"), ",")[0]; name != "" && name != "-" {
			fields[name] = kind.Field(i).Type
		}
	}
	return fields
}

func (w *walker) walk(kind reflect.Type, root, s *schema) {
	root, s = w.resolve(root, s)
	for kind.Kind() == reflect.Ptr || kind.Kind() == reflect.Slice && s.Items == nil && s.Properties != nil {
		if kind == reflect.TypeOf(json.RawMessage{}) {
			return
		}
		kind = kind.Elem()
	}
	if kind.Kind() == reflect.Slice && s.Items != nil {
		w.walk(kind.Elem(), root, s.Items)
		return
	}
	if kind.Kind() != reflect.Struct || kind == reflect.TypeOf(time.Time{}) || w.seen[kind] {
		return
	}
	w.seen[kind] = true
	fields := fieldsOf(kind)
	for name, member := range s.Properties {
		field, known := fields[name]
		delete(fields, name)
		if known {
			w.walk(field, root, member)
			continue
		}
		place := kind.String() + "." + name
		if exceptions[name] == "" && exceptions[place] == "" {
			w.missing = append(w.missing, place)
		}
	}
	for name := range fields {
		w.missing = append(w.missing, kind.String()+" has a field that no schema has: "+name)
	}
}

// Every member of the documents has a field.
func TestTypesHoldWhatTheSchemasHave(t *testing.T) {
	w := &walker{t: t, files: map[string]*schema{}, seen: map[reflect.Type]bool{}}
	for name, document := range map[string]any{"report-1.json": fedval.Report{}, "chain-1.json": fedval.ChainResult{},
		"certificate-1.json": fedval.Certificate{}, "diagnosis-1.json": fedval.Diagnosis{}, "plan-1.json": fedval.Plan{},
		"pair-1.json": fedval.Pair{}, "diff-1.json": fedval.Diff{}} {
		root := w.file(name)
		w.walk(reflect.TypeOf(document), root, root)
	}
	sort.Strings(w.missing)
	for _, place := range w.missing {
		t.Error(place)
	}
	for _, kind := range []any{fedval.Finding{}, fedval.Where{}, fedval.Acceptance{}, fedval.Hop{}, fedval.PlanReady{}, fedval.Rung{}} {
		if !w.seen[reflect.TypeOf(kind)] {
			t.Errorf("%T was not looked at", kind)
		}
	}
}
