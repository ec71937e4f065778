#include "chains.h"

#include "certificate_input.h"

#include <fedval/files.h>
#include <fedval/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* HOST[:PORT]=FILE in its parts. */
typedef struct chain_option {
    char host[FEDVAL_NAME_SIZE + 1];
    uint16_t port; /* 0: every port */
    const char *path;
} chain_option;

static bool read_port(const char *text, uint16_t *out_port)
{
    char *end;
    unsigned long port = strtoul(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || port == 0 || port > UINT16_MAX)
        return false;
    *out_port = (uint16_t)port;
    return true;
}

/* NULL, or what is wanted. */
static const char *split(const char *value, chain_option *option)
{
    const char *equals = strchr(value, '=');
    size_t len = equals == NULL ? 0 : (size_t)(equals - value);
    if (len == 0 || len >= sizeof(option->host) || equals[1] == '\0')
        return "--chain wants HOST[:PORT]=FILE";
    memcpy(option->host, value, len);
    option->host[len] = '\0';
    option->path = equals + 1;
    option->port = 0;
    char *colon = strchr(option->host, ':');
    if (colon == NULL)
        return NULL;
    *colon = '\0';
    return read_port(colon + 1, &option->port)
               ? NULL
               : "--chain wants HOST[:PORT]=FILE, with a port of 1 to 65535";
}

/* host NULL: the chain that the Expressway calls with. */
static fedval_fact *load(const char *host, uint16_t port, const char *path,
                         const char *password_path, cmd_output *output)
{
    char source[280];
    cmd_input input = {0};
    fedval_fact *fact = NULL;
    if (!certificate_input_read(&input, path, password_path, output))
        return NULL;
    snprintf(source, sizeof(source), "file %s", input_name(path));
    fedval_error *error = fedval_error_new();
    uint32_t role = host == NULL ? FEDVAL_ROLE_CLIENT : FEDVAL_ROLE_SERVER;
    fedval_status status =
        fedval_fact_new_from_pem(host, FEDVAL_NUL_ENDED, port, role, input.data, input.len, source,
                                 FEDVAL_NUL_ENDED, &fact, error);
    if (status != FEDVAL_OK)
        output_refuse(output, EXIT_INPUT, path, status, error);
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

static bool append_option(cmd_chains *chains, const char *value, const char *password_path,
                          cmd_output *output)
{
    chain_option option;
    char name[FEDVAL_NAME_SIZE];
    const char *fault = split(value, &option);
    if (fault == NULL && fedval_name_normalise(option.host, strlen(option.host), name, sizeof(name),
                                               NULL, NULL) != FEDVAL_OK)
        fault = "--chain wants HOST[:PORT]=FILE, with a host name";
    if (fault != NULL) {
        output_refuse_text(output, EXIT_USAGE, value, fault);
        return false;
    }
    return append(chains, load(option.host, option.port, option.path, password_path, output));
}

static const fedval_question *question_of(const cmd_chains *chains, size_t index)
{
    return fedval_fact_get_question(chains->facts[index]);
}

/* The place of a chain is somebody's target; where only the port is another one, that is kept. */
static void note_target(cmd_chains *chains, const char *text, uint16_t port)
{
    char name[FEDVAL_NAME_SIZE];
    if (fedval_name_normalise(text, strlen(text), name, sizeof(name), NULL, NULL) != FEDVAL_OK)
        return;
    for (size_t i = 0; i < chains->count; i++) {
        const char *host = fedval_question_get_host(question_of(chains, i));
        uint16_t own_port = fedval_question_get_port(question_of(chains, i));
        if (host == NULL || strcmp(host, name) != 0)
            continue;
        if (own_port == 0 || own_port == port)
            chains->uses[i].is_used = true;
        else
            chains->uses[i].other_port = port;
    }
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
        ok = append(chains, load(NULL, 0, settings->client_chain, settings->password_file, output));
    if (settings->edge_fqdn != NULL)
        note_target(chains, settings->edge_fqdn, 5061);
    return ok;
}

void chains_note_use(cmd_chains *chains, const fedval_evidence *evidence)
{
    size_t count = fedval_evidence_count_facts(evidence);
    for (size_t i = 0; i < count; i++) {
        const fedval_fact *fact = fedval_evidence_get_fact(evidence, i);
        for (size_t j = 0; j < fedval_fact_count_records(fact); j++) {
            if (fedval_fact_get_record_type(fact, j) == FEDVAL_TYPE_SRV) {
                note_target(chains, fedval_fact_get_record_data(fact, j),
                            fedval_fact_get_record_port(fact, j));
            }
        }
    }
}

/* Why no endpoint has used a chain, and what was meant perhaps. */
static void explain_disuse(const cmd_chains *chains, size_t index, char *out, size_t room)
{
    const chain_use *use = &chains->uses[index];
    if (use->other_port != 0) {
        snprintf(out, room, "no endpoint uses this --chain: the SRV record says port %u",
                 (unsigned)use->other_port);
    } else if (chains->last_target[0] != '\0') {
        snprintf(out, room, "no endpoint uses this --chain: the SRV record points to %s",
                 chains->last_target);
    } else
        snprintf(out, room, "no endpoint uses this --chain: there is no SRV record");
}

void chains_complain(const cmd_chains *chains, cmd_output *output)
{
    char message[FEDVAL_NAME_SIZE + 80];
    for (size_t i = 0; i < chains->count; i++) {
        const char *host = fedval_question_get_host(question_of(chains, i));
        if (host == NULL || chains->uses[i].is_used)
            continue;
        explain_disuse(chains, i, message, sizeof(message));
        output_refuse_text(output, EXIT_INPUT, host, message);
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
