/* fedval plan --from FILE...: reads each file for what it is, and asks for what is left open. */
#include "learn.h"

#include "documents.h"
#include "inputs.h"
#include "intent_yaml.h"
#include "zone_input.h"

#include <fedval/intent.h>
#include <fedval/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- saved evidence ---- */

static void take_srv(learnt *l, const char *domain, const fedval_fact *fact)
{
    for (size_t i = 0; i < fedval_fact_count_records(fact); i++) {
        char label[64];
        const char *target = fedval_fact_get_record_data(fact, i);
        if (fedval_fact_get_record_type(fact, i) != FEDVAL_TYPE_SRV)
            continue;
        snprintf(label, sizeof(label), "%.*s", (int)strcspn(target, "."), target);
        bool is_under = fedval_srv_match(domain, strlen(domain), target, strlen(target)) ==
                        FEDVAL_SRV_MATCH_MATCH;
        learnt_add(l, &l->domains, domain, is_under ? label : NULL);
        learnt_set(l, &l->peer, target);
    }
}

static void take_addresses(learnt *l, const fedval_fact *fact)
{
    for (size_t i = 0; i < fedval_fact_count_records(fact); i++) {
        uint32_t type = fedval_fact_get_record_type(fact, i);
        if (type == FEDVAL_TYPE_A || type == FEDVAL_TYPE_AAAA)
            learnt_add(l, &l->addresses, fedval_fact_get_record_data(fact, i), NULL);
    }
}

static void take_evidence(learnt *l, const fedval_evidence *evidence)
{
    const char *domain = fedval_evidence_get_domain(evidence);
    learnt_add(l, &l->domains, domain, NULL);
    for (size_t i = 0; i < fedval_evidence_count_facts(evidence); i++) {
        const fedval_fact *fact = fedval_evidence_get_fact(evidence, i);
        const fedval_question *question = fedval_fact_get_question(fact);
        if (fedval_question_get_kind(question) != FEDVAL_QUESTION_DNS)
            continue;
        if (fedval_question_get_type(question) == FEDVAL_TYPE_SRV)
            take_srv(l, domain, fact);
        else
            take_addresses(l, fact);
    }
}

/* Who learns from the documents of a file. */
typedef struct evidence_reader {
    learnt *learnt;
    const cmd_settings *settings;
    cmd_output *output;
    bool any;
} evidence_reader;

static void learn_document(void *user, const char *source, const char *json, size_t json_len,
                           uint32_t line)
{
    evidence_reader *reader = user;
    fedval_error *error = fedval_error_new();
    fedval_evidence *evidence = NULL;
    fedval_status status =
        documents_read_evidence(reader->settings, json, json_len, &evidence, error);
    if (status == FEDVAL_OK)
        take_evidence(reader->learnt, evidence);
    else
        documents_refuse(reader->output, source, status, error, line);
    reader->any |= status == FEDVAL_OK;
    fedval_evidence_free(evidence);
    fedval_error_free(error);
}

/* ---- one file ---- */

bool learn_text(learnt *l, const char *name, const char *text, size_t len)
{
    bool any = learn_xconfiguration(l, text, len);
    if (strstr(text, "-----BEGIN ") != NULL || !any)
        any |= learn_certificates(l, name, text, len);
    return any;
}

/* The files that an intent names are looked for in the folder of the intent. If it is written to
 * another folder, they are named with their full path. */
static void keep_path(learnt *l, learnt_list *list, const char *path, const char *output_file)
{
    bool moves = output_file != NULL && strchr(output_file, '/') != NULL;
    char *full = moves ? realpath(path, NULL) : NULL;
    learnt_add(l, list, full != NULL ? full : path, NULL);
    free(full);
}

/* "ORIGIN=FILE" or "FILE". */
static const char *split_origin(const char *value, char origin[FEDVAL_NAME_SIZE])
{
    const char *path = zone_input_path(value);
    origin[0] = '\0';
    if (path == value || fedval_name_normalise(value, (size_t)(path - value) - 1, origin,
                                               FEDVAL_NAME_SIZE, NULL, NULL) != FEDVAL_OK)
        return value;
    return path;
}

/* A zone is named with its origin where the file does not say it. */
static void keep_zone(learnt *l, const char *origin, const char *path, const char *output_file)
{
    learnt_list found = {0};
    keep_path(l, &found, path, output_file);
    if (found.count == 0)
        return;
    size_t size = strlen(origin) + strlen(found.items[0].first) + 2;
    char *named = malloc(size);
    l->is_out_of_memory |= named == NULL;
    if (named != NULL) {
        snprintf(named, size, "%s%s%s", origin, origin[0] == '\0' ? "" : "=", found.items[0].first);
        learnt_add(l, &l->zones, named, NULL);
    }
    free(named);
    free(found.items[0].first);
    free(found.items);
}

