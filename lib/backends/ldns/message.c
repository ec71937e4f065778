#include "message.h"

#include "base/cursor.h"
#include "jumps.h"

#include <stdlib.h>
#include <string.h>

#define HEADER_LEN 12
#define OPTION_EXTENDED_ERROR 15

/* ---- names and questions ---- */

static bool copy_name(const ldns_rdf *name, fv_dns_name *out)
{
    size_t len = ldns_rdf_size(name);
    if (ldns_rdf_get_type(name) != LDNS_RDF_TYPE_DNAME || len == 0 || len > FV_DNS_MAX_NAME)
        return false;
    memcpy(out->bytes, ldns_rdf_data(name), len);
    out->len = len;
    return true;
}

bool fv_dns_name_from_text(const char *text, fv_dns_name *out)
{
    ldns_rdf *name = ldns_dname_new_frm_str(text);
    bool good = name != NULL && copy_name(name, out);
    ldns_rdf_deep_free(name);
    return good;
}

static uint8_t *write_u16(uint8_t *out, unsigned value)
{
    out[0] = (uint8_t)(value >> 8);
    out[1] = (uint8_t)value;
    return out + 2;
}

/* RFC 6891 6.1.2: root owner, OPT, our size, extended rcode and version 0, DO (RFC 3225). */
static uint8_t *write_opt(uint8_t *out, bool dnssec_ok)
{
    *out++ = 0;
    out = write_u16(out, LDNS_RR_TYPE_OPT);
    out = write_u16(out, FV_DNS_UDP_SIZE);
    out = write_u16(out, 0);
    out = write_u16(out, dnssec_ok ? 0x8000u : 0);
    return write_u16(out, 0);
}

/* RFC 1035 4.1: one question. */
size_t fv_dns_query_write(const fv_dns_query *query, uint8_t out[FV_DNS_MAX_QUERY])
{
    unsigned flags = (query->no_recursion ? 0 : 0x0100u) | (query->want_ad ? 0x20u : 0) |
                     (query->checking_disabled ? 0x10u : 0);
    uint8_t *next = write_u16(out, query->id);
    next = write_u16(next, flags);
    next = write_u16(next, 1);
    next = write_u16(next, 0);
    next = write_u16(next, 0);
    next = write_u16(next, query->no_edns ? 0 : 1);
    memcpy(next, query->name.bytes, query->name.len);
    next = write_u16(next + query->name.len, query->type);
    next = write_u16(next, LDNS_RR_CLASS_IN);
    if (!query->no_edns)
        next = write_opt(next, query->want_ad || query->want_signatures);
    return (size_t)(next - out);
}

/* ---- reading ---- */

typedef struct answer_reader {
    ldns_pkt *packet;
    uint16_t type;
    const ldns_rdf *name; /* the name to which the aliases have led so far */
    fedval_fact *fact;
    fv_dns_answer *answer;
} answer_reader;

static bool is_at_name(const answer_reader *reader, const ldns_rr *rr, ldns_rr_type type)
{
    return ldns_rr_get_type(rr) == type && ldns_rr_get_class(rr) == LDNS_RR_CLASS_IN &&
           ldns_dname_compare(ldns_rr_owner(rr), reader->name) == 0;
}

static const ldns_rr *find(const answer_reader *reader, ldns_rr_type type)
{
    const ldns_rr_list *list = ldns_pkt_answer(reader->packet);
    for (size_t i = 0; i < ldns_rr_list_rr_count(list); i++) {
        if (is_at_name(reader, ldns_rr_list_rr(list, i), type))
            return ldns_rr_list_rr(list, i);
    }
    return NULL;
}

/* `*out` becomes NULL if the name is no alias. */
static fedval_status find_alias(answer_reader *reader, const ldns_rr **out)
{
    *out = NULL;
    if (find(reader, reader->type) != NULL)
        return FEDVAL_OK;
    *out = find(reader, LDNS_RR_TYPE_CNAME);
    return *out != NULL ? FEDVAL_OK
                        : fv_ldns_rename(ldns_pkt_answer(reader->packet), reader->name, out);
}

