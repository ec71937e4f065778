package fedval_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"libfedval.example/fedval"
	"libfedval.example/fedval/ldns"
)

// textless is an error that panics when it is nil and asked for its text.
type textless struct{ text string }

func (t *textless) Error() string { return t.text }

// book is a resolver that knows one host for every domain; the domains that are named otherwise misbehave.
type book struct {
	asked, asleep, awake atomic.Int64
	left                 atomic.Int64  // of the time of "slow", when it was asked
	never                chan struct{} // closed at the end of the test
}

func (b *book) Resolve(ctx context.Context, q fedval.Question) (fedval.Answer, error) {
	b.asked.Add(1)
	switch {
	case strings.Contains(q.Name, "panics"):
		panic("of no use")
	case strings.Contains(q.Name, "fails"):
		return fedval.Answer{}, errors.New("no such luck")
	case strings.Contains(q.Name, "rubbish"):
		return fedval.Answer{Outcome: fedval.OutcomeHandshake}, nil
	case strings.Contains(q.Name, "textless"):
		var none *textless
		return fedval.Answer{}, none
	case strings.Contains(q.Name, "slow"):
		deadline, _ := ctx.Deadline()
		b.left.Store(int64(time.Until(deadline)))
		return fedval.Answer{}, fmt.Errorf("of the cache: %w", context.DeadlineExceeded)
	case strings.Contains(q.Name, "exits"):
		runtime.Goexit() // as t.FailNow does
	case strings.Contains(q.Name, "blocks"):
		b.asleep.Add(1)
		defer b.awake.Add(1)
		<-b.never // and does not look at ctx
	case strings.Contains(q.Name, "waits"):
		b.asleep.Add(1)
		defer b.awake.Add(1)
		<-ctx.Done()
		return fedval.Answer{}, ctx.Err()
	case q.Type == fedval.TypeSRV:
		domain := strings.TrimPrefix(q.Name, "_sipfederationtls._tcp.")
		return fedval.Answer{Records: []fedval.Record{
			{Owner: q.Name, Type: fedval.TypeSRV, TTL: 60, Port: 5061, Target: "expe." + domain}}}, nil
	case q.Type == fedval.TypeA:
		return fedval.Answer{Source: "the book", Records: []fedval.Record{
			{Owner: q.Name, Type: fedval.TypeA, TTL: 60, Address: netip.MustParseAddr("20.30.40.50")}}}, nil
	}
	return fedval.Answer{}, nil
}

// shop is a prober that meets the lab's server everywhere.
type shop struct{ chain [][]byte }

func (s shop) Probe(_ context.Context, q fedval.Question) (fedval.Handshake, error) {
	return fedval.Handshake{Chain: s.chain, TLSVersion: "TLSv1.2",
		Sources: []fedval.Source{{Kind: fedval.SourceFile, Place: "vcse.pem"}}}, nil
}

func newChecker(t *testing.T, question time.Duration) (*fedval.Checker, *book) {
	resolver := &book{never: make(chan struct{})}
	t.Cleanup(func() { close(resolver.never) })
	var chain [][]byte
	for _, certificate := range must[[]*fedval.Certificate](t)(fedval.ParseCertificates(
		read(t, "examples", "lab", "vcse.pem"))) {
		chain = append(chain, certificate.DER)
	}
	checker := must[*fedval.Checker](t)(fedval.NewChecker(fedval.CheckerOptions{
		Judge: labJudge(t), Resolvers: []*fedval.Port{must[*fedval.Port](t)(fedval.NewResolverPort(resolver))},
		Prober: must[*fedval.Port](t)(fedval.NewProberPort(shop{chain})), QuestionTimeout: question}))
	t.Cleanup(checker.Close)
	return checker, resolver
}

func TestCheckWithPortsInGo(t *testing.T) {
	checker, _ := newChecker(t, time.Second)
	report, err := checker.Check(context.Background(), "Example.com")
	if err != nil {
		t.Fatal(err)
	}
	address := report.Endpoints[0].Addresses[0]
	if report.Requirements["R2"] != "pass" || address.Address != "20.30.40.50" || address.TLSVersion != "TLSv1.2" ||
		address.ProbeSource != "file vcse.pem" || fedval.SourceFile.String() != "file" ||
		address.Certificate.Subject != "CN=vcse.steven.lab" {
		t.Errorf("%+v", report)
	}
}

