/* Allocation failures while evidence is judged and the report is written, over the vectors. */
#include "oom.h"

#include "../believing_verifier.h"
#include "../judging.h"
#include "../vectors/vector.h"
#include "fedval/html.h"
#include "fedval/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Of a verifier that believes everything: keys take memory, and memory is what is tested. */
static fedval_status key_open(const uint8_t *spki, size_t spki_len, void **out_key, void *user)
{
    (void)spki;
    (void)spki_len;
    (void)user;
    *out_key = malloc(1);
    return *out_key == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK;
}

static void key_close(void *key, void *user)
{
    (void)user;
    free(key);
}

enum { NUM_WRITERS = 7 };

typedef struct job {
    vector v;
    fedval_verifier *verifier;
    char *wanted[NUM_WRITERS]; /* what is written when nothing fails; NULL until then */
} job;

typedef fedval_status (*writer)(const fedval_report *report, char **out, size_t *out_len);

static fedval_status write_text(const fedval_report *report, char **out, size_t *out_len)
{
    return fedval_report_to_text(report, NULL, out, out_len);
}

static fedval_status write_nagios(const fedval_report *report, char **out, size_t *out_len)
{
    uint32_t exit_status = 0;
    return fedval_reports_to_nagios(&report, 1, out, out_len, &exit_status);
}

static fedval_status write_prometheus(const fedval_report *report, char **out, size_t *out_len)
{
    return fedval_reports_to_prometheus(&report, 1, NULL, out, out_len);
}

static fedval_status write_markdown(const fedval_report *report, char **out, size_t *out_len)
{
    return fedval_reports_to_markdown(&report, 1, out, out_len);
}

static fedval_status write_sarif(const fedval_report *report, char **out, size_t *out_len)
{
    return fedval_reports_to_sarif(&report, 1, out, out_len);
}

static fedval_status write_html(const fedval_report *report, char **out, size_t *out_len)
{
    return fedval_report_to_html(report, NULL, out, out_len);
}

/* An allocation that fails may be one that nothing hangs on; then the output is the same. */
static fedval_status write_one(job *self, const fedval_report *report, size_t index)
{
    static const writer writers[NUM_WRITERS] = {
        fedval_report_to_json, write_text,  write_nagios, write_prometheus,
        write_markdown,        write_sarif, write_html};
    char *text = NULL;
    size_t text_len = 0;
    fedval_status status = writers[index](report, &text, &text_len);
    if (status == FEDVAL_OK && self->wanted[index] == NULL) {
        self->wanted[index] = text;
        return FEDVAL_OK;
    }
    if (status == FEDVAL_OK && strcmp(text, self->wanted[index]) != 0)
        status = FEDVAL_ERROR_STATE;
    fedval_text_free(text);
    return status;
}

static fedval_status judge_and_write(void *context)
{
    job *self = context;
    fedval_report *report = NULL;
    fedval_status status = vector_evaluate(&self->v, self->verifier, &report);
    for (size_t i = 0; status == FEDVAL_OK && i < NUM_WRITERS; i++)
        status = write_one(self, report, i);
    fedval_report_free(report);
    return status;
}

#define VECTORS FEDVAL_SOURCE_ROOT "/tests/vectors/"

static void judging_survives_failures(void **state)
{
    static const fedval_verifier_vtable vtable = {
        .size = sizeof(vtable),
        .digest = believer_digest,
        .key_open = key_open,
        .key_close = key_close,
        .verify = believer_verify,
    };
    char path[1024];
    job self = {.verifier = NULL};
    snprintf(path, sizeof(path), VECTORS "%s", (const char *)*state);
    assert_int_equal(fedval_verifier_new(&vtable, NULL, &self.verifier), FEDVAL_OK);
    assert_true(vector_load(path, self.verifier, &self.v));
    assert_int_equal(judge_and_write(&self), FEDVAL_OK);
    assert_true(oom_run_tolerant(judge_and_write, &self) > 10);
    for (size_t i = 0; i < NUM_WRITERS; i++)
        fedval_text_free(self.wanted[i]);
    vector_clear(&self.v);
    fedval_verifier_free(self.verifier);
}

#define CASE(path)                                                                                 \
    {                                                                                              \
        path, judging_survives_failures, NULL, NULL, (void *)(uintptr_t)path                       \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE("certificate/expired-and-wrong-name-and-outside.json"),
        CASE("srv/lab-case-1.json"),
        CASE("srv/provider-side-inferred.json"),
        CASE("srv/standby-faulty.json"),
        CASE("srv/internationalised.json"),
        CASE("srv/servers-differ.json"),
        CASE("srv/split-dns.json"),
        CASE("srv/split-dns-declared.json"),
        CASE("srv/views-differ.json"),
        CASE("cluster/two-domains-one-peer.json"),
        CASE("transport/endpoints-differ.json"),
        CASE("trust/incomplete.json"),
        CASE("trust/revoked.json"),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
