#include "chains.h"

#include "certificate_input.h"
#include "chain_option.h"

#include <fedval/certificate.h>
#include <fedval/files.h>
#include <fedval/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *or_null(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

/* Whether the certificate is that of a CA, and names no host: a server that signs its own
 * certificate may mark it as that of a CA. */
static bool is_of_authority(const fedval_certificate *certificate)
{
    size_t len = 0;
    const char *name = fedval_certificate_get_common_name(certificate, 0, &len);
    bool is_host = name != NULL && memchr(name, '.', len) != NULL && memchr(name, ' ', len) == NULL;
    return fedval_certificate_is_ca(certificate) && !fedval_certificate_has_san(certificate) &&
           !is_host;
}

/* Refuses a file of CA certificates alone: the name and the dates of a CA are not those of a
 * server. */
static bool has_end_entity(const cmd_input *input, const char *path, cmd_output *output)
{
    fedval_certificate_list *list = NULL;
    bool found = false;
    if (fedval_certificate_list_new(input->data, input->len, &list, NULL) != FEDVAL_OK)
        return true; /* the fact says what is wrong with it */
    for (size_t i = 0; i < fedval_certificate_list_count(list); i++)
        found = found || !is_of_authority(fedval_certificate_list_get(list, i));
    fedval_certificate_list_free(list);
    if (!found) {
        output_refuse_text(output, EXIT_INPUT, path,
                           "holds certificates of CAs alone: the certificate of the server or of "
                           "the caller comes first, then the CAs that issued it");
    }
    return found;
}

static fedval_fact *load(const chain_option *place, uint32_t role, const char *password_path,
                         cmd_output *output)
{
    cmd_input input = {0};
    fedval_fact *fact = NULL;
    if (!certificate_input_read(&input, place->path, password_path, output))
        return NULL;
    if (!has_end_entity(&input, place->path, output)) {
        input_clear(&input);
        return NULL;
    }
    fedval_error *error = fedval_error_new();
    fedval_status status =
        fedval_fact_new_from_pem(or_null(place->host), FEDVAL_NUL_ENDED, or_null(place->address),
                                 FEDVAL_NUL_ENDED, place->port, role, input.data, input.len,
                                 input_name(place->path), FEDVAL_NUL_ENDED, &fact, error);
    if (status != FEDVAL_OK)
        output_refuse(output, EXIT_INPUT, place->path, status, error);
    fedval_error_free(error);
    input_clear(&input);
    return fact;
}

static bool append(cmd_chains *chains, fedval_fact *fact)
{
    if (fact == NULL)
        return false;
    chains->facts[chains->count++] = fact;
    return true;
}

static const fedval_question *question_of(const cmd_chains *chains, size_t index)
{
    return fedval_fact_get_question(chains->facts[index]);
}

