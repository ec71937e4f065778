// Package fedval says whether DNS and certificates hold what SIP federation needs between a Cisco Expressway or
// Meeting Server and Microsoft Lync, Skype for Business or Office 365.
//
// Gathering is separate from judging. [Evidence] holds the facts about one domain; a [Judge] makes a [Report] of it, with
// no network, clock or environment: the same evidence gives the same report, byte for byte, as in C and Python. A
// [Checker] gathers evidence with a [Port] that asks DNS and one that looks at servers: those of the subpackages ldns and
// openssl, or a [Resolver] and a [Prober] of your own.
//
// The package calls the C library libfedval, which pkg-config has to find; it holds no rule of its own. All values may be
// used by several goroutines at once unless their documentation says otherwise.
package fedval

// #cgo pkg-config: libfedval
// #include <fedval/fedval.h>
import "C"

// Version is that of the C library: "0.1.0".
func Version() string { return C.GoString(C.fedval_version()) }
