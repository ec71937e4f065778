/* Judges a zone file and a certificate before either is in use. Nothing is looked up, and nobody
 * connects: the zone answers for DNS, and the file stands in for what the host will present.
 *
 * usage: offline DOMAIN ZONE HOST CHAIN.pem ROOT.pem     HOST: the target of the SRV record */
#include <fedval/check.h>
#include <fedval/files.h>
#include <fedval/ldns.h>
#include <fedval/openssl.h>
#include <fedval/render.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

typedef struct file {
    char data[1 << 20];
    size_t len;
} file;

/* Returns whether the file was read; says on standard error why not. */
static bool read_file(file *out, const char *path)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        fprintf(stderr, "offline: %s: %s\n", path, strerror(errno));
        return false;
    }
    out->len = fread(out->data, 1, sizeof(out->data), stream);
    bool is_whole = ferror(stream) == 0 && out->len < sizeof(out->data);
    if (!is_whole)
        fprintf(stderr, "offline: %s: cannot be read, or has 1 MiB or more\n", path);
    fclose(stream);
    return is_whole;
}

/* A judge that trusts the CA of the file, as a partner that has imported it does. */
static fedval_status judge_new(const file *root, fedval_judge **out_judge, fedval_error *error)
{
    fedval_verifier *verifier = NULL;
    fedval_status status = fedval_openssl_verifier_new(&verifier);
    if (status == FEDVAL_OK)
        status = fedval_judge_new(out_judge);
    if (status == FEDVAL_OK)
        status = fedval_judge_set_verifier(*out_judge, verifier);
    if (status == FEDVAL_OK) {
        status = fedval_judge_append_anchors(*out_judge, FEDVAL_ANCHOR_PRIVATE, root->data,
                                             root->len, error);
    }
    if (status == FEDVAL_OK)
        status = fedval_judge_seal(*out_judge);
    fedval_verifier_free(verifier);
    return status;
}

/* Puts the chain of the file into `ready`, for every address and port of the host. */
static fedval_status add_chain(fedval_evidence *ready, const char *host, const file *chain,
                               const char *path, fedval_error *error)
{
    fedval_fact *fact = NULL;
    fedval_status status =
        fedval_fact_new_from_pem(host, FEDVAL_NUL_ENDED, NULL, 0, 0, FEDVAL_ROLE_SERVER,
                                 chain->data, chain->len, path, FEDVAL_NUL_ENDED, &fact, error);
    if (status == FEDVAL_OK)
        status = fedval_evidence_append(ready, fact);
    fedval_fact_free(fact);
    return status;
}

static fedval_status print_report(const fedval_judge *judge, const fedval_evidence *evidence,
                                  uint32_t *out_verdict)
{
    fedval_report *report = NULL;
    char *text = NULL;
    fedval_status status = fedval_evaluate(judge, 0, evidence, &report);
    if (status == FEDVAL_OK)
        status = fedval_report_to_text(report, NULL, &text, NULL);
    if (status == FEDVAL_OK)
        printf("%s", text);
    *out_verdict = fedval_report_get_verdict(report);
    fedval_text_free(text);
    fedval_report_free(report);
    return status;
}

int main(int argc, char **argv)
{
    static file zone, chain, root;
    fedval_judge *judge = NULL;
    fedval_port *resolver = NULL, *prober = NULL;
    fedval_evidence *ready = NULL, *evidence = NULL;
    uint32_t verdict = FEDVAL_VERDICT_INDETERMINATE;
    if (argc != 6) {
        fprintf(stderr, "usage: offline DOMAIN ZONE HOST CHAIN.pem ROOT.pem\n");
        return 64;
    }
    if (!read_file(&zone, argv[2]) || !read_file(&chain, argv[4]) || !read_file(&root, argv[5]))
        return 65;
    /* What follows a call that fails is passed over; `error` keeps the words and the place. */
    fedval_error *error = fedval_error_new();
    fedval_status status = judge_new(&root, &judge, error);
    if (status == FEDVAL_OK) {
        status = fedval_ldns_zone_new(zone.data, zone.len, argv[2], FEDVAL_NUL_ENDED, NULL, 0,
                                      &resolver, error);
    }
    if (status == FEDVAL_OK)
        status = fedval_evidence_new(argv[1], FEDVAL_NUL_ENDED, &ready, error);
    if (status == FEDVAL_OK)
        status = add_chain(ready, argv[3], &chain, argv[4], error);
    if (status == FEDVAL_OK)
        status = fedval_replay_new(ready, &prober);
    if (status == FEDVAL_OK) {
        status = fedval_check(judge, argv[1], FEDVAL_NUL_ENDED, resolver, prober, 1000,
                              (int64_t)time(NULL), &evidence, error);
    }
    if (status == FEDVAL_OK)
        status = print_report(judge, evidence, &verdict);
    if (status != FEDVAL_OK) {
        fprintf(stderr, "offline: %s: line %u: %s\n", fedval_status_to_string(status),
                (unsigned)fedval_error_get_line(error), fedval_error_get_message(error));
    }
    fedval_evidence_free(evidence);
    fedval_port_free(prober);
    fedval_port_free(resolver);
    fedval_evidence_free(ready);
    fedval_judge_free(judge);
    fedval_error_free(error);
    return status != FEDVAL_OK ? 65 : verdict != FEDVAL_VERDICT_PASS;
}
