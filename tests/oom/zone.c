/* Allocation failures while a zone is read and asked. ldns's own lie beyond the linker's reach. */
#include "oom.h"

#include "fedval/ldns.h"
#include "message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char text[] = "$ORIGIN example.com.\n@ 60 IN SOA ns host 1 2 3 4 5\n"
                           "alias CNAME expe\n*.wild A 192.0.2.1\nexpe A 192.0.2.53\n";

static fedval_status ask(fedval_port *port, const char *name)
{
    fedval_fact *fact = NULL;
    fedval_status status = fedval_fact_new_dns(name, FEDVAL_NUL_ENDED, FEDVAL_TYPE_A, 0, &fact);
    if (status == FEDVAL_OK)
        status = fedval_port_fetch(port, fedval_fact_get_question(fact), 1, fact);
    fedval_fact_free(fact);
    return status;
}

static fedval_status read_and_ask(void *context)
{
    (void)context;
    fedval_port *port = NULL;
    fedval_status status =
        fedval_ldns_zone_new(text, strlen(text), "zone", FEDVAL_NUL_ENDED, NULL, 0, &port, NULL);
    if (status == FEDVAL_OK)
        status = ask(port, "alias.example.com");
    if (status == FEDVAL_OK)
        status = ask(port, "x.wild.example.com");
    fedval_port_free(port);
    return status;
}

static void a_zone_survives_failures(void **state)
{
    (void)state;
    assert_true(oom_run(read_and_ask, NULL) > 5);
}

typedef struct answer_bytes {
    char *data;
    size_t len;
} answer_bytes;

/* The first byte of the seed chooses the type for the fuzz target; here it is SRV. */
static fedval_status read_answer(void *context)
{
    const answer_bytes *seed = context;
    fv_dns_query query = {.id = 0x1234, .type = FEDVAL_TYPE_SRV};
    fv_dns_answer answer = {.aliases = 0};
    fedval_fact *fact = NULL;
    if (!fv_dns_name_from_text("_sipfederationtls._tcp.example.com", &query.name))
        return FEDVAL_ERROR_STATE;
    fedval_status status = fedval_fact_new_dns("_sipfederationtls._tcp.example.com",
                                               FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact);
    if (status == FEDVAL_OK) {
        status = fv_dns_answer_read((const uint8_t *)seed->data + 1, seed->len - 1, &query, fact,
                                    &answer);
    }
    if (status == FEDVAL_OK && answer.outcome != FEDVAL_OUTCOME_ANSWER)
        status = FEDVAL_ERROR_STATE;
    fedval_fact_free(fact);
    return status;
}

static void reading_an_answer_survives_failures(void **state)
{
    (void)state;
    answer_bytes seed;
    seed.data = oom_read_file(FEDVAL_SOURCE_ROOT "/tests/fuzz/corpus/dns-answer/srv", &seed.len);
    assert_true(oom_run(read_answer, &seed) >= 1);
    free(seed.data);
}

static fedval_status make_resolver(void *context)
{
    fedval_port *port = NULL;
    fedval_status status = fedval_ldns_resolver_new(context, FEDVAL_NUL_ENDED, NULL, &port, NULL);
    fedval_port_free(port);
    return status;
}

static void a_resolver_survives_failures(void **state)
{
    (void)state;
    char address[] = "[::1]:5353";
    assert_true(oom_run(make_resolver, address) >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zone_survives_failures),
        cmocka_unit_test(reading_an_answer_survives_failures),
        cmocka_unit_test(a_resolver_survives_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
