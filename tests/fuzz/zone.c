/* Zone master files, and what a zone that was read answers. */
#include "fuzz.h"

#include "fedval/ldns.h"

#include <stdlib.h>

static void ask(fedval_port *port, const char *name, uint32_t type)
{
    fedval_fact *fact = NULL;
    if (fedval_fact_new_dns(name, FEDVAL_NUL_ENDED, type, 0, &fact) != FEDVAL_OK)
        abort();
    fedval_status status = fedval_port_fetch(port, fedval_fact_get_question(fact), 1, fact);
    if (status != FEDVAL_OK && status != FEDVAL_ERROR_NOT_FOUND && status != FEDVAL_ERROR_SYNTAX)
        abort();
    if (status == FEDVAL_OK && fedval_fact_get_outcome(fact) == 0)
        abort();
    if (fedval_fact_get_outcome(fact) == FEDVAL_OUTCOME_ANSWER &&
        fedval_fact_count_records(fact) == 0)
        abort();
    fedval_fact_free(fact);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"_sipfederationtls._tcp.example.com",
                                        "expe.example.com",
                                        "example.com",
                                        "a.b.c.example.com",
                                        "x",
                                        "example"};
    fedval_port *port = NULL;
    fedval_error *error = fedval_error_new();
    fedval_status status = fedval_ldns_zone_new((const char *)data, size, "zone", FEDVAL_NUL_ENDED,
                                                NULL, 0, &port, error);
    if (status == FEDVAL_ERROR_SYNTAX && fedval_error_get_message(error)[0] == '\0')
        abort();
    for (size_t i = 0; status == FEDVAL_OK && i < sizeof(names) / sizeof(names[0]); i++) {
        ask(port, names[i], FEDVAL_TYPE_SRV);
        ask(port, names[i], FEDVAL_TYPE_A);
    }
    fedval_port_free(port);
    fedval_error_free(error);
    return 0;
}