/* JSON is evidence, or it is refused with what is wrong with it. */
static void learn_json(learnt *l, const char *path, const cmd_input *input,
                       const cmd_settings *settings, cmd_output *output)
{
    evidence_reader reader = {.learnt = l, .settings = settings, .output = output};
    documents_visit_text(path, input->data, input->len, learn_document, &reader);
    if (reader.any)
        keep_path(l, &l->evidence, path, settings->output_file);
}

/* Files in one folder are of one Expressway, but for certificates of different names. */
static learnt *choose_part(learnt *l, const char *path, const cmd_input *input)
{
    char host[FEDVAL_NAME_SIZE], name[FEDVAL_NAME_SIZE + 16];
    learnt *part = learnt_part_of(l, path);
    if (part == NULL || part->certificate_name == NULL ||
        !learn_certificate_host(input->data, input->len, host) ||
        strcasecmp(host, part->certificate_name) == 0)
        return part;
    snprintf(name, sizeof(name), "server_%s_0.pem", host);
    return learnt_part_of(l, name);
}

static void learn_file(learnt *l, const char *value, const cmd_settings *settings,
                       cmd_output *output)
{
    cmd_input input = {0};
    bool is_archive = false;
    char origin[FEDVAL_NAME_SIZE];
    const char *path = split_origin(value, origin);
    if (!input_read(&input, path, output))
        return;
    learnt *part = choose_part(l, path, &input);
    if (yaml_is_json(input.data, input.len))
        learn_json(l, path, &input, settings, output);
    else if (learn_zone(l, input.data, input.len, origin))
        keep_zone(l, origin, path, settings->output_file);
    else if ((part == NULL || !learn_text(part, path, input.data, input.len)) &&
             learn_archive(l, path, output, &is_archive) && !is_archive) {
        output_refuse_text(
            output, EXIT_INPUT, path,
            "nothing can be learnt from it: wanted is a zone file, saved evidence, "
            "xConfiguration text, an Expressway diagnostic archive or a certificate");
    }
    input_clear(&input);
}

/* ---- what stays open ---- */

/* A zone without a federation record is what most plans begin with: its own name is the domain. */
static void take_apexes(learnt *l)
{
    if (l->domains.count > 0)
        return;
    for (size_t i = 0; i < l->apexes.count; i++) {
        const char *apex = l->apexes.items[i].first;
        learnt_add(l, &l->domains, apex, NULL);
        learnt_ask(l, "is ", apex,
                   " to federate? Its zone has no _sipfederationtls._tcp record (domains)");
    }
}

/* No other file names the peer: its certificate does. */
static void take_certificate_name(learnt *l)
{
    if (l->peer != NULL || l->certificate_name == NULL)
        return;
    learnt_set(l, &l->peer, l->certificate_name);
    learnt_ask_certified(l, l->certificate_name);
}

void learnt_ask_certified(learnt *l, const char *name)
{
    learnt_ask(l, "is ", name,
               " the FQDN of the Expressway-E itself? It is the name in its certificate "
               "(clusters, peers, name)");
}

/* Nothing but a zone was read: the name that calls are led to stands for the peer. */
static void take_target(learnt *l)
{
    if (l->peer != NULL || l->target == NULL)
        return;
    learnt_set(l, &l->peer, l->target);
    learnt_ask(l, "what is the FQDN of the Expressway-E behind ", l->target,
               "? It stands there as the peer's own name (clusters, peers, name)");
}

static void take_addresses_of(learnt *l, const char *host)
{
    for (size_t i = 0; i < l->hosts.count; i++) {
        const char *address = learnt_address_of(l, i, host);
        if (address != NULL)
            learnt_add(l, &l->addresses, address, NULL);
    }
}

static void take_target_addresses(learnt *l)
{
    for (size_t i = 0; i < l->target_addresses.count; i++)
        learnt_add(l, &l->addresses, l->target_addresses.items[i].first, NULL);
}

/* Nothing else has told the peer's addresses: those of its name in the zones are taken, or, of one
 * peer alone, those that calls are led to. */