func TestAFaultOfACallbackCostsThatCheckAlone(t *testing.T) {
	checker, resolver := newChecker(t, time.Second)
	results := map[string]fedval.Result{}
	next := oneByOne("a.example", "panics.example", "fails.example", "rubbish.example", "exits.example", "textless.example", "blocks.example",
		"slow.example", "b.example")
	if err := checker.Each(context.Background(), next, func(r fedval.Result) bool {
		results[r.Domain] = r
		return true
	}); err != nil {
		t.Fatal(err)
	}
	for _, domain := range []string{"a.example", "b.example"} {
		if r := results[domain]; r.Err != nil || r.Report.Requirements["R2"] != "pass" {
			t.Errorf("%s: %+v", domain, r)
		}
	}
	for domain, said := range map[string]string{"panics.example": "panic: of no use", "fails.example": "no such luck",
		"rubbish.example": "argument", "exits.example": "ended without an answer", "textless.example": "panic: ", "blocks.example": "in time"} {
		var fault *fedval.CallbackError
		if err := results[domain].Err; !errors.As(err, &fault) || !strings.Contains(err.Error(), said) ||
			!strings.Contains(fault.Question.Name, domain) {
			t.Errorf("%s: %v", domain, err)
		}
	}
	if err := results["blocks.example"].Err; !errors.Is(err, fedval.ErrLate) {
		t.Errorf("blocks: %v", err)
	}
	// One that obeys its context is what any slow resolver is; its context ends early enough for that.
	if r := results["slow.example"]; r.Err != nil || r.Report.Verdict != "indeterminate" ||
		r.Report.Findings[0].Code != "srv-lookup-failed" {
		t.Errorf("slow: %+v", r)
	}
	if left := time.Duration(resolver.left.Load()); left <= 0 || left > 750*time.Millisecond {
		t.Error("a second for the question, and for the resolver", left)
	}
}

// oneByOne gives texts to Checker.Each.
func oneByOne(texts ...string) func() (string, bool) {
	return func() (string, bool) {
		if len(texts) == 0 {
			return "", false
		}
		first := texts[0]
		texts = texts[1:]
		return first, true
	}
}

