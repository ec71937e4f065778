#include "gather.h"

#include "backends.h"
#include "domains.h"
#include "early.h"
#include "inputs.h"
#include "interrupt.h"
#include "progress.h"
#include "saved.h"
#include "zone_hosts.h"
#include "zone_input.h"

#include <fedval/check.h>
#include <fedval/session.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define QUESTION_MS 5000
/* Domains of one run share targets. */
#define REUSE_MS 60000

/* One domain. */
typedef struct domain_run {
    const char *domain;
    fedval_evidence *evidence; /* handed over by the runner */
    fedval_status status;
    fedval_error *error; /* why the domain is none */
    bool has_ended;
} domain_run;

typedef struct gathering {
    const cmd_settings *settings;
    cmd_judge *judge;
    cmd_output *output;
    cmd_chains *chains;
    fedval_runner *runner;
    fedval_port **resolvers, *prober;
    size_t num_resolvers;
    domain_run *runs;
    size_t num_runs, num_written;
    bool *zones_used; /* one for each --zone: it answered something */
    saved_file saved;
    cmd_progress progress;
} gathering;

/* ---- what came of a domain ---- */

static void save(gathering *self, const fedval_evidence *evidence)
{
    char *json = NULL;
    size_t json_len = 0;
    if (self->saved.file == NULL)
        return;
    fedval_status status = fedval_evidence_to_json(evidence, &json, &json_len);
    output_save(self->output, &self->saved, status, json, json_len);
}

/* Says which views are public ones, and whether the system's resolver was asked. */
static void tell_views(const gathering *self, fedval_evidence *evidence)
{
    const cmd_settings *settings = self->settings;
    size_t num_public = settings->public_resolvers.count;
    bool is_system =
        num_public + settings->resolvers.count + settings->zones.count == 0 && !settings->offline;
    /* Evidence says of 16 views what they are; of a further one it does not. */
    for (uint32_t i = 0; i < num_public; i++) {
        (void)fedval_evidence_set_view(evidence, i, FEDVAL_VIEW_PUBLIC);
    }
    if (is_system)
        (void)fedval_evidence_set_view(evidence, 0, FEDVAL_VIEW_SYSTEM);
}

/* A line of --domains is told with its place, an argument by itself. */
static void refuse_domain(gathering *self, domain_run *run)
{
    const cmd_settings *settings = self->settings;
    uint32_t line = domains_get_line(settings, (size_t)(run - self->runs));
    if (line == 0) {
        /* Metrics count what could not be judged; the other domains have theirs. */
        int exit_status = settings->format == FORMAT_PROMETHEUS ? EXIT_INPUT : EXIT_USAGE;
        judge_refuse(self->judge, exit_status, run->domain, run->status, run->error);
        return;
    }
    char message[512];
    snprintf(message, sizeof(message), "%s", fedval_error_get_message(run->error));
    fedval_error_set(run->error, message, FEDVAL_NUL_ENDED, line, 0, UINT64_MAX);
    bool is_stdin = strcmp(settings->domains, "-") == 0;
    judge_refuse(self->judge, EXIT_INPUT, is_stdin ? input_name("-") : settings->domains,
                 run->status, run->error);
}

static bool is_of_zone(const fedval_fact *fact, const char *path)
{
    for (size_t i = 0; i < fedval_fact_count_sources(fact); i++) {
        if (fedval_fact_get_source_kind(fact, i) == FEDVAL_SOURCE_ZONE &&
            strcmp(fedval_fact_get_source_place(fact, i), input_name(path)) == 0)
            return true;
    }
    return false;
}

static void note_zones(const gathering *self, const fedval_evidence *evidence)
{
    const cmd_values *zones = &self->settings->zones;
    size_t count = fedval_evidence_count_facts(evidence);
    for (size_t i = 0; self->zones_used != NULL && i < zones->count; i++) {
        const char *path = zone_input_path(zones->items[i]);
        for (size_t k = 0; !self->zones_used[i] && k < count; k++)
            self->zones_used[i] = is_of_zone(fedval_evidence_get_fact(evidence, k), path);
    }
}

/* A zone that no domain lies in is most often the wrong file. */
static void complain_of_zones(const gathering *self)
{
    const cmd_values *zones = &self->settings->zones;
    for (size_t i = 0; self->zones_used != NULL && i < zones->count; i++) {
        if (!self->zones_used[i]) {
            fprintf(stderr,
                    "fedval: %s: no domain uses this --zone: nothing that was asked is in it, or "
                    "another --zone answered\n",
                    zone_input_path(zones->items[i]));
        }
    }
}

