// Provision refuses a zone file and a certificate that would break federation, or that do not show that they would not,
// before they are deployed. Nothing leaves the machine.
//
// usage: provision DOMAIN ZONE-FILE HOST=CHAIN.pem [TRUSTED-CA.pem]
//
// Exit status: 0 fit, 1 unfit, 2 it cannot be told, 64 usage, 65 a file cannot be used.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"libfedval.example/fedval"
	"libfedval.example/fedval/ldns"
	"libfedval.example/fedval/openssl"
)

const (
	unfit    = 1
	untold   = 2
	usage    = 64
	unusable = 65
)

// files is a prober that presents a certificate from a file for its host.
type files struct {
	host  string
	chain [][]byte
}

func (f files) Probe(_ context.Context, question fedval.Question) (fedval.Handshake, error) {
	if !strings.EqualFold(question.Host, f.host) {
		return fedval.Handshake{Outcome: fedval.OutcomeNotProbed, Detail: "no certificate was given for it"}, nil
	}
	return fedval.Handshake{Outcome: fedval.OutcomeNotProbed, Chain: f.chain, Source: "the certificate that lies ready"}, nil
}

func run(domain, zoneFile, chain, trusted string) (*fedval.Report, error) {
	zone, err := os.ReadFile(zoneFile)
	if err != nil {
		return nil, err
	}
	resolver, err := ldns.NewZone(zone, zoneFile, "")
	if err != nil {
		return nil, err
	}
	prober, err := probe(chain)
	if err != nil {
		return nil, err
	}
	judge, err := newJudge(trusted)
	if err != nil {
		return nil, err
	}
	checker, err := fedval.NewChecker(fedval.CheckerOptions{Judge: judge, Resolvers: []*fedval.Port{resolver}, Prober: prober})
	if err != nil {
		return nil, err
	}
	defer checker.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return checker.Check(ctx, domain)
}

func probe(chain string) (*fedval.Port, error) {
	host, file, found := strings.Cut(chain, "=")
	if !found {
		return nil, fmt.Errorf("%s: wanted HOST=FILE", chain)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	certificates, err := fedval.ParseCertificates(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	presented := files{host: host}
	for _, certificate := range certificates {
		presented.chain = append(presented.chain, certificate.DER)
	}
	return fedval.NewProberPort(presented)
}

func newJudge(trusted string) (*fedval.Judge, error) {
	anchors, err := fedval.NewAnchors()
	if err != nil {
		return nil, err
	}
	for file, class := range map[string]fedval.AnchorClass{fedval.SystemRootsPath(): fedval.Public, trusted: fedval.Private} {
		if file == "" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if err = anchors.Add(class, data); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	verifier, err := openssl.NewVerifier()
	if err != nil {
		return nil, err
	}
	return fedval.NewJudge(fedval.JudgeOptions{Anchors: anchors, Verifier: verifier})
}

func main() {
	if len(os.Args) < 4 || len(os.Args) > 5 {
		fmt.Fprintln(os.Stderr, "usage: provision DOMAIN ZONE-FILE HOST=CHAIN.pem [TRUSTED-CA.pem]")
		os.Exit(usage)
	}
	report, err := run(os.Args[1], os.Args[2], os.Args[3], strings.Join(os.Args[4:], ""))
	if err != nil {
		fmt.Fprintln(os.Stderr, "provision:", err)
		os.Exit(unusable)
	}
	fmt.Println(report.Domain, report.Verdict)
	tell(report)
	switch report.Verdict {
	case "pass":
	case "fail":
		os.Exit(unfit)
	default:
		os.Exit(untold)
	}
}

// tell gives the reasons: what is wrong, and what nobody saw.
func tell(report *fedval.Report) {
	for _, finding := range report.Findings {
		if finding.Severity == "error" || finding.Severity == "indeterminate" {
			fmt.Printf("  %s: %s\n  change: %s\n", finding.Code, finding.Message, finding.Remedy)
		}
	}
	var unseen []string
	for _, requirement := range report.Required {
		if report.Requirements[requirement] == "not-checked" {
			unseen = append(unseen, requirement)
		}
	}
	if len(unseen) > 0 {
		fmt.Printf("  not seen: %s; not checked: %s\n", strings.Join(unseen, ", "), strings.Join(report.NotChecked, ", "))
	}
}