/* Follows the aliases that the answer holds (RFC 1034 3.6.2). */
static fedval_status follow_aliases(answer_reader *reader, bool *out_endless)
{
    const ldns_rr *alias;
    *out_endless = false;
    for (;;) {
        fedval_status status = find_alias(reader, &alias);
        if (status != FEDVAL_OK || alias == NULL)
            return status;
        const ldns_rdf *target = fv_ldns_alias_target(alias);
        if (target == NULL)
            return FEDVAL_ERROR_SYNTAX;
        if (reader->answer->aliases == FV_LDNS_MAX_ALIASES) {
            *out_endless = true;
            return FEDVAL_OK;
        }
        reader->answer->aliases++;
        status = fv_ldns_append(alias, NULL, reader->fact);
        if (status != FEDVAL_OK)
            return status;
        reader->name = target;
    }
}

/* Returns SYNTAX if a fact cannot hold a record. */
static fedval_status append_records(answer_reader *reader, bool *out_any)
{
    const ldns_rr_list *list = ldns_pkt_answer(reader->packet);
    *out_any = false;
    for (size_t i = 0; i < ldns_rr_list_rr_count(list); i++) {
        if (!is_at_name(reader, ldns_rr_list_rr(list, i), reader->type))
            continue;
        fedval_status status = fv_ldns_append(ldns_rr_list_rr(list, i), NULL, reader->fact);
        if (status != FEDVAL_OK)
            return status;
        *out_any = true;
    }
    return FEDVAL_OK;
}

static bool authority_holds(const ldns_pkt *packet, ldns_rr_type type)
{
    const ldns_rr_list *list = ldns_pkt_authority(packet);
    for (size_t i = 0; i < ldns_rr_list_rr_count(list); i++) {
        if (ldns_rr_get_type(ldns_rr_list_rr(list, i)) == type)
            return true;
    }
    return false;
}

static void set_outcome(fv_dns_answer *answer, uint32_t outcome, const char *detail)
{
    answer->outcome = outcome;
    answer->detail = detail;
}

/* NOERROR, but no record of the type at the end of the aliases (RFC 2308 2.2). This is no data; or
 * a referral, from a server that does not resolve for us; or an alias whose target the server
 * leaves to us. */
static void conclude_empty(const answer_reader *reader, bool followed)
{
    bool has_soa = authority_holds(reader->packet, LDNS_RR_TYPE_SOA);
    if (followed && !has_soa && copy_name(reader->name, &reader->answer->next))
        set_outcome(reader->answer, 0, NULL);
    else if (!has_soa && authority_holds(reader->packet, LDNS_RR_TYPE_NS)) {
        set_outcome(reader->answer, FEDVAL_OUTCOME_NOT_ANSWERED,
                    "a referral: the server does not resolve this name for others");
    } else
        set_outcome(reader->answer, FEDVAL_OUTCOME_NODATA, NULL);
}

static bool has_renaming_circle(const answer_reader *reader)
{
    const ldns_rr_list *list = ldns_pkt_answer(reader->packet);
    for (size_t i = 0; i < ldns_rr_list_rr_count(list); i++) {
        if (fv_ldns_renames_into_itself(ldns_rr_list_rr(list, i)))
            return true;
    }
    return false;
}

static fedval_status read_records(answer_reader *reader)
{
    fv_dns_answer *answer = reader->answer;
    unsigned before = answer->aliases;
    bool endless, any;
    fedval_status status = follow_aliases(reader, &endless);
    if (status == FEDVAL_OK && endless) {
        set_outcome(answer, FEDVAL_OUTCOME_ALIAS_CIRCLE,
                    has_renaming_circle(reader) ? NULL : fv_ldns_endless_detail(reader->fact));
        return FEDVAL_OK;
    }
    /* RFC 6604 3: the code is that of the last name. Records of a name that does not exist are not
     * believed. */
    if (status == FEDVAL_OK && answer->rcode == LDNS_RCODE_NXDOMAIN) {
        set_outcome(answer, FEDVAL_OUTCOME_NXDOMAIN, NULL);
        return FEDVAL_OK;
    }
    if (status == FEDVAL_OK)
        status = append_records(reader, &any);
    if (status == FEDVAL_ERROR_SYNTAX) {
        set_outcome(answer, FEDVAL_OUTCOME_MALFORMED, "a record of the answer cannot be read");
        return FEDVAL_OK;
    }
    if (status != FEDVAL_OK)
        return status;
    if (any)
        set_outcome(answer, FEDVAL_OUTCOME_ANSWER, NULL);
    else
        conclude_empty(reader, answer->aliases > before);
    return FEDVAL_OK;
}