static void write_run(gathering *self, domain_run *run)
{
    if (run->error != NULL) {
        refuse_domain(self, run);
    } else if (run->status != FEDVAL_OK) {
        output_internal(self->output, run->status);
    } else {
        tell_views(self, run->evidence);
        chains_note_use(self->chains, run->evidence);
        note_zones(self, run->evidence);
        zone_hosts_find(self->settings, run->evidence);
        save(self, run->evidence);
        judge_take(self->judge, run->domain, run->evidence);
        early_tell(self->judge);
        domains_doubt(run->domain);
    }
    run->evidence = NULL;
    run->error = NULL;
}

/* As far as the order of the domains allows; after an interruption whatever has ended. */
static void write_ended(gathering *self)
{
    for (size_t i = self->num_written; interrupt_has_come() && i < self->num_runs; i++) {
        if (self->runs[i].has_ended && self->runs[i].status != FEDVAL_ERROR_CANCELLED)
            write_run(self, &self->runs[i]);
        self->num_written = i + 1;
    }
    while (self->num_written < self->num_runs && self->runs[self->num_written].has_ended) {
        progress_hide(&self->progress);
        write_run(self, &self->runs[self->num_written++]);
    }
}

static void note_end(uint64_t id, fedval_evidence *evidence, fedval_status status, void *user)
{
    (void)id;
    domain_run *run = user;
    run->evidence = evidence;
    run->status = status;
    run->has_ended = true;
}

/* ---- beginning ---- */

/* Files alone have no time of their own: what they give counts for the time that is judged at. */
static int64_t tell_time(void *user)
{
    const cmd_settings *settings = user;
    bool is_given = settings->offline && settings->at != FEDVAL_TIME_UNKNOWN;
    return is_given ? settings->at : (int64_t)time(NULL);
}

static bool append_resolver(gathering *self, const char *address)
{
    fedval_port *port = backends_resolver(self->settings, address, self->output);
    if (port == NULL)
        return false;
    self->resolvers[self->num_resolvers++] = port;
    fedval_status status = fedval_runner_append_resolver(self->runner, port);
    if (status != FEDVAL_OK)
        output_internal(self->output, status);
    return status == FEDVAL_OK;
}

static bool set_resolvers(gathering *self)
{
    const cmd_values *seen_outside = &self->settings->public_resolvers;
    const cmd_values *addresses = &self->settings->resolvers;
    bool ok = true;
    self->resolvers = calloc(seen_outside->count + addresses->count + 1, sizeof(fedval_port *));
    if (self->resolvers == NULL) {
        output_internal(self->output, FEDVAL_ERROR_NO_MEMORY);
        return false;
    }
    if (self->settings->offline && self->settings->zones.count == 0)
        return true; /* nobody is there to be asked */
    if (seen_outside->count + addresses->count == 0)
        return append_resolver(self, NULL);
    for (size_t i = 0; ok && i < seen_outside->count; i++)
        ok = append_resolver(self, seen_outside->items[i]);
    for (size_t i = 0; ok && i < addresses->count; i++)
        ok = append_resolver(self, addresses->items[i]);
    return ok;
}

static bool set_prober(gathering *self)
{
    if (self->settings->offline || self->settings->probes_nothing)
        return true;
    if (!backends_prober(self->settings, &self->prober, self->output))
        return false;
    if (self->prober == NULL)
        return true;
    fedval_status status = fedval_runner_set_prober(self->runner, self->prober);
    if (status != FEDVAL_OK)
        output_internal(self->output, status);
    return status == FEDVAL_OK;
}

static bool set_up_runner(gathering *self)
{
    /* Four questions hang on one another: the record, an address, a probe, another look. */
    int64_t whole = self->settings->timeout_ms,
            one = whole / 4 > QUESTION_MS ? whole / 4 : QUESTION_MS;
    if (one > whole)
        one = whole;
    fedval_status status = fedval_runner_new(&self->runner);
    if (status == FEDVAL_OK)
        status = fedval_runner_set_timeouts(self->runner, one, whole);
    if (status == FEDVAL_OK)
        status = fedval_runner_set_reuse(self->runner, REUSE_MS);
    if (status == FEDVAL_OK) {
        status =
            fedval_runner_set_clock(self->runner, tell_time, (void *)(uintptr_t)self->settings);
    }
    if (status != FEDVAL_OK)
        output_internal(self->output, status);
    return status == FEDVAL_OK && set_resolvers(self) && set_prober(self);
}

/* The certificate that the Expressway calls with is none of its partner's. */
static fedval_status supply(fedval_session *session, const cmd_chains *chains, bool is_partner)
{
    fedval_status status = FEDVAL_OK;
    for (size_t i = 0; status == FEDVAL_OK && i < chains->count; i++) {
        const fedval_question *place = fedval_fact_get_question(chains->facts[i]);
        if (!is_partner || fedval_question_get_role(place) != FEDVAL_ROLE_CLIENT)
            status = fedval_session_supply(session, chains->facts[i]);
    }
    return status;
}

