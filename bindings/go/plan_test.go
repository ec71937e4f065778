package fedval_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"libfedval.example/fedval"
	"libfedval.example/fedval/ldns"
)

const intent = `{"format": "fedval-intent/1", "domains": [{"name": "acano.steven.lab", "host": "vcse"}],
	"clusters": [{"name": "vcse-cluster.steven.lab", "version": "15.5", "peers": [{"name": "vcse.steven.lab",
		"addresses": ["198.41.0.4"], "server": {"certificate": "vcse.pem"}}]}],
	"partners": [{"name": "skype.lab", "kind": "on-premises"}], "ca": "private"ZONES}`

var then = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)

func planned(t *testing.T, zones string, options fedval.PlanOptions) (*fedval.Plan, error) {
	options.Files, options.Now = os.DirFS(tree(t, "examples", "lab")), then
	return labJudge(t).Plan(context.Background(), []byte(strings.Replace(intent, "ZONES", zones, 1)), options)
}

func TestPlanHasStepsAndContents(t *testing.T) {
	plan, err := planned(t, "", fedval.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for i, step := range plan.Steps {
		kinds[step.Kind] = true
		if step.N != i+1 {
			t.Errorf("step %d has the number %d", i+1, step.N)
		}
	}
	if !kinds["dns"] || !kinds["request"] || plan.VerdictToday != "not-checked" || len(plan.Requests) == 0 ||
		!strings.Contains(plan.Text, "acano.steven.lab") {
		t.Errorf("%+v", plan)
	}
	var whole struct{ Files []string }
	if err := json.Unmarshal(plan.JSON(), &whole); err != nil || len(whole.Files) != len(plan.Contents) {
		t.Error(whole, err)
	}
	for _, name := range whole.Files {
		if len(plan.Contents[name]) == 0 {
			t.Error(name)
		}
	}
}

func TestPlanReadsZonesAndEvidence(t *testing.T) {
	zones := `, "today": {"zones": ["case-2.zone", "case-1.zone"]}`
	plan, err := planned(t, zones, fedval.PlanOptions{Zone: ldns.NewZone})
	if err != nil || plan.VerdictToday == "not-checked" {
		t.Fatalf("%+v %v", plan, err)
	}
	evidence := must[*fedval.Evidence](t)(fedval.ParseEvidence(read(t, "examples", "ffi", "evidence.json")))
	plan, err = planned(t, "", fedval.PlanOptions{Today: []*fedval.Evidence{evidence}})
	if err != nil || plan.VerdictToday == "not-checked" {
		t.Fatalf("%+v %v", plan, err)
	}
}

func TestPlanSaysWhatItCannotRead(t *testing.T) {
	zones := `, "today": {"zones": ["case-2.zone"]}`
	if _, err := planned(t, zones, fedval.PlanOptions{}); !errors.Is(err, fedval.ErrArgument) || !strings.Contains(err.Error(), "Zone") {
		t.Error(err)
	}
	if _, err := planned(t, strings.Replace(zones, "case-2", "case-99", 1), fedval.PlanOptions{Zone: ldns.NewZone}); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	_, err := labJudge(t).Plan(context.Background(), []byte(`{"format": "fedval-intent/1", "domians": []}`), fedval.PlanOptions{})
	if !errors.Is(err, fedval.ErrSyntax) || !strings.Contains(err.Error(), "nearest is domains") {
		t.Error(err)
	}
	document := []byte(strings.Replace(intent, "ZONES", "", 1))
	if _, err = labJudge(t).Plan(context.Background(), document, fedval.PlanOptions{}); !errors.Is(err, fedval.ErrArgument) {
		t.Error("without files:", err)
	}
	bad := fedval.PlanOptions{Files: os.DirFS(t.TempDir()), Now: then}
	if _, err = labJudge(t).Plan(context.Background(), document, bad); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err = planned(t, "", fedval.PlanOptions{Today: []*fedval.Evidence{nil}}); !errors.Is(err, fedval.ErrArgument) {
		t.Error(err)
	}
}

func reportOn(t *testing.T, target string) []byte {
	document := bytes.Replace(read(t, "examples", "ffi", "evidence.json"), []byte("vcse.steven.lab"), []byte(target), -1)
	report := must[*fedval.Report](t)(labJudge(t).Evaluate(must[*fedval.Evidence](t)(fedval.ParseEvidence(document))))
	return report.JSON()
}

func TestCompareReports(t *testing.T) {
	before, now := reportOn(t, "vcse.acano.steven.lab"), reportOn(t, "vcse.steven.lab")
	diff, err := fedval.CompareReports(before, now)
	if err != nil || diff.Change != "worse" || !strings.HasPrefix(diff.Line, "acano.steven.lab worse") || len(diff.JSON()) == 0 {
		t.Fatalf("%+v %v", diff, err)
	}
	found := false
	for _, change := range diff.Changes {
		found = found || change.What == "requirement" && change.Place == "R2" && change.Old == "pass" && change.New == "fail"
	}
	if !found {
		t.Errorf("%+v", diff.Changes)
	}
	if diff, err = fedval.CompareReports(now, before); err != nil || diff.Change != "better" {
		t.Errorf("%+v %v", diff, err)
	}
	if diff, err = fedval.CompareReports(nil, now); err != nil || diff.Changes[0].What != "domain" {
		t.Errorf("%+v %v", diff, err)
	}
	for document, want := range map[string]fedval.Status{"{": fedval.ErrSyntax, `{"format":"fedval-evidence/1"}`: fedval.ErrFormat} {
		if _, err = fedval.CompareReports(now, []byte(document)); !errors.Is(err, want) {
			t.Error(document, err)
		}
	}
	if _, err = fedval.CompareReports(nil, nil); !errors.Is(err, fedval.ErrArgument) {
		t.Error(err)
	}
}

// pairJudge judges the Cisco side by its policy 0, the Microsoft side by its policy 1.
func pairJudge(t *testing.T) *fedval.Judge {
	var policies []*fedval.Policy
	for _, document := range []string{
		`{"format":"fedval-policy/1","profile":"microsoft-edge","side":"cisco","time":"2030-01-01T00:00:00Z"}`,
		`{"format":"fedval-policy/1","profile":"expressway","side":"microsoft","time":"2030-01-01T00:00:00Z"}`} {
		policies = append(policies, must[*fedval.Policy](t)(fedval.ParsePolicy([]byte(document))))
	}
	return must[*fedval.Judge](t)(fedval.NewJudge(fedval.JudgeOptions{Policies: policies}))
}

func TestPairProfile(t *testing.T) {
	judge := pairJudge(t)
	for side, profile := range map[string]string{"cisco": "microsoft-edge", "microsoft": "expressway"} {
		if found, err := judge.PairProfile(side, nil); err != nil || found != profile {
			t.Error(side, found, err)
		}
	}
	if _, err := judge.PairProfile("both", nil); err == nil {
		t.Error("there is no such side")
	}
	if _, err := judge.PairProfile("cisco", &fedval.PairSide{}); !errors.Is(err, fedval.ErrArgument) {
		t.Error(err)
	}
}

func TestPair(t *testing.T) {
	document := read(t, "examples", "ffi", "evidence.json")
	cisco := must[*fedval.Evidence](t)(fedval.ParseEvidence(document))
	microsoft := must[*fedval.Evidence](t)(fedval.ParseEvidence(bytes.Replace(bytes.Replace(document, []byte("vcse.steven.lab"),
		[]byte("sip.skype.lab"), -1), []byte("acano.steven.lab"), []byte("skype.lab"), -1)))
	pair, err := pairJudge(t).Pair(fedval.PairSide{Evidence: cisco}, fedval.PairSide{Evidence: microsoft, Policy: 1})
	if err != nil {
		t.Fatal(err)
	}
	if pair.Directions["to-microsoft"] != "broken" || pair.Cisco.Verdict != "fail" || pair.Microsoft.Domain != "skype.lab" ||
		len(pair.Because) == 0 || pair.Because[0].Finding != "srv-target-outside-domain" || pair.Text == "" || len(pair.JSON()) == 0 {
		t.Errorf("%+v", pair)
	}
	for _, side := range []fedval.PairSide{{}, {Evidence: microsoft}, {Evidence: microsoft, Policy: 9}, {Evidence: microsoft, Policy: -1}} {
		if _, err = pairJudge(t).Pair(fedval.PairSide{Evidence: cisco}, side); !errors.Is(err, fedval.ErrArgument) {
			t.Errorf("%+v: %v", side, err)
		}
	}
}