typedef struct rcode_row {
    uint32_t rcode, outcome;
    const char *detail;
} rcode_row;

static const rcode_row rcodes[] = {
    {LDNS_RCODE_FORMERR, FEDVAL_OUTCOME_NOT_ANSWERED, "the server answered FORMERR"},
    {LDNS_RCODE_SERVFAIL, FEDVAL_OUTCOME_SERVFAIL, NULL},
    {LDNS_RCODE_NOTIMPL, FEDVAL_OUTCOME_NOT_ANSWERED, "the server answered NOTIMP"},
    {LDNS_RCODE_REFUSED, FEDVAL_OUTCOME_REFUSED, NULL},
    {LDNS_RCODE_NOTAUTH, FEDVAL_OUTCOME_NOT_ANSWERED, "the server answered NOTAUTH"},
    {16, FEDVAL_OUTCOME_NOT_ANSWERED, "the server answered BADVERS"},
};

static void read_failure(fv_dns_answer *answer)
{
    set_outcome(answer, FEDVAL_OUTCOME_NOT_ANSWERED, "the server answered with an unusual error");
    for (size_t i = 0; i < sizeof(rcodes) / sizeof(rcodes[0]); i++) {
        if (rcodes[i].rcode == answer->rcode)
            set_outcome(answer, rcodes[i].outcome, rcodes[i].detail);
    }
}

/* ---- does the answer fit the question? ---- */

static uint8_t lower(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c;
}

/* Whether the question in the answer is the one asked. It is never compressed. Letter case is
 * ignored, because some servers change it. */
static bool is_same_question(const uint8_t *data, size_t len, const fv_dns_query *query)
{
    size_t name_len = query->name.len;
    if (len < HEADER_LEN + name_len + 4)
        return false;
    const uint8_t *question = data + HEADER_LEN;
    for (size_t i = 0; i < name_len; i++) {
        if (lower(question[i]) != lower(query->name.bytes[i]))
            return false;
    }
    return question[name_len] == query->type >> 8 &&
           question[name_len + 1] == (query->type & 0xFF) && question[name_len + 2] == 0 &&
           question[name_len + 3] == LDNS_RR_CLASS_IN;
}

bool fv_dns_answer_fits(const uint8_t *data, size_t len, const fv_dns_query *query)
{
    if (len < HEADER_LEN || data[0] != query->id >> 8 || data[1] != (query->id & 0xFF) ||
        (data[2] & 0xF8) != 0x80) { /* it must be an answer, to a query */
        return false;
    }
    unsigned num_questions = (unsigned)data[4] << 8 | data[5];
    if (num_questions == 0)
        return (data[3] & 0x0F) != LDNS_RCODE_NOERROR;
    return num_questions == 1 && is_same_question(data, len, query);
}

/* ---- data beside the answer ---- */

static void note_section(const ldns_rr_list *list, bool is_answer, fv_dns_answer *answer)
{
    for (size_t i = 0; i < ldns_rr_list_rr_count(list); i++) {
        const ldns_rr *rr = ldns_rr_list_rr(list, i);
        answer->has_signatures |= ldns_rr_get_type(rr) == LDNS_RR_TYPE_RRSIG;
        answer->has_ds |= is_answer && ldns_rr_get_type(rr) == LDNS_RR_TYPE_DS;
        if (ldns_rr_get_type(rr) == LDNS_RR_TYPE_SOA)
            (void)copy_name(ldns_rr_owner(rr), &answer->zone);
    }
}

/* A stranger wrote the text, so keep only printable ASCII. */
static void note_error(fv_bytes option, fv_dns_answer *answer)
{
    size_t len = 0;
    if (option.len < 2)
        return;
    answer->ede = option.data[0] << 8 | option.data[1];
    for (size_t i = 2; i < option.len && len + 1 < sizeof(answer->ede_text); i++) {
        uint8_t c = option.data[i];
        answer->ede_text[len++] = (char)(c >= 0x20 && c < 0x7F ? c : '?');
    }
    answer->ede_text[len] = '\0';
}