static fedval_status add_run(gathering *self, domain_run *run, fedval_error *error)
{
    const cmd_policies *policies = &self->judge->policies;
    fedval_session *session = NULL;
    uint32_t num_views = self->num_resolvers == 0 ? 1 : (uint32_t)self->num_resolvers;
    fedval_status status = fedval_session_new(run->domain, strlen(run->domain),
                                              (const fedval_policy *const *)policies->items,
                                              policies->count, num_views, &session, error);
    if (status == FEDVAL_OK)
        status = supply(session, self->chains, self->settings->pair && run != self->runs);
    if (status == FEDVAL_OK)
        status = fedval_runner_add(self->runner, session, note_end, run, NULL);
    if (status != FEDVAL_OK)
        fedval_session_free(session);
    return status;
}

/* If one of the arguments is no domain, the others are still checked. */
static bool add_runs(gathering *self)
{
    const cmd_values *domains = &self->settings->inputs;
    self->runs = calloc(domains->count, sizeof(domain_run));
    if (self->runs == NULL) {
        output_internal(self->output, FEDVAL_ERROR_NO_MEMORY);
        return false;
    }
    self->num_runs = domains->count;
    for (size_t i = 0; i < domains->count; i++) {
        domain_run *run = &self->runs[i];
        fedval_error *error = fedval_error_new();
        run->domain = domains->items[i];
        run->status = add_run(self, run, error);
        run->has_ended = run->status != FEDVAL_OK;
        if (run->status == FEDVAL_ERROR_SYNTAX)
            run->error = error;
        else
            fedval_error_free(error);
    }
    return true;
}

/* ---- the run ---- */

static void say_interrupted(const gathering *self)
{
    size_t num_ended = 0;
    for (size_t i = 0; i < self->num_runs; i++)
        num_ended += self->runs[i].has_ended;
    fprintf(stderr, "fedval: interrupted, %zu of %zu domains were gathered\n", num_ended,
            self->num_runs);
}

static void run_all(gathering *self)
{
    size_t num_left = 1;
    progress_init(&self->progress, self->num_runs);
    interrupt_watch(self->runner);
    while (num_left > 0 && !interrupt_has_come()) {
        fedval_status status =
            fedval_runner_step(self->runner, progress_wait_ms(&self->progress), &num_left);
        if (!interrupt_has_come())
            write_ended(self);
        if (status != FEDVAL_OK) {
            output_internal(self->output, status);
            break;
        }
        progress_show(&self->progress, num_left);
    }
    interrupt_watch(NULL);
    progress_hide(&self->progress);
    if (interrupt_has_come())
        say_interrupted(self);
    write_ended(self);
}

static bool complain_of_saving(gathering *self)
{
    output_refuse_text(self->output, EXIT_OUTPUT, self->settings->save_evidence, strerror(errno));
    return false;
}

static bool open_saved(gathering *self)
{
    if (self->settings->save_evidence == NULL)
        return true;
    return saved_open(&self->saved, self->settings->save_evidence) || complain_of_saving(self);
}

/* If nothing was gathered, as after an early Ctrl-C, an old file stays as it is. */
static void close_saved(gathering *self)
{
    if (self->saved.file != NULL && ftell(self->saved.file) == 0)
        saved_discard(&self->saved);
    else if (self->saved.file != NULL && !saved_finish(&self->saved))
        complain_of_saving(self);
}

static void clear(gathering *self)
{
    fedval_runner_free(self->runner); /* before the ports that it uses */
    for (size_t i = 0; i < self->num_resolvers; i++)
        fedval_port_free(self->resolvers[i]);
    free(self->resolvers);
    fedval_port_free(self->prober);
    for (size_t i = 0; i < self->num_runs; i++) {
        fedval_evidence_free(self->runs[i].evidence);
        fedval_error_free(self->runs[i].error);
    }
    free(self->runs);
    free(self->zones_used);
}

void gather(const cmd_settings *settings, cmd_judge *judge, cmd_chains *chains)
{
    gathering self = {
        .settings = settings, .judge = judge, .output = judge->output, .chains = chains};
    judge->tells_early = !settings->offline && settings->inputs.count > 1 &&
                         judge->output->format == FORMAT_TEXT && judge->take == NULL &&
                         judge->take_evidence == NULL && !judge->keeps_reports;
    self.zones_used = calloc(settings->zones.count + 1, sizeof(bool));
    if (open_saved(&self) && set_up_runner(&self) && add_runs(&self)) {
        run_all(&self);
        judge_held(judge);
        chains_complain(chains, judge->output);
        if (!interrupt_has_come())
            complain_of_zones(&self);
    }
    close_saved(&self);
    clear(&self);
}
