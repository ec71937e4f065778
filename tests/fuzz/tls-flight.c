/* What a hostile TLS server sends, however it is cut: the tee sees the same flight in it. */
#include "fuzz.h"

#include "backends/probe/tee.h"

#include <stdlib.h>
#include <string.h>

static void check_same(const fv_tls_tee *a, const fv_tls_tee *b)
{
    if (a->flight_len != b->flight_len || a->not_tls != b->not_tls ||
        fv_tls_tee_version(a) != fv_tls_tee_version(b) ||
        fv_tls_tee_alert(a) != fv_tls_tee_alert(b) ||
        (a->flight_len > 0 && memcmp(a->flight, b->flight, a->flight_len) != 0))
        abort();
}

static void read_chain(const fv_tls_tee *tee)
{
    fedval_fact *fact = NULL;
    size_t count = 0;
    if (fedval_fact_new_probe("expe.example.com", FEDVAL_NUL_ENDED, "127.0.0.1", FEDVAL_NUL_ENDED,
                              5061, FEDVAL_ROLE_SERVER, &fact) != FEDVAL_OK)
        return;
    if (fv_tls_tee_copy_chain(tee, fact, &count) == FEDVAL_OK &&
        count != fedval_fact_count_certificates(fact))
        abort();
    fedval_fact_free(fact);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fv_tls_tee whole, cut;
    size_t step = size == 0 ? 1 : 1 + data[0] % 7;
    fv_tls_tee_init(&whole);
    fv_tls_tee_init(&cut);
    fv_tls_tee_feed(&whole, (fv_bytes){data, size});
    for (size_t at = 0; at < size; at += step)
        fv_tls_tee_feed(&cut, (fv_bytes){data + at, size - at < step ? size - at : step});
    check_same(&whole, &cut);
    read_chain(&whole);
    fv_tls_tee_clear(&whole);
    fv_tls_tee_clear(&cut);
    return 0;
}