// eventually waits for what another goroutine does.
func eventually(t *testing.T, what string, holds func() bool) {
	for i := 0; !holds(); i++ {
		if i == 1000 {
			t.Fatal(what)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestTheEndOfAContextEndsTheCheck(t *testing.T) {
	checker, resolver := newChecker(t, time.Hour)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() {
		_, err := checker.Check(ctx, "waits.example")
		ended <- err
	}()
	eventually(t, "the resolver is not asked", func() bool { return resolver.asleep.Load() == 1 })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	eventually(t, "the resolver goes on for nobody", func() bool { return resolver.awake.Load() == 1 })
}

func TestWhoStopsReadingEndsWhatIsUnderWay(t *testing.T) {
	checker, resolver := newChecker(t, time.Hour)
	var seen []string
	err := checker.Each(context.Background(), oneByOne("waits1.example", "waits2.example", "a.example", "waits3.example"),
		func(r fedval.Result) bool {
			seen = append(seen, r.Domain)
			eventually(t, "the others are not asked", func() bool { return resolver.asleep.Load() >= 2 })
			return false
		})
	if err != nil || len(seen) != 1 || seen[0] != "a.example" {
		t.Error(seen, err)
	}
	eventually(t, "the resolver goes on for nobody", func() bool { return resolver.awake.Load() == resolver.asleep.Load() })
}

func TestResultsDoNotWaitForTheEndOfASlowSource(t *testing.T) {
	checker, _ := newChecker(t, time.Minute)
	given, seen := 0, 0
	next := func() (string, bool) {
		if given++; given > 1 {
			time.Sleep(20 * time.Millisecond)
		}
		return "a.example", seen == 0 && given < 250 // fewer than may be under way at once
	}
	if err := checker.Each(context.Background(), next, func(r fedval.Result) bool {
		seen++
		return true
	}); err != nil || seen == 0 || given == 250 {
		t.Error(given, seen, err)
	}
}

func TestTheEndOfAContextEndsTheWait(t *testing.T) {
	checker, _ := newChecker(t, time.Minute)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	if _, err := checker.Check(ctx, "blocks.example"); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if report, err := checker.Check(context.Background(), "a.example"); err != nil || report == nil {
		t.Error("the checker goes on:", err)
	}
}

func TestCloseEndsWhatIsUnderWay(t *testing.T) {
	checker, _ := newChecker(t, time.Minute)
	ended := make(chan error)
	go func() {
		_, err := checker.Check(context.Background(), "blocks.example")
		ended <- err
	}()
	time.Sleep(20 * time.Millisecond)
	checker.Close()
	if err := <-ended; !errors.Is(err, fedval.ErrCancelled) {
		t.Error(err)
	}
	if _, err := checker.Check(context.Background(), "a.example"); !errors.Is(err, fedval.ErrState) {
		t.Error(err)
	}
	checker.Close() // again
}

func TestWhatIsNoCheckerIsRefused(t *testing.T) {
	port := must[*fedval.Port](t)(fedval.NewResolverPort(&book{}))
	taken := must[*fedval.Checker](t)(fedval.NewChecker(fedval.CheckerOptions{Judge: labJudge(t),
		Resolvers: []*fedval.Port{port}}))
	defer taken.Close()
	for want, options := range map[fedval.Status]fedval.CheckerOptions{
		fedval.ErrArgument: {Judge: labJudge(t), Resolvers: []*fedval.Port{nil}},
		fedval.ErrState:    {Judge: labJudge(t), Resolvers: []*fedval.Port{port}},
	} {
		if _, err := fedval.NewChecker(options); !errors.Is(err, want) {
			t.Error(want, err)
		}
	}
	if _, err := fedval.NewChecker(fedval.CheckerOptions{}); !errors.Is(err, fedval.ErrArgument) {
		t.Error(err)
	}
}

func TestWhatIsNoDomain(t *testing.T) {
	checker, _ := newChecker(t, time.Second)
	if _, err := checker.Check(context.Background(), "a b"); !errors.Is(err, fedval.ErrSyntax) {
		t.Error(err)
	}
}

// settle waits until the goroutines that end by themselves have ended.
func settle(most int) int {
	for i := 0; i < 100 && runtime.NumGoroutine() > most; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	return runtime.NumGoroutine()
}

func TestManyGoroutinesLeaveNothingBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	evidence := must[*fedval.Evidence](t)(fedval.ParseEvidence(read(t, "examples", "ffi", "evidence.json")))
	checker := must[*fedval.Checker](t)(fedval.NewChecker(fedval.CheckerOptions{Judge: labJudge(t),
		Resolvers: []*fedval.Port{must[*fedval.Port](t)(fedval.NewReplayPort(evidence))},
		Prober:    must[*fedval.Port](t)(fedval.NewReplayPort(evidence))}))
	var group sync.WaitGroup
	var failed atomic.Int64
	for i := 0; i < 1000; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for k := 0; k < 10; k++ {
				if report, err := checker.Check(context.Background(), evidence.Domain()); err != nil ||
					len(report.Endpoints) == 0 {
					failed.Add(1)
				}
			}
		}()
	}
	group.Wait()
	checker.Close()
	if failed.Load() > 0 {
		t.Error(failed.Load(), "checks failed")
	}
	if after := settle(before); after > before {
		t.Error(before, "goroutines before,", after, "after")
	}
}

func TestSession(t *testing.T) {
	session := must[*fedval.Session](t)(labJudge(t).NewSession("example.com", 1))
	resolver, at := &book{}, time.Date(2017, 3, 2, 0, 0, 0, 0, time.UTC)
	for !session.Done() {
		for _, question := range must[[]fedval.Question](t)(session.Next()) {
			if question.IsProbe() {
				if err := session.Skip(question); err != nil {
					t.Fatal(err)
				}
				continue
			}
			answer := must[fedval.Answer](t)(resolver.Resolve(context.Background(), question))
			if err := session.Answer(question, at, answer); err != nil {
				t.Fatal(question, err)
			}
		}
	}
	report := must[*fedval.Report](t)(labJudge(t).Evaluate(must[*fedval.Evidence](t)(session.Evidence(at))))
	if report.Requirements["R2"] != "pass" || report.Requirements["R4"] != "not-checked" {
		t.Errorf("%+v", report.Requirements)
	}
}

func TestZoneFile(t *testing.T) {
	port := must[*fedval.Port](t)(ldns.NewZone(read(t, "examples", "lab", "case-1.zone"), "case-1.zone", ""))
	checker := must[*fedval.Checker](t)(fedval.NewChecker(fedval.CheckerOptions{Judge: labJudge(t),
		Resolvers: []*fedval.Port{port}}))
	defer checker.Close()
	report, err := checker.Check(context.Background(), "acano.steven.lab")
	if err != nil || report.Verdict != "fail" || report.Findings[0].Code != "srv-target-outside-domain" {
		t.Errorf("%+v %v", report, err)
	}
	if _, err = ldns.NewZone([]byte("nonsense"), "bad.zone", ""); !errors.Is(err, fedval.ErrSyntax) ||
		!strings.HasPrefix(err.Error(), "bad.zone: ") {
		t.Error("a zone file without a record:", err)
	}
}
