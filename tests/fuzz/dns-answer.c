/* DNS answers: bytes -> facts. The first byte chooses the type asked for. */
#include "fuzz.h"

#include "message.h"

#include <stdlib.h>

#define NAME "_sipfederationtls._tcp.example.com"

static void check(const fv_dns_answer *answer, const fedval_fact *fact)
{
    size_t num_records = fedval_fact_count_records(fact), num_wanted = 0;
    uint32_t type = fedval_question_get_type(fedval_fact_get_question(fact));
    for (size_t i = 0; i < num_records; i++) {
        if (fedval_fact_get_record_type(fact, i) == type)
            num_wanted++;
    }
    if (answer->outcome == 0 ? answer->next.len == 0
                             : fedval_outcome_to_string(answer->outcome) == NULL)
        abort();
    if (answer->aliases > FV_LDNS_MAX_ALIASES)
        abort();
    if (answer->outcome == FEDVAL_OUTCOME_ANSWER && num_wanted == 0)
        abort();
    if (answer->outcome != FEDVAL_OUTCOME_ANSWER && answer->outcome != FEDVAL_OUTCOME_MALFORMED &&
        num_wanted != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint32_t types[] = {FEDVAL_TYPE_SRV, FEDVAL_TYPE_A, FEDVAL_TYPE_AAAA};
    fv_dns_query query = {.id = 0x1234};
    fv_dns_answer answer = {.aliases = 0};
    fedval_fact *fact = NULL;
    if (size == 0)
        return 0;
    query.type = (uint16_t)types[data[0] % 3];
    if (fedval_fact_new_dns(NAME, FEDVAL_NUL_ENDED, query.type, 0, &fact) != FEDVAL_OK ||
        !fv_dns_name_from_text(NAME, &query.name))
        abort();
    if (fv_dns_answer_read(data + 1, size - 1, &query, fact, &answer) != FEDVAL_OK)
        abort();
    check(&answer, fact);
    fedval_fact_free(fact);
    return 0;
}
