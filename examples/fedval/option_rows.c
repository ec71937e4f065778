/* The table of options, in the order in which the help shows them. */
#include "option_words.h"

#include <stddef.h>

#define FLAG(field) TAKES_FLAG, offsetof(cmd_settings, field), NULL, false
#define TEXT(field) TAKES_TEXT, offsetof(cmd_settings, field), NULL, false
#define LIST(field) TAKES_LIST, offsetof(cmd_settings, field), NULL, false
#define WORD(reader) TAKES_WORD, 0, reader, false
/* The same of options that are of no use where nothing leaves the machine. */
#define NETWORK_FLAG(field) TAKES_FLAG, offsetof(cmd_settings, field), NULL, true
#define NETWORK_TEXT(field) TAKES_TEXT, offsetof(cmd_settings, field), NULL, true
#define NETWORK_LIST(field) TAKES_LIST, offsetof(cmd_settings, field), NULL, true
#define NETWORK_WORD(reader) TAKES_WORD, 0, reader, true

static const char judging[] = "Who judges, and when", trusting[] = "Whom to trust",
                  gathering[] = "Where the facts come from", output[] = "Output";

const option_row option_rows[] = {
    {"side", 0, "cisco|microsoft", JUDGES | IN_DIAGNOSE, judging,
     "whose domain it is; without it, inferred from the SRV target", WORD(option_read_side)},
    {"profile", 0, "P", IN_CHECK | IN_DIAGNOSE, judging,
     "whose rules judge: microsoft-edge, office365, expressway, rfc5922-sip; several times for "
     "several reports",
     WORD(option_read_profile)},
    {"profile", 0, "P", IN_EVALUATE | IN_CHAIN | IN_DIFF | IN_TIMELINE | IN_PLAN, judging,
     "whose rules judge: microsoft-edge, office365, expressway, rfc5922-sip, microsoft-trunk, "
     "webpki; several times for several reports",
     WORD(option_read_profile)},
    {"policy", 0, "FILE", TRUSTS | IN_DIAGNOSE | IN_PLAN, judging,
     "rules from a fedval-policy/1 document", LIST(policies)},
    {"lenient", 0, NULL, TRUSTS | IN_DIAGNOSE | IN_PLAN, judging,
     "members that the format of a policy, an intent, evidence or actions does not have are no "
     "error, such as those of a later version; \"strict\": false in the document says the same",
     FLAG(lenient)},
    {"at", 0, "TIME", TRUSTS | IN_DIAGNOSE | IN_PLAN, judging,
     "judge at this time: 2017-03-02, 2017-03-02T07:10:46Z", WORD(option_read_at)},
    {"pair", 0, NULL, MONITORS, judging,
     "two domains, the Cisco side's and the Microsoft side's: judge each by the other's rules, and "
     "say which calls work; of saved evidence that holds more, the domains stand before the FILEs",
     FLAG(pair)},
    {"apply", 0, "FILE", IN_EVALUATE, judging,
     "what if the actions in FILE were carried out: those of a report, or of a fedval-actions/1 "
     "document",
     TEXT(apply)},
    {"only", 0, "dns|certificate", JUDGES | IN_DIAGNOSE, judging,
     "judge R1 to R3 alone, or R4 to R8 alone; fedval explain R1 says what that is",
     WORD(option_read_scope)},
    {"require", 0, "R6,...|all", JUDGES | IN_DIAGNOSE, judging,
     "no pass without these requirements either; R1 to R5 and R7 have to be judged anyway",
     WORD(option_read_require)},
    {"allow-private", 0, NULL, JUDGES | IN_DIAGNOSE | IN_PLAN, judging,
     "a private address is no fault, and is probed: seen from inside, or in a lab",
     FLAG(allow_private)},
    {"provider", 0, "FQDN", JUDGES | IN_DIAGNOSE | IN_PLAN, judging,
     "one more hosting provider that the partner knows", LIST(providers)},
    {"edge-fqdn", 0, "FQDN", JUDGES | IN_DIAGNOSE, judging,
     "the partner has configured this proxy FQDN: SRV is not consulted", TEXT(edge_fqdn)},
    {"other-domain", 0, "DOMAIN", JUDGES | IN_DIAGNOSE, judging,
     "the other domain that the same calls name, where From and P-Asserted-Identity differ",
     TEXT(other_domain)},
    {"name", 0, "NAME", TRUSTS | IN_DIAGNOSE, judging,
     "the name that the certificate has to hold (check, evaluate: where the profile takes one)",
     TEXT(name)},
    {"purpose", 0, "server|client|any", IN_CHAIN, judging,
     "what the certificate is used for (server)", WORD(option_read_purpose)},
    {"warn-days", 'w', "N", TRUSTS | IN_DIAGNOSE | IN_PLAN, judging,
     "warn when a certificate ends within N days (30)", WORD(option_read_warn_days)},
    {"critical-days", 'c', "N", TRUSTS | IN_DIAGNOSE, judging,
     "fail when a certificate ends within N days (0: not before it has ended)",
     WORD(option_read_critical_days)},
    {"ignore", 0, "CODE[@DOMAIN][=until DATE]", TRUSTS | IN_DIAGNOSE, judging,
     "accept this finding, of one domain or of all, until a day or without an end: it is shown, "
     "and "
     "does not count",
     WORD(option_read_ignored)},
    {"fail-on", 0, "error|warning", MONITORS, judging,
     "exit status 1 also where a warning is all that was found", WORD(option_read_fail_on)},
    {"expressway-version", 0, "X15.5", TRUSTS | IN_DIAGNOSE, judging,
     "the release of the Expressway, for what it does with a certificate",
     WORD(option_read_expressway_version)},

    {"trust", 0, "FILE", TRUSTS | IN_DIAGNOSE | IN_PLAN, trusting,
     "private roots (PEM or DER) that the partner has imported", LIST(trust)},
    {"public-trust", 0, "FILE", TRUSTS | IN_DIAGNOSE | IN_PLAN, trusting,
     "public roots instead of the system's bundle", LIST(public_trust)},
    {"crl", 0, "FILE", TRUSTS | IN_DIAGNOSE | IN_PLAN, trusting, "revocation list (PEM or DER)",
     LIST(crls)},

    {"resolver", 0, "ADDR[:PORT]", IN_CHECK | IN_DIAGNOSE | IN_PLAN, gathering,
     "ask this resolver; several times to compare what they answer", NETWORK_LIST(resolvers)},
    {"authoritative", 0, NULL, IN_CHECK | IN_DIAGNOSE, gathering,
     "ask each DNS server of the zone by itself, too, and name the one that differs",
     NETWORK_FLAG(authoritative)},
    {"authority-port", 0, "N", IN_CHECK | IN_DIAGNOSE, gathering,
     "the port of those servers (53): for a lab", NETWORK_WORD(option_read_authority_port)},
    {"public-resolver", 0, "ADDR[:PORT]", IN_CHECK | IN_DIAGNOSE, gathering,
     "ask this resolver, which sees what partners see: its answers are judged",
     NETWORK_LIST(public_resolvers)},
    {"trust-ad", 0, NULL, IN_CHECK | IN_DIAGNOSE | IN_PLAN, gathering,
     "believe the resolver's word on DNSSEC (AD)", NETWORK_FLAG(trust_ad)},
    {"zone", 0, "FILE", IN_CHECK | IN_DIAGNOSE | IN_PLAN, gathering,
     "DNS from a zone master file (ORIGIN=FILE where it names none), before any resolver",
     LIST(zones)},
    {"chain", 0, "HOST[@ADDRESS][:PORT]=FILE", IN_CHECK | IN_DIAGNOSE, gathering,
     "the certificate chain of a host or of one of its addresses (ADDRESS=FILE too) from a file, "
     "instead of a probe",
     LIST(chains)},
    {"client-chain", 0, "FILE", IN_CHECK | IN_DIAGNOSE, gathering,
     "the certificate chain that the Expressway calls with", TEXT(client_chain)},
    {"password-file", 0, "FILE", IN_CHECK | IN_CHAIN | IN_DIAGNOSE | IN_PLAN, gathering,
     "the password of PKCS #12 files, in its first line", TEXT(password_file)},
    {"client-cert", 0, "FILE", IN_CHECK | IN_DIAGNOSE, gathering,
     "present this certificate when a server asks for one", NETWORK_TEXT(client_cert)},
    {"client-key", 0, "FILE", IN_CHECK | IN_DIAGNOSE, gathering, "its private key, not encrypted",
     NETWORK_TEXT(client_key)},
    {"connections", 0, "N", IN_CHECK | IN_DIAGNOSE, gathering,
     "connections to each address at most, to see what other peers would get (5)",
     NETWORK_WORD(option_read_connections)},
    {"options", 0, NULL, IN_CHECK | IN_DIAGNOSE, gathering,
     "send one SIP OPTIONS request once TLS is up", NETWORK_FLAG(sip_options)},
    {"domains", 0, "FILE", IN_CHECK, gathering,
     "domains from a file, one a line; - is standard input", TEXT(domains)},
    {"offline", 0, NULL, IN_CHECK | IN_DIAGNOSE, gathering,
     "nothing leaves the machine: what no file answers is not checked", FLAG(offline)},
    {"timeout", 't', "S", IN_CHECK | IN_DIAGNOSE | IN_PLAN, gathering,
     "seconds for the whole check of a domain (30)", NETWORK_WORD(option_read_timeout)},
    {"tls", 0, "mbedtls|openssl", TRUSTS | IN_DIAGNOSE | IN_PLAN, gathering,
     "the library that speaks TLS and verifies signatures", WORD(option_read_tls)},
    {"save-evidence", 0, "FILE", IN_CHECK | IN_DIAGNOSE, gathering,
     "keep what was gathered, for fedval evaluate; one line a domain", TEXT(save_evidence)},
    {"live", 0, NULL, IN_PLAN, gathering, "what there is today, from DNS and the servers",
     FLAG(live)},

    {"group", 0, NULL, IN_DIAGNOSE, output,
     "json: incidents that say the same as one, with their count, as the text always does",
     FLAG(group)},
    {"check", 0, NULL, IN_DIAGNOSE, output,
     "check each domain that a fault names, with the options marked (--check), and say whether "
     "the fault is still there",
     FLAG(check)},
    {"redact", 0, NULL, TRUSTS | IN_PLAN, output,
     "replace users, addresses and the subjects of certificates, each by the same word throughout, "
     "so that it can be sent on",
     FLAG(redact)},
    {"redact", 0, NULL, IN_DIAGNOSE, output,
     "replace users and addresses, each by the same word throughout, so that it can be sent on",
     FLAG(redact)},

    {"template", 0, NULL, IN_PLAN, output, "print an intent to start from", FLAG(is_template)},
    {"from", 0, NULL, IN_PLAN, output,
     "write a first intent from what there is: zone files, saved evidence, Expressway diagnostic "
     "archives or xConfiguration text, certificates",
     FLAG(from)},
    {"write", 0, "DIR", IN_PLAN, output,
     "write the files too: zone lines, request configurations, values for Expressway's page, "
     "certificates to trust, xConfiguration lines, PowerShell, letters",
     TEXT(write)},

    {"long", 0, NULL, IN_EXPLAIN, output,
     "everything that is known: all causes, what each side sees, all places to look",
     FLAG(is_long)},

    {"since", 0, "FILE", IN_CHECK, output,
     "say what changed since the reports in FILE, and write the new ones in their place",
     TEXT(since)},
    {"format", 0, "text|json|html|nagios|prometheus|markdown|csv|junit|sarif", IN_EVALUATE, output,
     "json: one document a line; html: one page, to look at", WORD(option_read_format)},
    {"format", 0, "text|json|html|nagios|prometheus|markdown|csv|junit|sarif|line", IN_CHECK,
     output,
     "json: one document a line; html: one page, to look at; line: with --since, one line a domain",
     WORD(option_read_format)},
    {"format", 0, "text|json|html|markdown|icalendar", IN_TIMELINE, output,
     "json: one document a line; html: one page, to look at; icalendar: one calendar of all files",
     WORD(option_read_format)},
    {"format", 0, "text|json|html|markdown|line", IN_DIFF, output,
     "json: one document a line; html: one page, to look at; line: one line a domain that changed",
     WORD(option_read_format)},
    {"format", 0, "text|json|markdown", IN_EXPLAIN, output, "json: one document a line",
     WORD(option_read_format)},
    {"format", 0, "text|json|html|markdown", SHOWS_HTML & ~(MONITORS | IN_DIFF | IN_TIMELINE),
     output, "json: one document a line; html: one page, to look at", WORD(option_read_format)},
    {"format", 0, "text|json", IN_ALL & ~(SHOWS_HTML | IN_EXPLAIN), output,
     "json: one document a line", WORD(option_read_format)},
    {"output", 'o', "FILE", IN_ALL, output,
     "write to this file in place of standard output; it is replaced whole, or not at all",
     TEXT(output_file)},
    {"color", 0, "auto|always|never", IN_ALL, output,
     "colours; auto: on a terminal, where NO_COLOR is not set", WORD(option_read_colour)},
    {"help", 'h', NULL, IN_ALL, output, "show this", FLAG(help)},
    {"version", 'V', NULL, IN_ALL, output, "tell the version", FLAG(version)},
};
_Static_assert(sizeof(option_rows) / sizeof(option_rows[0]) <= MAX_OPTION_ROWS, "given");
const size_t num_option_rows = sizeof(option_rows) / sizeof(option_rows[0]);
