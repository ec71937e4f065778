package fedval_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"libfedval.example/fedval"
	"libfedval.example/fedval/openssl"
)

// tree is the source tree that the package lies in: the lab's files are read from it.
func tree(t testing.TB, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", ".."}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not there: the package was taken out of its tree", path)
	}
	return path
}

func read(t testing.TB, parts ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(tree(t, parts...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func must[T any](t testing.TB) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func TestMatchSRV(t *testing.T) {
	for _, row := range []struct {
		domain, target string
		want           fedval.SRVMatch
		word           string
	}{
		{"example.com", "expe.example.com", fedval.SRVMatches, "match"},
		{"acano.steven.lab", "vcse.steven.lab", fedval.SRVParentOrSibling, "parent-or-sibling"},
		{"example.com", "expe.sub.example.com", fedval.SRVDeeper, "deeper"},
		{"example.com", ".", fedval.SRVNotOffered, "not-offered"},
		{"", "", fedval.SRVDomainNotAHostName, "domain-not-a-host-name"},
	} {
		got := fedval.MatchSRV(row.domain, row.target)
		if got != row.want || got.String() != row.word {
			t.Errorf("%q, %q: %v", row.domain, row.target, got)
		}
	}
	if word := fedval.SRVMatch(99).String(); word != "code 99" {
		t.Error(word)
	}
}

func TestMatchSRVBatch(t *testing.T) {
	matches := make([]fedval.SRVMatch, 2)
	err := fedval.MatchSRVBatch([]byte("a.exampleb.a.examplea.exampleb.other"), []uint32{0, 9, 20, 29, 36}, matches)
	if err != nil || matches[0] != fedval.SRVMatches || matches[1] == fedval.SRVMatches {
		t.Fatal(matches, err)
	}
	if err = fedval.MatchSRVBatch(nil, []uint32{0, 5, 9}, matches[:1]); !errors.Is(err, fedval.ErrArgument) {
		t.Error("offsets beyond the text:", err)
	}
	if err = fedval.MatchSRVBatch(nil, []uint32{0}, matches); !errors.Is(err, fedval.ErrArgument) {
		t.Error("too few offsets:", err)
	}
}

func TestErrorsHaveTheirPlace(t *testing.T) {
	_, err := fedval.ParseEvidence([]byte("{\"format\":\"fedval-evidence/1\",\n \"domain\":\"example.com\",\n \"facts\":[], \"fcats\":[]}"))
	var place *fedval.Error
	if !errors.As(err, &place) || !errors.Is(err, fedval.ErrSyntax) || place.Line != 3 ||
		!strings.Contains(place.Message, "facts") {
		t.Fatalf("%+v", err)
	}
	if _, err = fedval.NormaliseName("a b"); !errors.Is(err, fedval.ErrSyntax) || err.Error() == "" {
		t.Error(err)
	}
	if _, err = fedval.NewPolicy(fedval.Profile(99)); !errors.Is(err, fedval.ErrNotFound) {
		t.Error(err)
	}
	policy := must[*fedval.Policy](t)(fedval.NewPolicy(fedval.Office365))
	if err = policy.SetNumber("expiry_warning_dais", 1); !errors.Is(err, fedval.ErrNotFound) {
		t.Error(err)
	}
}

func TestPolicyGoesThroughJSON(t *testing.T) {
	policy := must[*fedval.Policy](t)(fedval.NewPolicy(fedval.Office365))
	at := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := policy.SetNumber("expiry_warning_days", 60); err != nil {
		t.Fatal(err)
	}
	if err := policy.SetText("edge_fqdn", "Edge.Example.com"); err != nil {
		t.Fatal(err)
	}
	if err := policy.SetTime(at); err != nil {
		t.Fatal(err)
	}
	document := must[[]byte](t)(policy.JSON())
	again := must[*fedval.Policy](t)(fedval.ParsePolicy(document))
	if !bytes.Equal(document, must[[]byte](t)(again.JSON())) || !bytes.Contains(document, []byte("edge.example.com")) {
		t.Error(string(document))
	}
}

func TestCertificates(t *testing.T) {
	certificates := must[[]*fedval.Certificate](t)(fedval.ParseCertificates(read(t, "examples", "lab", "vcse.pem")))
	first := certificates[0]
	if first.Subject != "CN=vcse.steven.lab" || len(first.Names) != 1 || first.Names[0] != "DNS:vcse.steven.lab" {
		t.Fatalf("%+v", first)
	}
	match, err := first.Match("VCSE.steven.lab")
	if err != nil || !match.Accepted() || match.String() != "san" {
		t.Error(match, err)
	}
	matches := make([]fedval.NameMatch, 2)
	if err = first.MatchBatch([]byte("vcse.steven.laba.example"), []uint32{0, 15, 24}, matches); err != nil ||
		!matches[0].Accepted() || matches[1].Accepted() {
		t.Error(matches, err)
	}
	if _, err = fedval.ParseCertificates([]byte("nothing")); !errors.As(err, new(*fedval.Error)) {
		t.Error(err)
	}
}

func labJudge(t testing.TB) *fedval.Judge {
	anchors := must[*fedval.Anchors](t)(fedval.NewAnchors())
	if err := anchors.Add(fedval.Private, read(t, "examples", "lab", "lab-ca.pem")); err != nil {
		t.Fatal(err)
	}
	if err := anchors.Add(fedval.Public, read(t, "examples", "lab", "public-root.pem")); err != nil {
		t.Fatal(err)
	}
	policy := must[*fedval.Policy](t)(fedval.NewPolicy(fedval.MicrosoftEdge))
	if err := policy.SetNumber("allow_private", 1); err != nil {
		t.Fatal(err)
	}
	return must[*fedval.Judge](t)(fedval.NewJudge(fedval.JudgeOptions{
		Policies: []*fedval.Policy{policy}, Anchors: anchors,
		Verifier: must[*fedval.Verifier](t)(openssl.NewVerifier())}))
}

func TestEvaluateChain(t *testing.T) {
	at := time.Date(2017, 3, 2, 0, 0, 0, 0, time.UTC)
	result, err := labJudge(t).EvaluateChain(read(t, "examples", "lab", "vcse.pem"), "vcse.steven.lab",
		fedval.ServerPurpose, at)
	if err != nil || !result.Passed() || result.Trust != "private" || len(result.Paths) != 1 {
		t.Fatalf("%+v %v", result, err)
	}
}

func TestDiagnoseJoinsLogs(t *testing.T) {
	logs := []fedval.LogFile{
		{Name: "expe.log", Reader: bytes.NewReader(read(t, "examples", "lab", "logs", "expe.log"))},
		{Name: "edge.log", Reader: bytes.NewReader(read(t, "examples", "lab", "logs", "edge.log"))}}
	diagnosis, err := fedval.Diagnose(context.Background(), fedval.DiagnoseOptions{}, logs...)
	if err != nil || diagnosis.Diagnosis != "faults" || diagnosis.Headline != "cause-found" || diagnosis.MendSide != "cisco" || len(diagnosis.Incidents) < 2 {
		t.Fatalf("%+v %v", diagnosis, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err = fedval.Diagnose(ctx, fedval.DiagnoseOptions{}, logs...); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestExplain(t *testing.T) {
	text, known, err := fedval.Explain("1010")
	if err != nil || !known || !strings.Contains(text, "HRESULT") {
		t.Error(text, known, err)
	}
	if _, known, err = fedval.Explain("qqqq zzzz"); known || err != nil {
		t.Error(known, err)
	}
}

func TestTheDocumentHoldsMoreThanTheStruct(t *testing.T) {
	report := must[*fedval.Report](t)(labJudge(t).Evaluate(must[*fedval.Evidence](t)(
		fedval.ParseEvidence(read(t, "examples", "ffi", "evidence.json")))))
	var whole map[string]any
	if err := json.Unmarshal(report.JSON(), &whole); err != nil || whole["format"] != "fedval-report/1" {
		t.Fatal(err)
	}
	if report.Verdict != whole["verdict"] || len(report.Findings) != len(whole["findings"].([]any)) {
		t.Errorf("%+v", report)
	}
}
