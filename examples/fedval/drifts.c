#include "drifts.h"

#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- lists ---- */

/* Room for one more in a list whose capacity is the power of two at or above its length. */
static void *grow(void *items, size_t num, size_t item_size)
{
    bool is_full = (num & (num - 1)) == 0;
    return is_full ? realloc(items, (num == 0 ? 1 : num * 2) * item_size) : items;
}

void drifts_add_before(cmd_drifts *drifts, fedval_state *state)
{
    kept_state *grown = grow(drifts->before, drifts->num_before, sizeof(*grown));
    if (grown == NULL) {
        output_internal(drifts->output, FEDVAL_ERROR_NO_MEMORY);
        fedval_state_free(state);
        return;
    }
    drifts->before = grown;
    grown[drifts->num_before] = (kept_state){.state = state, .order = drifts->num_before};
    drifts->num_before++;
}

static void wait_for_others(cmd_drifts *drifts, fedval_state *state)
{
    fedval_state **grown = grow(drifts->pending, drifts->num_pending, sizeof(fedval_state *));
    if (grown == NULL) {
        output_internal(drifts->output, FEDVAL_ERROR_NO_MEMORY);
        fedval_state_free(state);
        return;
    }
    drifts->pending = grown;
    grown[drifts->num_pending++] = state;
}

/* ---- comparing ---- */

static void keep(cmd_drifts *drifts, fedval_drift *drift)
{
    uint32_t change = fedval_drift_get_change(drift);
    /* a page that says nothing would leave open whether anything was compared */
    uint32_t format = drifts->output->format;
    bool is_told = change != FEDVAL_CHANGE_NONE || format == FORMAT_JSON || format == FORMAT_HTML ||
                   format == FORMAT_MARKDOWN;
    drifts->counts[change]++;
    kept_drift *grown =
        is_told ? grow(drifts->drifts, drifts->num_drifts, sizeof(*grown)) : drifts->drifts;
    if (!is_told || grown == NULL) {
        if (is_told)
            output_internal(drifts->output, FEDVAL_ERROR_NO_MEMORY);
        fedval_drift_free(drift);
        return;
    }
    drifts->drifts = grown;
    grown[drifts->num_drifts] = (kept_drift){drift, drifts->num_drifts};
    drifts->num_drifts++;
}

static void compare(cmd_drifts *drifts, const fedval_state *before, const fedval_state *now)
{
    fedval_drift *drift = NULL;
    fedval_status status = fedval_drift_new(before, now, &drift);
    if (status == FEDVAL_OK && drifts->redacts)
        status = fedval_drift_redact(drift, before, now);
    if (status == FEDVAL_OK) {
        keep(drifts, drift);
        return;
    }
    output_internal(drifts->output, status);
    fedval_drift_free(drift);
}

static int compare_keys(const kept_state *a, const char *domain, const char *profile)
{
    int order = strcmp(fedval_state_get_domain(a->state), domain);
    return order != 0 || profile == NULL ? order
                                         : strcmp(fedval_state_get_profile(a->state), profile);
}

static int compare_states(const void *a, const void *b)
{
    const kept_state *first = a, *second = b;
    int order = compare_keys(first, fedval_state_get_domain(second->state),
                             fedval_state_get_profile(second->state));
    if (order != 0)
        return order;
    return first->order < second->order ? -1 : first->order > second->order;
}

void drifts_begin(cmd_drifts *drifts)
{
    if (drifts->num_before > 1)
        qsort(drifts->before, drifts->num_before, sizeof(*drifts->before), compare_states);
}

/* The first earlier state of the domain, of this profile or of any (NULL), that answers to no later
 * one yet; NULL: there is none. */
static kept_state *find(const cmd_drifts *drifts, const char *domain, const char *profile)
{
    size_t low = 0, high = drifts->num_before;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_keys(&drifts->before[middle], domain, profile) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < drifts->num_before; low++) {
        kept_state *found = &drifts->before[low];
        if (compare_keys(found, domain, profile) != 0)
            return NULL;
        if (!found->is_used)
            return found;
    }
    return NULL;
}

static bool answer(cmd_drifts *drifts, const fedval_state *now, const char *profile)
{
    kept_state *found = find(drifts, fedval_state_get_domain(now), profile);
    if (found == NULL)
        return false;
    compare(drifts, found->state, now);
    found->is_used = true;
    return true;
}

void drifts_add_now(cmd_drifts *drifts, fedval_state *state)
{
    if (answer(drifts, state, fedval_state_get_profile(state)))
        fedval_state_free(state);
    else
        wait_for_others(drifts, state);
}

/* ---- showing ---- */