static void take_host_addresses(learnt *l)
{
    if (l->peer == NULL || l->addresses.count > 0)
        return;
    take_addresses_of(l, l->peer);
    if (l->addresses.count > 0 || l->target == NULL)
        return;
    if (l->num_further == 0 && l->peers.count == 0)
        take_target_addresses(l);
    else {
        learnt_ask(l, "which of the addresses of ", l->target,
                   " belongs to which peer? (addresses)");
    }
}

/* Several addresses of one family; one of each is what a peer has. */
static bool has_several(const learnt_list *addresses)
{
    size_t num_ipv6 = 0;
    for (size_t i = 0; i < addresses->count; i++)
        num_ipv6 += strchr(addresses->items[i].first, ':') != NULL;
    return num_ipv6 > 1 || addresses->count - num_ipv6 > 1;
}

/* Peers that are known by an address: the one inside says whose it is. */
static void ask_of_peers(learnt *l)
{
    for (size_t i = 0; i < l->peers.count; i++) {
        const char *name = l->peers.items[i].first;
        bool is_known = strspn(name, "0123456789.") != strlen(name) && strchr(name, ':') == NULL;
        for (size_t k = 0; !is_known && k < l->inside.count; k++)
            is_known = strcmp(l->inside.items[k].first, name) == 0;
        if (!is_known)
            learnt_ask(l, "what is the FQDN of the peer at ", name, "? (clusters, peers)");
    }
}

static void ask(learnt *l)
{
    ask_of_peers(l);
    take_certificate_name(l);
    take_target(l);
    take_host_addresses(l);
    if (l->peer == NULL) {
        learnt_ask(l, "what is the FQDN of the Expressway-E? ", PEER_TO_NAME,
                   " stands there in its place (clusters, peers, name)");
    }
    if (l->addresses.count == 0) {
        learnt_ask_for(l, "addresses", "what are the public addresses of ",
                       l->peer == NULL ? "the peer" : l->peer, "? (addresses)");
    }
    if (has_several(&l->addresses) && l->num_further == 0) {
        learnt_ask(l, "do the addresses of ", l->peer == NULL ? "the peer" : l->peer,
                   " belong to one peer? Each peer of a cluster has a name of its own (peers)");
    }
    if (l->version == NULL)
        learnt_ask_for(l, "version", "which release runs on the Expressway? ", "", "(version)");
    if (l->keep_names.count == 0) {
        learnt_ask_for(l, "keep_names",
                       "is the Expressway in use for other services, such as _collab-edge._tls? ",
                       "", "(keep_names)");
    }
    if (l->server_pem == NULL) {
        learnt_ask_for(l, "server.certificate", "which certificate does ",
                       l->peer == NULL ? "the peer" : l->peer, " have now? (server.certificate)");
    }
    learnt_ask(l, "who are the partners, ", "", "on premises or at Office 365? (partners)");
}

static void show(learnt *l, const cmd_settings *settings, cmd_output *output)
{
    fedval_intent *intent = NULL;
    fedval_error *error = fedval_error_new();
    char *json = l->is_out_of_memory ? NULL : learnt_to_json(l), *line = NULL;
    size_t line_len = 0;
    fedval_status status = FEDVAL_ERROR_NO_MEMORY;
    if (json != NULL)
        status = fedval_intent_new_from_json(json, strlen(json), &intent, error);
    if (status == FEDVAL_ERROR_NO_MEMORY) {
        output_internal(output, status);
    } else if (status != FEDVAL_OK) {
        output_refuse(output, EXIT_INPUT, settings->inputs.items[0], status, error);
    } else if (settings->format == FORMAT_JSON) {
        status = fedval_intent_to_json(intent, &line, &line_len);
        output_document(output, status, line, line_len);
    } else {
        fputs(json, output->stream);
        output_note(output, EXIT_PASS);
    }
    fedval_error_free(error);
    fedval_intent_free(intent);
    free(json);
}

void learn_intent(const cmd_settings *settings, cmd_output *output)
{
    learnt l = {0};
    for (size_t i = 0; i < settings->inputs.count; i++)
        learn_file(&l, settings->inputs.items[i], settings, output);
    learnt_merge(&l);
    take_apexes(&l);
    ask(&l);
    if (l.domains.count == 0 && output->num_unreadable == 0) {
        output_refuse_text(
            output, EXIT_INPUT, settings->inputs.items[0],
            "no domain is named there: an intent is of at least one. A zone file says its own "
            "name in $ORIGIN, in full in front of its SOA record, or as ORIGIN=FILE; an "
            "Expressway-E often has no SIP domains, which its Expressway-C or a zone file has");
    } else if (l.domains.count > 0) {
        show(&l, settings, output);
    }
    learnt_clear(&l);
}
