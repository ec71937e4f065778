#include "drift/state.h"

#include "base/buf.h"
#include "base/calendar.h"

#include <stdlib.h>
#include <string.h>

/* ---- texts ---- */

const char *fv_state_copy(fedval_state *state, const char *text)
{
    const char *copy = text == NULL ? NULL : fv_arena_copy_text(&state->arena, text, strlen(text));
    state->failed |= copy == NULL && text != NULL;
    return copy;
}

static const char *take(fedval_state *state, fv_buf *buf)
{
    const char *data = buf->len == 0 ? "" : buf->data;
    const char *text = buf->failed ? NULL : fv_arena_copy_text(&state->arena, data, buf->len);
    state->failed |= text == NULL;
    fv_buf_clear(buf);
    return text;
}

static const char *join(fedval_state *state, const char *const *texts, size_t num_texts,
                        const char *between)
{
    fv_buf buf;
    fv_buf_init(&buf);
    for (size_t i = 0; i < num_texts; i++) {
        fv_buf_append_text(&buf, i > 0 ? between : "");
        fv_buf_append_text(&buf, texts[i]);
    }
    return take(state, &buf);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void fv_state_sort(const char **texts, size_t num_texts)
{
    if (num_texts > 1)
        qsort(texts, num_texts, sizeof(*texts), compare_texts);
}

const char *fv_state_join_sorted(fedval_state *state, const char **texts, size_t num_texts)
{
    fv_state_sort(texts, num_texts);
    return join(state, texts, num_texts, ", ");
}

/* ---- things ---- */

fedval_state *fv_state_begin(void)
{
    fedval_state *state = calloc(1, sizeof(*state));
    if (state != NULL)
        fv_arena_init(&state->arena);
    return state;
}

void fedval_state_free(fedval_state *state)
{
    if (state == NULL)
        return;
    fv_arena_clear(&state->arena);
    free(state);
}

static void add(fedval_state *state, const fv_state_thing *thing)
{
    void *items = state->things;
    if (state->num_things >= FV_STATE_MAX_THINGS) {
        state->is_beyond = true;
        return;
    }
    fv_state_thing *slot =
        fv_arena_append(&state->arena, &items, &state->num_things, &state->capacity, sizeof(*slot));
    if (slot == NULL) {
        state->failed = true;
        return;
    }
    state->things = items;
    *slot = *thing;
    if (slot->place == NULL)
        slot->place = "";
    if (slot->value == NULL)
        slot->value = "";
}

/* Returns the badness of a verdict. One that was not checked is worse than a pass and better than
 * the others. */
static uint32_t badness_of_verdict(uint32_t verdict)
{
    switch (verdict) {
    case FEDVAL_VERDICT_PASS:
        return 0;
    case FEDVAL_VERDICT_INDETERMINATE:
        return 2;
    case FEDVAL_VERDICT_FAIL:
        return 3;
    default:
        return 1;
    }
}

void fv_state_set_head(fedval_state *state, const char *domain, const char *profile,
                       const fv_state_word *verdict)
{
    state->domain = fv_state_copy(state, domain);
    state->profile = fv_state_copy(state, profile);
    state->verdict = badness_of_verdict(verdict->code);
    add(state, &(fv_state_thing){.what = FEDVAL_CHANGED_VERDICT,
                                 .value = fv_state_copy(state, verdict->text),
                                 .badness = state->verdict});
    add(state, &(fv_state_thing){.what = FEDVAL_CHANGED_PROFILE, .value = state->profile});
}

void fv_state_add_requirement(fedval_state *state, const char *name, const fv_state_word *verdict)
{
    add(state, &(fv_state_thing){.what = FEDVAL_CHANGED_REQUIREMENT,
                                 .place = fv_state_copy(state, name),
                                 .value = fv_state_copy(state, verdict->text),
                                 .badness = badness_of_verdict(verdict->code)});
}

void fv_state_add_srv(fedval_state *state, int64_t priority, int64_t weight, int64_t port,
                      const char *target)
{
    const int64_t numbers[] = {priority, weight, port};
    fv_buf buf;
    fv_buf_init(&buf);
    for (size_t i = 0; i < 3; i++) {
        fv_buf_append_i64(&buf, numbers[i]);
        fv_buf_append_char(&buf, ' ');
    }
    fv_buf_append_text(&buf, target);
    add(state, &(fv_state_thing){.what = FEDVAL_CHANGED_SRV, .value = take(state, &buf)});
}

void fv_state_add_address(fedval_state *state, const char *target, const char *address)
{
    add(state, &(fv_state_thing){.what = FEDVAL_CHANGED_ADDRESS,
                                 .place = fv_state_copy(state, target),
                                 .value = fv_state_copy(state, address)});
}

/* ---- certificates ---- */

const fv_state_certificate fv_state_no_certificate = {.not_before = FV_TIME_UNKNOWN,
                                                      .not_after = FV_TIME_UNKNOWN};

void fv_state_add_certificate(fedval_state *state, const char *target,
                              const fv_state_certificate *certificate)
{
    fv_state_certificate *copy = fv_arena_alloc(&state->arena, sizeof(*copy));
    char end[FV_CALENDAR_TEXT_SIZE];
    fv_calendar_format(certificate->not_after, end);
    const char *key[] = {certificate->sha256, certificate->subject, certificate->serial, end};
    state->failed |= copy == NULL;
    if (state->failed)
        return;
    *copy = *certificate;
    size_t num_key = certificate->sha256 != NULL ? 1 : sizeof(key) / sizeof(key[0]);
    add(state, &(fv_state_thing){.what = FEDVAL_CHANGED_CERTIFICATE,
                                 .place = target == NULL ? "calling" : fv_state_copy(state, target),
                                 .role = target == NULL ? FEDVAL_ROLE_CLIENT : FEDVAL_ROLE_SERVER,
                                 .value = join(state, key, num_key, " "),
                                 .certificate = copy});
}

void fv_state_set_path(fedval_state *state, const char *const *subjects, size_t num_subjects,
                       fv_state_certificate *out)
{
    out->path = join(state, subjects, num_subjects, " <- ");
    out->path_subjects = subjects;
    out->num_path_subjects = num_subjects;
}

/* ---- findings ---- */

static const struct {
    uint32_t severity, badness;
    size_t weight;
} severities[] = {
    {FEDVAL_SEVERITY_ERROR, 3, FV_STATE_ERRORS},
    {FEDVAL_SEVERITY_INDETERMINATE, 2, FV_STATE_OPEN},
    {FEDVAL_SEVERITY_WARNING, 1, FV_STATE_WARNINGS},
};

/* Counts the finding and returns its badness. Notes and accepted findings have none and are not
 * counted. */
static uint32_t weigh(fedval_state *state, const fv_state_finding *finding)
{
    for (size_t i = 0; i < sizeof(severities) / sizeof(severities[0]); i++) {
        if (finding->is_accepted || severities[i].severity != finding->severity.code)
            continue;
        state->counts[severities[i].weight]++;
        return severities[i].badness;
    }
    return 0;
}

/* A chain that several addresses present is judged at the first one. DNS may rotate the addresses,
 * so that the first one differs each time. So a finding on the chain has the target as its place,
 * not the address. */
void fv_state_add_finding(fedval_state *state, const fv_state_finding *finding)
{
    bool has_address = finding->is_of_address && finding->address != NULL;
    const char *parts[] = {finding->code,
                           finding->fault != NULL ? " (" : NULL,
                           finding->fault,
                           finding->fault != NULL ? ")" : NULL,
                           finding->target != NULL ? " at " : NULL,
                           finding->target,
                           has_address ? " " : NULL,
                           has_address ? finding->address : NULL,
                           finding->is_client ? " of the calling certificate" : NULL};
    const char *value[] = {finding->severity.text, finding->is_accepted ? ", accepted" : NULL};
    add(state, &(fv_state_thing){.what = FEDVAL_CHANGED_FINDING,
                                 .place = join(state, parts, sizeof(parts) / sizeof(parts[0]), ""),
                                 .value = join(state, value, 2, ""),
                                 .badness = weigh(state, finding)});
}

/* ---- the end ---- */

/* A host may be named "calling". Its certificate has the role of a server, so it is at another
 * place than the calling certificate. */
int fv_state_compare_places(const fv_state_thing *a, const fv_state_thing *b)
{
    if (a->what != b->what)
        return a->what < b->what ? -1 : 1;
    int order = strcmp(a->place, b->place);
    return order != 0 || a->role == b->role ? order : a->role < b->role ? -1 : 1;
}

static int compare_things(const void *a, const void *b)
{
    const fv_state_thing *first = a, *second = b;
    int order = fv_state_compare_places(first, second);
    return order != 0 ? order : strcmp(first->value, second->value);
}

/* Several addresses of a host may present one certificate; it is kept once. */
static void drop_repeated_certificates(fedval_state *state)
{
    size_t kept = 0;
    for (size_t i = 0; i < state->num_things; i++) {
        bool is_repeated = kept > 0 && state->things[i].what == FEDVAL_CHANGED_CERTIFICATE &&
                           compare_things(&state->things[i], &state->things[kept - 1]) == 0;
        if (!is_repeated)
            state->things[kept++] = state->things[i];
    }
    state->num_things = kept;
}

fedval_status fv_state_finish(fedval_state *state, fedval_state **out)
{
    if (state->failed || state->is_beyond) {
        fedval_status status = state->failed ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_ERROR_LIMIT;
        fedval_state_free(state);
        return status;
    }
    if (state->num_things > 1)
        qsort(state->things, state->num_things, sizeof(*state->things), compare_things);
    drop_repeated_certificates(state);
    *out = state;
    return FEDVAL_OK;
}

const char *fedval_state_get_domain(const fedval_state *state)
{
    return state == NULL ? NULL : state->domain;
}

const char *fedval_state_get_profile(const fedval_state *state)
{
    return state == NULL ? NULL : state->profile;
}
