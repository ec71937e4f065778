package fedval_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"libfedval.example/fedval"
	"libfedval.example/fedval/ldns"
)

func plannedWith(t *testing.T, replacement string) *fedval.Plan {
	document := strings.Replace(strings.Replace(intent, "ZONES", "", 1), `"server": {"certificate": "vcse.pem"}`, replacement, 1)
	plan, err := labJudge(t).Plan(context.Background(), []byte(document),
		fedval.PlanOptions{Files: os.DirFS(tree(t, "examples", "lab")), Now: then})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestPlanIsRefusedForWhatLiesReady(t *testing.T) {
	sound := plannedWith(t, `"server": {}`)
	if !sound.Passed() || sound.Requests[0].Ready != nil || len(sound.Refused()) != 0 {
		t.Errorf("%s %+v", sound.After, sound.Requests)
	}
	plan := plannedWith(t, `"server": {"ready": "vcse-sub.pem"}`)
	refused := plan.Refused()
	if plan.Passed() || len(refused) != 1 || refused[0].Role != "server" || refused[0].Ready.Kind != "certificate" ||
		refused[0].Ready.WillDo || len(refused[0].Ready.Findings) == 0 || refused[0].Ready.Findings[0].Message == "" {
		t.Errorf("%s %+v", plan.After, plan.Requests)
	}
	for _, plan := range []fedval.Plan{{After: "fail"}, {After: "indeterminate"}, {After: "pass",
		Requests: []fedval.PlanRequest{{Ready: &fedval.PlanReady{}}}}} {
		if plan.Passed() {
			t.Errorf("%+v", plan)
		}
	}
	good := fedval.Plan{After: "pass", Requests: []fedval.PlanRequest{{Ready: &fedval.PlanReady{WillDo: true}}}}
	if !good.Passed() {
		t.Error(good)
	}
}

func TestPlanReadsPathsAsPeopleWriteThem(t *testing.T) {
	at := func(name string) error {
		_, err := planned(t, `, "today": {"zones": ["`+name+`"]}`, fedval.PlanOptions{Zone: ldns.NewZone})
		return err
	}
	for _, name := range []string{"./case-1.zone", "logs/../case-1.zone", ".//case-1.zone"} {
		if err := at(name); err != nil {
			t.Error(name, err)
		}
	}
	for _, name := range []string{"../case-1.zone", "/case-1.zone", "logs/../../case-1.zone"} {
		if err := at(name); !errors.Is(err, fedval.ErrArgument) || !strings.Contains(err.Error(), "os.DirFS") {
			t.Error(name, err)
		}
	}
}

func diagnosed(t *testing.T, texts ...string) *fedval.Diagnosis {
	var files []fedval.LogFile
	for _, text := range texts {
		files = append(files, fedval.LogFile{Name: "log", Reader: strings.NewReader(text)})
	}
	return must[*fedval.Diagnosis](t)(fedval.Diagnose(context.Background(), fedval.DiagnoseOptions{}, files...))
}

func TestDiagnosisSaysWhatIsNoLog(t *testing.T) {
	edge := string(read(t, "examples", "lab", "logs", "edge.log"))
	for _, text := range []string{"", "\x00\x01\x02\xff\xfe", string(read(t, "examples", "lab", "vcse.pem")), "good morning\n"} {
		diagnosis := diagnosed(t, text)
		if diagnosis.Diagnosis != "nothing" || diagnosis.HoldsLogs() || len(diagnosis.Sources) != 1 || diagnosis.Sources[0].IsLog() {
			t.Errorf("%.20q: %+v", text, diagnosis)
		}
		if diagnosed(t, edge, text).HoldsLogs() {
			t.Errorf("%.20q beside a log", text)
		}
	}
	if diagnosis := diagnosed(t, edge); !diagnosis.HoldsLogs() || diagnosis.Sources[0].Lines == 0 || diagnosis.Sources[0].Formats[0] != "edge" {
		t.Errorf("%+v", diagnosis.Sources)
	}
	if diagnosed(t).HoldsLogs() {
		t.Error("no file is no log")
	}
}

func TestTimesWithoutAZone(t *testing.T) {
	for document, wanted := range map[string]string{`"2016-08-24T13:04:43.567"`: "2016-08-24T13:04:43Z",
		`"2016-08-24T15:04:43.567+02:00"`: "2016-08-24T15:04:43+02:00"} {
		var incident fedval.Incident
		if err := json.Unmarshal([]byte(`{"id": 3, "last_time": `+document+`}`), &incident); err != nil ||
			incident.LastTime.Format(time.RFC3339) != wanted || incident.Time != nil || incident.ID != 3 {
			t.Error(document, incident, err)
		}
	}
	for _, document := range []string{`{"time": "yesterday"}`, `{"time": 3}`} {
		if err := json.Unmarshal([]byte(document), &fedval.Incident{}); err == nil {
			t.Error(document)
		}
	}
}

// An error says which field, index or value it is about, and not its kind alone.
func TestErrorsSayWhatIsWrong(t *testing.T) {
	policy := must[*fedval.Policy](t)(fedval.NewPolicy(fedval.MicrosoftEdge))
	judge := must[*fedval.Judge](t)(fedval.NewJudge(fedval.JudgeOptions{}))
	evidence := must[*fedval.Evidence](t)(fedval.ParseEvidence(read(t, "examples", "ffi", "evidence.json")))
	resolver := must[*fedval.Port](t)(ldns.NewZone(read(t, "examples", "lab", "case-1.zone"), "case-1.zone", ""))
	options := fedval.CheckerOptions{Judge: judge, Resolvers: []*fedval.Port{resolver}}
	checker := must[*fedval.Checker](t)(fedval.NewChecker(options))
	defer checker.Close()
	anchors := must[*fedval.Anchors](t)(fedval.NewAnchors())
	must[*fedval.Judge](t)(fedval.NewJudge(fedval.JudgeOptions{Anchors: anchors}))
	last := func(_ any, err error) error { return err }
	for _, one := range []struct {
		err  error
		kind fedval.Status
		said []string
	}{
		{policy.SetNumber("expiry_warning_dais", 3), fedval.ErrNotFound, []string{"expiry_warning_dais", "nearest is expiry_warning_days"}},
		{policy.SetNumber("expiry_warning_days", -3), fedval.ErrArgument, []string{"expiry_warning_days", "-3"}},
		{policy.SetNumber("edge_fqdn", 3), fedval.ErrArgument, []string{"edge_fqdn", "3"}},
		{policy.SetText("edge_fqdm", "a.example.com"), fedval.ErrNotFound, []string{"nearest is edge_fqdn"}},
		{policy.SetText("max_depth", "a.example.com"), fedval.ErrArgument, []string{"max_depth", "a.example.com"}},
		{last(fedval.NewPolicy(99)), fedval.ErrNotFound, []string{"profile", "99"}},
		{last(judge.EvaluateBy(9, evidence)), fedval.ErrArgument, []string{"index 9", "has"}},
		{last(judge.Evaluate(nil)), fedval.ErrArgument, []string{"evidence is nil"}},
		{last(judge.EvaluateTogether()), fedval.ErrArgument, []string{"not of 0"}},
		{last(judge.NewSession("example.com", 0)), fedval.ErrArgument, []string{"not 0"}},
		{last(fedval.NewChecker(fedval.CheckerOptions{})), fedval.ErrArgument, []string{"Judge"}},
		{last(fedval.NewChecker(options)), fedval.ErrState, []string{"another checker"}},
		{anchors.Add(fedval.Public, read(t, "examples", "lab", "public-root.pem")), fedval.ErrState, []string{"a judge was made"}},
		{last(fedval.NewVerifyCache(nil, 3)), fedval.ErrArgument, []string{"verifier"}},
		{last(fedval.NewResolverPort(nil)), fedval.ErrArgument, []string{"resolver is nil"}},
		{last(fedval.CompareReports(nil, nil)), fedval.ErrArgument, []string{"one report"}},
		{last(judge.Pair(fedval.PairSide{}, fedval.PairSide{})), fedval.ErrArgument, []string{"no evidence"}},
		{&fedval.Error{Status: fedval.ErrLimit, Offset: -1}, fedval.ErrLimit, []string{"larger than a limit"}},
	} {
		if !errors.Is(one.err, one.kind) {
			t.Errorf("%v: wanted %v", one.err, one.kind)
			continue
		}
		for _, word := range one.said {
			if !strings.Contains(one.err.Error(), word) {
				t.Errorf("%v: wanted %q", one.err, word)
			}
		}
	}
}
