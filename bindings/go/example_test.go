package fedval_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"libfedval.example/fedval"
	"libfedval.example/fedval/ldns"
	"libfedval.example/fedval/openssl"
)

// The Edge wants the target of the SRV record exactly one label under the domain.
func ExampleMatchSRV() {
	fmt.Println(fedval.MatchSRV("acano.steven.lab", "vcse.acano.steven.lab"))
	fmt.Println(fedval.MatchSRV("acano.steven.lab", "vcse.steven.lab"))
	// Output:
	// match
	// parent-or-sibling
}

// Before deployment: is the zone file right? Nothing leaves the machine.
func ExampleChecker_Check() {
	zone := `$ORIGIN example.com.
@                     3600 IN SOA ns hostmaster 1 3600 600 86400 300
_sipfederationtls._tcp 3600 IN SRV 0 0 5061 expe.sub
expe.sub              3600 IN A   20.30.40.50
`
	resolver, err := ldns.NewZone([]byte(zone), "example.zone", "")
	if err != nil {
		log.Fatal(err)
	}
	judge, err := fedval.NewJudge(fedval.JudgeOptions{})
	if err != nil {
		log.Fatal(err)
	}
	checker, err := fedval.NewChecker(fedval.CheckerOptions{Judge: judge, Resolvers: []*fedval.Port{resolver}})
	if err != nil {
		log.Fatal(err)
	}
	defer checker.Close()
	report, err := checker.Check(context.Background(), "example.com")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Verdict, report.Findings[0].Code)
	// Output: fail srv-target-below-subdomain
}

// A right zone alone is no pass: the report says what could not be decided, and what nobody looked at.
func ExampleReport_indeterminate() {
	zone := `$ORIGIN example.com.
@                     3600 IN SOA ns hostmaster 1 3600 600 86400 300
_sipfederationtls._tcp 3600 IN SRV 0 0 5061 expe
expe                  3600 IN A   20.30.40.50
`
	resolver, err := ldns.NewZone([]byte(zone), "example.zone", "")
	if err != nil {
		log.Fatal(err)
	}
	judge, err := fedval.NewJudge(fedval.JudgeOptions{})
	if err != nil {
		log.Fatal(err)
	}
	checker, err := fedval.NewChecker(fedval.CheckerOptions{Judge: judge, Resolvers: []*fedval.Port{resolver}})
	if err != nil {
		log.Fatal(err)
	}
	defer checker.Close()
	report, err := checker.Check(context.Background(), "example.com")
	if err != nil {
		log.Fatal(err)
	}
	if report.Verdict == "indeterminate" {
		fmt.Println(report.Requirements["R2"], report.Requirements["R4"], report.NotChecked[0])
	}
	// Output: pass not-checked certificate
}

// A live check, with the system's resolvers and roots. It is not run here: it needs a network.
func ExampleNewChecker() {
	roots, err := os.ReadFile(fedval.SystemRootsPath())
	if err != nil {
		log.Fatal(err)
	}
	anchors, _ := fedval.NewAnchors()
	if err = anchors.Add(fedval.Public, roots); err != nil {
		log.Fatal(err)
	}
	verifier, _ := openssl.NewVerifier()
	judge, _ := fedval.NewJudge(fedval.JudgeOptions{Anchors: anchors, Verifier: verifier})
	resolver, _ := ldns.NewResolver("")
	prober, _ := openssl.NewProber(nil, nil)
	checker, err := fedval.NewChecker(fedval.CheckerOptions{Judge: judge, Resolvers: []*fedval.Port{resolver},
		Prober: prober, Timeout: 20 * time.Second})
	if err != nil {
		log.Fatal(err)
	}
	defer checker.Close()
	report, err := checker.Check(context.Background(), "example.com")
	if err != nil {
		log.Fatal(err)
	}
	for _, finding := range report.Findings {
		fmt.Println(finding.Severity, finding.Message)
	}
}

// A log, pasted or whole.
func ExampleDiagnose() {
	pasted := `ms-diagnostics: 1009;reason="No match for domain in DNS SRV results";domain="example.com";fqdn1="expe.sub.example.com:5061";source="sip.partner.example"`
	diagnosis, err := fedval.Diagnose(context.Background(), fedval.DiagnoseOptions{},
		fedval.LogFile{Name: "mail", Reader: strings.NewReader(pasted)})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(diagnosis.Diagnosis, diagnosis.Incidents[0].Domain)
	// Output: faults example.com
}
