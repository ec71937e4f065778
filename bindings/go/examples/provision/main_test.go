package main

import "testing"

const lab = "../../../../examples/lab/"

// What is unfit is refused, and so is what was not seen.
func TestVerdicts(t *testing.T) {
	for _, row := range []struct{ domain, zone, chain, want string }{
		{"acano.steven.lab", "case-1.zone", "vcse.steven.lab=" + lab + "vcse.pem", "fail"},
		{"elsewhere.example", "case-1.zone", "vcse.steven.lab=" + lab + "vcse.pem", "indeterminate"},
	} {
		report, err := run(row.domain, lab+row.zone, row.chain, lab+"lab-ca.pem")
		if err != nil || report.Verdict != row.want {
			t.Errorf("%+v: %v %v", row, report, err)
		}
	}
}

func TestFilesThatCannotBeUsed(t *testing.T) {
	for _, chain := range []string{"no-host", "a.example=" + lab + "missing.pem", "a.example=" + lab + "case-1.zone"} {
		if _, err := run("acano.steven.lab", lab+"case-1.zone", chain, ""); err == nil {
			t.Error(chain)
		}
	}
}