/* RFC 8914 2: option 15 of the OPT record. Only the first one counts. */
static void note_options(const ldns_pkt *packet, fv_dns_answer *answer)
{
    const ldns_rdf *data = ldns_pkt_edns(packet) ? ldns_pkt_edns_data(packet) : NULL;
    fv_cursor cursor;
    uint16_t code, len;
    fv_bytes option;
    if (data == NULL)
        return;
    fv_cursor_init(&cursor, (fv_bytes){ldns_rdf_data(data), ldns_rdf_size(data)});
    while (answer->ede < 0 && fv_cursor_read_u16(&cursor, &code) &&
           fv_cursor_read_u16(&cursor, &len) && fv_cursor_take(&cursor, len, &option)) {
        if (code == OPTION_EXTENDED_ERROR)
            note_error(option, answer);
    }
}

/* RFC 8914 4.5 Forged Answer, 4.16 Blocked, 4.17 Censored, 4.18 Filtered, 4.19 Prohibited: what
 * such an answer holds, or that it holds nothing, is the resolver's doing. */
static bool is_filtered(const fv_dns_answer *answer)
{
    return answer->ede == 4 || (answer->ede >= 15 && answer->ede <= 18);
}

static fedval_status read_packet(ldns_pkt *packet, const fv_dns_query *query, const ldns_rdf *name,
                                 fedval_fact *fact, fv_dns_answer *answer)
{
    answer->rcode = (uint32_t)ldns_pkt_get_rcode(packet);
    if (ldns_pkt_edns(packet))
        answer->rcode |= (uint32_t)ldns_pkt_edns_extended_rcode(packet) << 4;
    answer->ad = ldns_pkt_ad(packet);
    answer->aa = ldns_pkt_aa(packet);
    note_section(ldns_pkt_answer(packet), true, answer);
    note_section(ldns_pkt_authority(packet), false, answer);
    note_options(packet, answer);
    if (answer->rcode != LDNS_RCODE_NOERROR && answer->rcode != LDNS_RCODE_NXDOMAIN) {
        read_failure(answer);
        return FEDVAL_OK;
    }
    if (is_filtered(answer)) {
        set_outcome(answer, FEDVAL_OUTCOME_FILTERED, NULL);
        return FEDVAL_OK;
    }
    if (ldns_pkt_tc(packet)) {
        set_outcome(answer, FEDVAL_OUTCOME_MALFORMED, "the answer is truncated, over TCP too");
        return FEDVAL_OK;
    }
    answer_reader reader = {packet, query->type, name, fact, answer};
    return read_records(&reader);
}

fedval_status fv_dns_answer_read(const uint8_t *data, size_t len, const fv_dns_query *query,
                                 fedval_fact *fact, fv_dns_answer *answer)
{
    ldns_pkt *packet = NULL;
    fedval_status status = FEDVAL_ERROR_NO_MEMORY;
    *answer = (fv_dns_answer){.aliases = answer->aliases, .ede = -1};
    if (!fv_dns_answer_fits(data, len, query)) {
        set_outcome(answer, FEDVAL_OUTCOME_MALFORMED, "the answer is to another question");
        return FEDVAL_OK;
    }
    if (!fv_dns_can_be_read(data, len)) {
        set_outcome(answer, FEDVAL_OUTCOME_MALFORMED, "the answer cannot be decoded");
        return FEDVAL_OK;
    }
    ldns_rdf *name = ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, query->name.len, query->name.bytes);
    if (name == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    ldns_status decoded = ldns_wire2pkt(&packet, data, len);
    if (decoded == LDNS_STATUS_MEM_ERR)
        goto done;
    if (decoded != LDNS_STATUS_OK) {
        packet = NULL;
        set_outcome(answer, FEDVAL_OUTCOME_MALFORMED, "the answer cannot be decoded");
        status = FEDVAL_OK;
        goto done;
    }
    status = read_packet(packet, query, name, fact, answer);
done:
    ldns_pkt_free(packet);
    ldns_rdf_deep_free(name);
    return status;
}