/* NULL stands for "". */
static bool is_same(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static bool is_given(const cmd_chains *chains, const chain_option *place)
{
    for (size_t i = 0; i < chains->count; i++) {
        const fedval_question *other = question_of(chains, i);
        if (is_same(fedval_question_get_host(other), place->host) &&
            is_same(fedval_question_get_address(other), place->address) &&
            fedval_question_get_port(other) == place->port)
            return true;
    }
    return false;
}

static bool append_option(cmd_chains *chains, const char *value, const char *password_path,
                          cmd_output *output)
{
    chain_option option;
    const char *fault = chain_option_read(value, &option);
    if (fault == NULL && is_given(chains, &option)) {
        fault = "two chains for one place; where the addresses of a host have different "
                "certificates, give each its own: --chain HOST@ADDRESS=FILE";
    }
    if (fault != NULL) {
        output_refuse_text(output, EXIT_USAGE, value, fault);
        return false;
    }
    return append(chains, load(&option, FEDVAL_ROLE_SERVER, password_path, output));
}

static bool append_client(cmd_chains *chains, const cmd_settings *settings, cmd_output *output)
{
    const chain_option option = {.path = settings->client_chain};
    return append(chains, load(&option, FEDVAL_ROLE_CLIENT, settings->password_file, output));
}

/* ---- which places are targets ---- */

/* Whether a chain is for a place of a target, at whatever port. `address` NULL: no address of the
 * host is known. */
static bool is_for(const fedval_question *chain, const char *host, const char *address)
{
    const char *own_host = fedval_question_get_host(chain);
    const char *own_address = fedval_question_get_address(chain);
    return fedval_question_get_role(chain) == FEDVAL_ROLE_SERVER &&
           (own_host == NULL || is_same(own_host, host)) &&
           (own_address == NULL || is_same(own_address, address));
}

/* How exact a place is: the judge takes the chain that has the most exact one. */
static unsigned exactness(const fedval_question *place)
{
    bool has_host = fedval_question_get_host(place) != NULL;
    bool has_address = fedval_question_get_address(place) != NULL;
    return 4u * has_address + 2u * has_host + (fedval_question_get_port(place) != 0);
}

/* The most exact chain is used at this place of a target; it takes the place from the others. */
static void note_place(cmd_chains *chains, const char *host, const char *address, uint16_t port)
{
    size_t taker = 0; /* counted from 1 */
    for (size_t i = 0; i < chains->count; i++) {
        const fedval_question *own = question_of(chains, i);
        uint16_t own_port = fedval_question_get_port(own);
        if (!is_for(own, host, address))
            continue;
        if (own_port != 0 && own_port != port)
            chains->uses[i].other_port = port;
        else if (taker == 0 || exactness(own) > exactness(question_of(chains, taker - 1)))
            taker = i + 1;
    }
    if (taker == 0)
        return;
    chains->uses[taker - 1].is_used = true;
    for (size_t i = 0; i < chains->count; i++) {
        const fedval_question *own = question_of(chains, i);
        uint16_t own_port = fedval_question_get_port(own);
        if (is_for(own, host, address) && (own_port == 0 || own_port == port))
            chains->uses[i].taken_by = taker;
    }
}

/* The addresses that DNS has for the host. Returns how many there are. */
static size_t note_addresses(cmd_chains *chains, const fedval_fact *fact, const char *host,
                             uint16_t port)
{
    size_t count = 0;
    for (size_t i = 0; i < fedval_fact_count_records(fact); i++) {
        uint32_t type = fedval_fact_get_record_type(fact, i);
        const char *address = fedval_fact_get_record_data(fact, i);
        if (type != FEDVAL_TYPE_A && type != FEDVAL_TYPE_AAAA)
            continue;
        note_place(chains, host, address, port);
        snprintf(chains->last_address, sizeof(chains->last_address), "%s", address);
        count++;
    }
    return count;
}

/* Where DNS was not asked for the host, its addresses are those that chains name. */
static size_t note_named_addresses(cmd_chains *chains, const char *host, uint16_t port)
{
    size_t count = 0;
    for (size_t i = 0; i < chains->count; i++) {
        const fedval_question *place = question_of(chains, i);
        const char *address = fedval_question_get_address(place);
        if (address == NULL || !is_same(fedval_question_get_host(place), host))
            continue;
        note_place(chains, host, address, port);
        count++;
    }
    return count;
}

/* The places of a target: its port at each of its addresses. */
static void note_places(cmd_chains *chains, const fedval_evidence *evidence, const char *host,
                        uint16_t port)
{
    size_t count = 0;
    bool is_asked = false;
    for (size_t i = 0; i < fedval_evidence_count_facts(evidence); i++) {
        const fedval_fact *fact = fedval_evidence_get_fact(evidence, i);
        const fedval_question *question = fedval_fact_get_question(fact);
        uint32_t type = fedval_question_get_type(question);
        if ((type != FEDVAL_TYPE_A && type != FEDVAL_TYPE_AAAA) ||
            !is_same(fedval_question_get_name(question), host))
            continue;
        is_asked = true;
        count += note_addresses(chains, fact, host, port);
    }
    if (!is_asked)
        count = note_named_addresses(chains, host, port);
    if (count == 0)
        note_place(chains, host, NULL, port);
}

static void note_target(cmd_chains *chains, const fedval_evidence *evidence, const char *text,
                        uint16_t port)
{
    char name[FEDVAL_NAME_SIZE];
    if (fedval_name_normalise(text, strlen(text), name, sizeof(name), NULL, NULL) != FEDVAL_OK)
        return;
    chains->last_address[0] = '\0';
    note_places(chains, evidence, name, port);
    snprintf(chains->last_target, sizeof(chains->last_target), "%s", name);
}

bool chains_load(cmd_chains *chains, const cmd_settings *settings, cmd_output *output)
{
    bool ok = true;
    chains->facts = calloc(settings->chains.count + 1, sizeof(fedval_fact *));
    chains->uses = calloc(settings->chains.count + 1, sizeof(chain_use));
    if (chains->facts == NULL || chains->uses == NULL) {
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
        return false;
    }
    for (size_t i = 0; ok && i < settings->chains.count; i++)
        ok = append_option(chains, settings->chains.items[i], settings->password_file, output);
    if (ok && settings->client_chain != NULL)
        ok = append_client(chains, settings, output);
    chains->edge_fqdn = settings->edge_fqdn;
    return ok;
}

/* Whether DNS has said something, be it that there is nothing. */
static bool is_answered(const fedval_fact *fact)
{
    switch (fedval_fact_get_outcome(fact)) {
    case FEDVAL_OUTCOME_ANSWER:
    case FEDVAL_OUTCOME_NODATA:
    case FEDVAL_OUTCOME_NXDOMAIN:
    case FEDVAL_OUTCOME_ALIAS_CIRCLE:
        return true;
    default:
        return fedval_fact_count_records(fact) > 0;
    }
}

static void note_look_up(cmd_chains *chains, const fedval_fact *fact)
{
    const fedval_question *question = fedval_fact_get_question(fact);
    uint32_t type = fedval_question_get_type(question);
    if (fedval_question_get_kind(question) != FEDVAL_QUESTION_DNS || type == FEDVAL_TYPE_NS)
        return;
    chains->is_dns_asked |= type == FEDVAL_TYPE_SRV;
    if (is_answered(fact) || chains->failure[0] != '\0')
        return;
    snprintf(chains->failure, sizeof(chains->failure), "%s %s failed (%s)",
             fedval_question_get_name(question), fedval_type_to_string(type),
             fedval_outcome_to_string(fedval_fact_get_outcome(fact)));
}

void chains_note_use(cmd_chains *chains, const fedval_evidence *evidence)
{
    size_t count = fedval_evidence_count_facts(evidence);
    if (chains->edge_fqdn != NULL)
        note_target(chains, evidence, chains->edge_fqdn, FEDVAL_SIP_TLS_PORT);
    for (size_t i = 0; i < count; i++) {
        const fedval_fact *fact = fedval_evidence_get_fact(evidence, i);
        note_look_up(chains, fact);
        for (size_t j = 0; j < fedval_fact_count_records(fact); j++) {
            if (fedval_fact_get_record_type(fact, j) == FEDVAL_TYPE_SRV) {
                note_target(chains, evidence, fedval_fact_get_record_data(fact, j),
                            fedval_fact_get_record_port(fact, j));
            }
        }
    }
}

/* A place as --chain names it. */
static void name_place(const fedval_question *place, char *out, size_t room)
{
    const char *host = fedval_question_get_host(place);
    const char *address = fedval_question_get_address(place);
    snprintf(out, room, "%s%s%s", host == NULL ? "" : host,
             host != NULL && address != NULL ? "@" : "", address == NULL ? "" : address);
}

/* Another chain has each place that this one is for. */
static void explain_taken(const fedval_question *place, const fedval_question *taker, char *out,
                          size_t room)
{
    char own[2 * FEDVAL_NAME_SIZE], other[2 * FEDVAL_NAME_SIZE];
    name_place(place, own, sizeof(own));
    name_place(taker, other, sizeof(other));
    if (strcmp(own, other) == 0) {
        snprintf(out, room,
                 "no endpoint uses this --chain: another --chain is for port %u of this place",
                 (unsigned)fedval_question_get_port(taker));
    } else {
        snprintf(out, room,
                 "two chains for one place: no endpoint uses --chain %s=FILE beside --chain "
                 "%s=FILE, which counts where both are for an address; leave one of them out",
                 own, other);
    }
}

/* Why no endpoint has used a chain, and what was meant perhaps. */
static void explain_disuse(const cmd_chains *chains, size_t index, char *out, size_t room)
{
    const chain_use *use = &chains->uses[index];
    const fedval_question *place = question_of(chains, index);
    const char *host = fedval_question_get_host(place);
    bool is_at_address = fedval_question_get_address(place) != NULL &&
                         (host == NULL || is_same(host, chains->last_target));
    if (use->taken_by != 0) {
        explain_taken(place, question_of(chains, use->taken_by - 1), out, room);
    } else if (use->other_port != 0) {
        snprintf(out, room, "no endpoint uses this --chain: the SRV record says port %u",
                 (unsigned)use->other_port);
    } else if (is_at_address && chains->last_address[0] != '\0') {
        snprintf(out, room, "no endpoint uses this --chain: %s has the address %s",
                 chains->last_target, chains->last_address);
    } else if (chains->last_target[0] != '\0') {
        snprintf(out, room, "no endpoint uses this --chain: the SRV record points to %s",
                 chains->last_target);
    } else {
        snprintf(out, room, "no endpoint uses this --chain: %s",
                 chains->is_dns_asked
                     ? "there is no SRV record"
                     : "nothing tells the SRV record (--zone FILE, or a check without --offline)");
    }
}

/* Whether a look-up that failed may have led to the place of the chain. */
static bool is_left_open(const cmd_chains *chains, size_t index)
{
    const chain_use *use = &chains->uses[index];
    const fedval_question *place = question_of(chains, index);
    const char *host = fedval_question_get_host(place);
    bool is_of_target = host == NULL || is_same(host, chains->last_target);
    if (chains->failure[0] == '\0' || use->taken_by != 0 || use->other_port != 0)
        return false;
    return chains->last_target[0] == '\0' || (is_of_target && chains->last_address[0] == '\0');
}

void chains_complain(const cmd_chains *chains, cmd_output *output)
{
    char message[4 * FEDVAL_NAME_SIZE + 200], named[2 * FEDVAL_NAME_SIZE];
    for (size_t i = 0; i < chains->count; i++) {
        const fedval_question *place = question_of(chains, i);
        if (fedval_question_get_role(place) == FEDVAL_ROLE_CLIENT || chains->uses[i].is_used)
            continue;
        name_place(place, named, sizeof(named));
        if (is_left_open(chains, i)) {
            fprintf(stderr, "fedval: %s: this --chain was not judged, because the look-up of %s\n",
                    named, chains->failure);
            continue;
        }
        explain_disuse(chains, i, message, sizeof(message));
        output_refuse_text(output, EXIT_INPUT, named, message);
    }
}

void chains_clear(cmd_chains *chains)
{
    for (size_t i = 0; i < chains->count; i++)
        fedval_fact_free(chains->facts[i]);
    free(chains->facts);
    free(chains->uses);
    *chains = (cmd_chains){0};
}