static int compare_drifts(const void *a, const void *b)
{
    static const int ranks[] = {[FEDVAL_CHANGE_WORSE] = 0,
                                [FEDVAL_CHANGE_BETTER] = 1,
                                [FEDVAL_CHANGE_OTHER] = 2,
                                [FEDVAL_CHANGE_NONE] = 3};
    const kept_drift *first = a, *second = b;
    int order = ranks[fedval_drift_get_change(first->drift)] -
                ranks[fedval_drift_get_change(second->drift)];
    if (order != 0)
        return order;
    return first->order < second->order ? -1 : first->order > second->order;
}

static void show(cmd_output *output, const fedval_drift *drift)
{
    char *text = NULL;
    size_t len = 0;
    fedval_status status;
    if (output->format == FORMAT_JSON) {
        status = fedval_drift_to_json(drift, &text, &len);
        output_document(output, status, text, len);
    } else if (output->format == FORMAT_LINE) {
        status = fedval_drift_to_line(drift, &text, &len);
        output_line(output, status, text, len);
    } else if (output->format == FORMAT_HTML) {
        fedval_html_options page = output_html_options(output);
        status = fedval_drift_to_html(drift, &page, &text, NULL);
        output_fragment(output, status, text);
    } else if (output->format == FORMAT_MARKDOWN) {
        status = fedval_drift_to_markdown(drift, &text, &len);
        output_text(output, status, text, len);
    } else {
        status = fedval_drift_to_text(drift, &output->options, &text, &len);
        output_text(output, status, text, len);
    }
}

static void show_counts(const cmd_drifts *drifts)
{
    const size_t *counts = drifts->counts;
    char *text = malloc(300);
    char left[24] = "";
    size_t all = 0;
    for (size_t i = FEDVAL_CHANGE_NONE; i <= FEDVAL_CHANGE_OTHER; i++)
        all += counts[i];
    if (drifts->num_not_compared > 0)
        snprintf(left, sizeof(left), "%zu", drifts->num_not_compared);
    int len = text == NULL
                  ? 0
                  : snprintf(text, 300,
                             "%zu %s: %zu worse, %zu better, %zu changed, "
                             "%zu the same%s%s%s\n",
                             all, all == 1 ? "report" : "reports", counts[FEDVAL_CHANGE_WORSE],
                             counts[FEDVAL_CHANGE_BETTER], counts[FEDVAL_CHANGE_OTHER],
                             counts[FEDVAL_CHANGE_NONE], left[0] == '\0' ? "" : "; ", left,
                             left[0] == '\0' ? ""
                                             : " not compared: a file could not be read "
                                               "whole");
    output_text(drifts->output, text == NULL ? FEDVAL_ERROR_NO_MEMORY : FEDVAL_OK, text,
                (size_t)len);
}

static void answer_the_rest(cmd_drifts *drifts)
{
    for (size_t i = 0; i < drifts->num_pending; i++) {
        if (answer(drifts, drifts->pending[i], NULL))
            continue;
        if (drifts->is_before_short)
            drifts->num_not_compared++;
        else
            compare(drifts, NULL, drifts->pending[i]);
    }
    for (size_t i = 0; i < drifts->num_before; i++) {
        if (drifts->before[i].is_used)
            continue;
        if (drifts->is_now_short)
            drifts->num_not_compared++;
        else
            compare(drifts, drifts->before[i].state, NULL);
    }
}

void drifts_finish(cmd_drifts *drifts)
{
    answer_the_rest(drifts);
    if (drifts->num_drifts > 1)
        qsort(drifts->drifts, drifts->num_drifts, sizeof(*drifts->drifts), compare_drifts);
    for (size_t i = 0; i < drifts->num_drifts; i++)
        show(drifts->output, drifts->drifts[i].drift);
    bool is_short = drifts->is_before_short || drifts->is_now_short;
    bool is_nothing =
        is_short && drifts->num_drifts == 0 && drifts->counts[FEDVAL_CHANGE_NONE] == 0;
    if (drifts->output->format == FORMAT_TEXT && !is_nothing)
        show_counts(drifts);
    if (drifts->counts[FEDVAL_CHANGE_WORSE] > 0)
        output_note(drifts->output, EXIT_FAIL);
    if (drifts->counts[FEDVAL_CHANGE_BETTER] + drifts->counts[FEDVAL_CHANGE_OTHER] > 0)
        output_note(drifts->output, EXIT_CHANGED);
}

void drifts_clear(cmd_drifts *drifts)
{
    for (size_t i = 0; i < drifts->num_before; i++)
        fedval_state_free(drifts->before[i].state);
    for (size_t i = 0; i < drifts->num_pending; i++)
        fedval_state_free(drifts->pending[i]);
    for (size_t i = 0; i < drifts->num_drifts; i++)
        fedval_drift_free(drifts->drifts[i].drift);
    free(drifts->before);
    free(drifts->pending);
    free(drifts->drifts);
}
