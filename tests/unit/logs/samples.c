/* Logs that others published, where the folder with them lies beside the tree: each gives the
 * finding that its manifest describes. They are not part of this project; without them the tests
 * are skipped. */
#define _DEFAULT_SOURCE /* scandir */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support.h"

#define SAMPLES FEDVAL_SOURCE_ROOT "/../shared/data/logs/"

/* The manifest's words as findings: those of the incidents, in order; "" where nothing is wrong. */
static const struct {
    const char *file;
    const char *findings;
} samples[] = {
    {"01-cisco212383-expwye-504-bare.log", "cause-not-in-this-log "},
    {"02-cisco212383-edge-no-srv-match.log", "srv-target-outside-domain "},
    {"03-cisco212383-edge-cert-mismatch.log", "cert-name-mismatch "},
    {"04-cisco212383-client-1009.log", "srv-target-below-subdomain "},
    {"05-cisco212383-client-1010-wrong-principal.log", "cert-name-mismatch "},
    {"06-seed-expwye-504-wrapped.log", "cause-not-in-this-log "},
    {"09-seed-client-1009-broken.log", "srv-target-below-subdomain "},
    {"12-ms-edge-tf-protocol-options.log", ""},
    {"13-ms-edge-0xc3e93c5e-route.log", "not-a-federation-fault "},
    {"16-ms-client-1002-403.txt", "policy-refused "},
    {"17-ms-edge-1008-ccse.txt", "srv-missing "},
    {"18-ms-client-500-15000.log", "not-a-federation-fault "},
    {"20-ms-testcs-diagnosis-2.log", "cause-not-in-this-log "},
    {"23-blog-risual-1047.log", "connection-cut "},
    {"26-blog-netdork-1027.log", "cause-not-in-this-log "},
    {"31-opensips-syslog-404-1034-10003.log", "link-works "},
    {"32-uccapi-record-ends.log", ""},
    {"35-expwye-tls-untrusted-root.log", "peer-certificate-untrusted "},
    {"37-expwye-tls-alert-cert-unknown.log", "peer-rejected-certificate "},
    {"40-expwye-tls-inbound-mapping-off.log", "peer-certificate-name-refused "},
    {"42-expwye-tls-ok-sans.log", ""},
    {"44-expwye-dns-naptr-srv-ok.log", ""},
    {"46-expwye-tcp-failed-5061.log", "connect-timeout "},
    {"50-expwyc-no-client-cert.log", "client-certificate-missing "},
    {"52-expwye-idle-countdown.log", "connection-cut "},
};

static uint8_t *read_sample(const char *file, size_t *out_len)
{
    char path[1024];
    snprintf(path, sizeof(path), SAMPLES "%s", file);
    return (uint8_t *)read_file(path, out_len);
}

static void each_sample_gives_what_its_manifest_says(void **state)
{
    (void)state;
    size_t num_read = 0;
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        size_t len = 0;
        char seen[512] = "";
        uint8_t *bytes = read_sample(samples[i].file, &len);
        if (bytes == NULL)
            continue;
        fedval_log *log = read_log(samples[i].file, bytes, len, len);
        for (size_t n = 0; n < fedval_log_count_incidents(log) && n < 8; n++) {
            uint32_t finding = fedval_incident_get_finding(fedval_log_get_incident(log, n));
            strcat(strcat(seen, fedval_finding_code_to_string(finding)), " ");
        }
        if (strcmp(seen, samples[i].findings) != 0)
            fail_msg("%s: wanted %s, seen %s", samples[i].file, samples[i].findings, seen);
        fedval_log_free(log);
        free(bytes);
        num_read++;
    }
    if (num_read == 0) {
        print_message("skipped: no samples in " SAMPLES "\n");
        skip();
    }
}

static void the_504_is_explained_by_the_record_of_the_edge(void **state)
{
    (void)state;
    size_t a_len = 0, b_len = 0;
    uint8_t *a = read_sample(samples[0].file, &a_len);
    uint8_t *b = read_sample(samples[1].file, &b_len);
    if (a == NULL || b == NULL) {
        free(a);
        free(b);
        skip();
    }
    fedval_log *log = NULL;
    assert_int_equal(fedval_log_new(&log), FEDVAL_OK);
    assert_int_equal(fedval_log_begin_source(log, "expe", FEDVAL_NUL_ENDED), FEDVAL_OK);
    assert_int_equal(fedval_log_feed(log, a, a_len), FEDVAL_OK);
    assert_int_equal(fedval_log_begin_source(log, "edge", FEDVAL_NUL_ENDED), FEDVAL_OK);
    assert_int_equal(fedval_log_feed(log, b, b_len), FEDVAL_OK);
    assert_int_equal(fedval_log_finish(log), FEDVAL_OK);
    const fedval_incident *bare = fedval_log_get_incident(log, 0);
    assert_int_equal(fedval_incident_get_explained_by(bare), 2);
    assert_string_equal(fedval_incident_get_joined_by(bare), "Call-ID and CSeq");
    assert_string_equal(fedval_incident_get_domain(bare), "acano.steven.lab");
    assert_int_equal(fedval_log_get_diagnosis(log), FEDVAL_DIAGNOSIS_FAULTS);
    fedval_log_free(log);
    free(a);
    free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_sample_gives_what_its_manifest_says),
        cmocka_unit_test(the_504_is_explained_by_the_record_of_the_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
