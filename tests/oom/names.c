/* Allocation failures in names/: SIP headers. libidn2's own lie beyond the linker's reach. */
#include "oom.h"

#include "fedval/name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static fedval_status parse_header(void *context)
{
    const char *value = context;
    fedval_sip_header *header = NULL;
    fedval_status status = fedval_sip_header_parse(value, strlen(value), &header);
    fedval_sip_header_free(header);
    return status;
}

static void a_sip_header_survives_failures(void **state)
{
    char value[] = "\"B\xc3\xbc\" <sip:b@b\xc3\xbc"
                   "cher.example>, <sip:a@example.com>, <tel:+1>, <sip:c@d.example>, "
                   "\"E\" <sip:e@f.example>";
    (void)state;
    assert_true(oom_run(parse_header, value) > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sip_header_survives_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
