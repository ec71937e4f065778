/* Checks a domain live, as a first program would: DNS, the TLS handshake with every server, and the
 * chains against the system's roots. Ten calls; what they made is freed at the end.
 *
 * usage: check-domain DOMAIN [RESOLVER[:PORT]] */
#include <fedval/check.h>
#include <fedval/files.h>
#include <fedval/ldns.h>
#include <fedval/openssl.h>
#include <fedval/render.h>

#include <stdio.h>
#include <time.h>

int main(int argc, char **argv)
{
    if (argc < 2)
        return 64;
    fedval_verifier *verifier = NULL;
    fedval_judge *judge = NULL;
    fedval_port *resolver = NULL, *prober = NULL;
    fedval_evidence *evidence = NULL;
    fedval_report *report = NULL;
    char *text = NULL;
    fedval_error *error = fedval_error_new();
    const char *server = argc > 2 ? argv[2] : NULL; /* NULL: the system's resolvers */
    int64_t now = (int64_t)time(NULL);

    /* The judge: who checks signatures, and which roots are trusted. */
    fedval_status status = fedval_openssl_verifier_new(&verifier);
    if (status == FEDVAL_OK)
        status = fedval_judge_new(&judge);
    if (status == FEDVAL_OK)
        status = fedval_judge_set_verifier(judge, verifier);
    if (status == FEDVAL_OK)
        status = fedval_judge_append_system_roots(judge, error);
    if (status == FEDVAL_OK)
        status = fedval_judge_seal(judge);

    /* The facts: from DNS and from the servers. */
    if (status == FEDVAL_OK)
        status = fedval_ldns_resolver_new(server, FEDVAL_NUL_ENDED, NULL, &resolver, error);
    if (status == FEDVAL_OK)
        status = fedval_openssl_prober_new(NULL, 0, NULL, 0, 0, &prober, error);
    if (status == FEDVAL_OK) {
        status = fedval_check(judge, argv[1], FEDVAL_NUL_ENDED, resolver, prober, 30000, now,
                              &evidence, error);
    }

    /* The report. */
    if (status == FEDVAL_OK)
        status = fedval_evaluate(judge, 0, evidence, &report);
    if (status == FEDVAL_OK)
        status = fedval_report_to_text(report, NULL, &text, NULL);
    if (status == FEDVAL_OK)
        printf("%s", text);
    else {
        fprintf(stderr, "%s: %s\n", fedval_status_to_string(status),
                fedval_error_get_message(error));
    }

    int is_sound = fedval_report_get_verdict(report) == FEDVAL_VERDICT_PASS;
    fedval_text_free(text);
    fedval_report_free(report);
    fedval_evidence_free(evidence);
    fedval_port_free(prober);
    fedval_port_free(resolver);
    fedval_judge_free(judge);
    fedval_verifier_free(verifier);
    fedval_error_free(error);
    return status != FEDVAL_OK ? 65 : !is_sound;
}
