package fedval_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"libfedval.example/fedval"
	"libfedval.example/fedval/mbedtls"
)

type vector struct {
	Evidence map[string]any      `json:"evidence"`
	Others   []map[string]any    `json:"others"` // the evidence of domains that are judged with it
	Policy   map[string]any      `json:"policy"`
	Anchors  map[string][]string `json:"anchors"`
	CRLs     []string            `json:"crls"`
}

// chainOf is the chain of a fact: base64 of the certificates of a PEM file.
func chainOf(t *testing.T, file []byte) []string {
	var chain []string
	for block, rest := pem.Decode(file); block != nil; block, rest = pem.Decode(rest) {
		chain = append(chain, base64.StdEncoding.EncodeToString(block.Bytes))
	}
	return chain
}

func evidenceOf(t *testing.T, from map[string]any) *fedval.Evidence {
	from["format"] = "fedval-evidence/1"
	for _, fact := range from["facts"].([]any) {
		fact := fact.(map[string]any)
		if name, is := fact["pem"].(string); is {
			fact["chain"] = chainOf(t, read(t, "tests", "pki", "out", name+".pem"))
			delete(fact, "pem")
		}
	}
	document := must[[]byte](t)(json.Marshal(from))
	return must[*fedval.Evidence](t)(fedval.ParseEvidence(document))
}

func (v *vector) judge(t *testing.T, verifier *fedval.Verifier) *fedval.Judge {
	anchors := must[*fedval.Anchors](t)(fedval.NewAnchors())
	for class, code := range map[string]fedval.AnchorClass{"public": fedval.Public, "private": fedval.Private} {
		for _, name := range v.Anchors[class] {
			if err := anchors.Add(code, read(t, "tests", "pki", "out", "certs", name+".pem")); err != nil {
				t.Fatal(err)
			}
		}
	}
	if v.Policy == nil {
		v.Policy = map[string]any{}
	}
	v.Policy["format"] = "fedval-policy/1"
	options := fedval.JudgeOptions{Anchors: anchors, Verifier: verifier, Policies: []*fedval.Policy{
		must[*fedval.Policy](t)(fedval.ParsePolicy(must[[]byte](t)(json.Marshal(v.Policy))))}}
	for _, name := range v.CRLs {
		options.CRLs = append(options.CRLs, read(t, "tests", "pki", "out", name+".crl"))
	}
	return must[*fedval.Judge](t)(fedval.NewJudge(options))
}

// The vectors of the tree give the same reports in C and here, byte for byte.
func TestVectors(t *testing.T) {
	program := filepath.Join(os.Getenv("FEDVAL_BUILD"), "tests", "vectors", "vectors-run")
	if _, err := os.Stat(program); os.Getenv("FEDVAL_BUILD") == "" || err != nil {
		t.Skip("FEDVAL_BUILD does not say where vectors-run was built")
	}
	output, err := exec.Command(program, "--reports", tree(t, "tests", "vectors")).Output()
	if err != nil {
		t.Fatal(err)
	}
	verifier := must[*fedval.Verifier](t)(mbedtls.NewVerifier())
	seen := 0
	for _, line := range bytes.Split(output, []byte("\n")) {
		path, wanted, found := bytes.Cut(line, []byte("\t"))
		if !found {
			continue
		}
		var v vector
		if err := json.Unmarshal(must[[]byte](t)(os.ReadFile(string(path))), &v); err != nil {
			t.Fatal(err)
		}
		evidence := []*fedval.Evidence{evidenceOf(t, v.Evidence)}
		for _, other := range v.Others {
			evidence = append(evidence, evidenceOf(t, other))
		}
		reports := must[[]*fedval.Report](t)(v.judge(t, verifier).EvaluateTogether(evidence...))
		if !bytes.Equal(reports[0].JSON(), wanted) {
			t.Errorf("%s: another report than that of C", path)
		}
		seen++
	}
	if seen < 200 {
		t.Errorf("%d vectors", seen)
	}
}
