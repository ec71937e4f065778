/* Makes the state of a report. */
#include "base/buf.h"
#include "base/calendar.h"
#include "drift/state.h"
#include "fedval/certificate.h"
#include "fedval/trust.h"
#include "model/report.h"

/* ---- certificates ---- */

static const char *hex_of(fedval_state *state, fv_bytes bytes)
{
    fv_buf hex;
    fv_buf_init(&hex);
    fv_buf_append_hex(&hex, bytes);
    const char *text = fv_state_copy(state, hex.len == 0 ? "" : hex.data);
    state->failed |= hex.failed;
    fv_buf_clear(&hex);
    return text;
}

static void set_names(fedval_state *state, const fv_report_certificate *certificate,
                      fv_state_certificate *out)
{
    size_t num = certificate->num_dns_names;
    const char **names = fv_arena_alloc_array(&state->arena, num, sizeof(*names));
    state->failed |= names == NULL;
    for (size_t i = 0; names != NULL && i < num; i++)
        names[i] = fv_state_copy(state, certificate->dns_names[i]);
    if (names == NULL || state->failed)
        return;
    out->names = fv_state_join_sorted(state, names, num);
    out->each_name = names;
    out->num_names = num;
}

static void put_purposes(fedval_state *state, const fedval_certificate *read,
                         fv_state_certificate *out)
{
    size_t num = fedval_certificate_count_key_purposes(read);
    const char **purposes = fv_arena_alloc_array(&state->arena, num, sizeof(*purposes));
    state->failed |= purposes == NULL;
    for (size_t i = 0; purposes != NULL && i < num; i++)
        purposes[i] = fv_state_copy(state, fedval_certificate_get_key_purpose(read, i));
    if (state->failed)
        return;
    fv_state_sort(purposes, num);
    out->purposes = purposes;
    out->num_purposes = num;
    out->has_purposes = true;
}

static void put_issuers(fedval_state *state, const fv_report_path *path, fv_state_certificate *out)
{
    size_t num = path->num_certificates - 1;
    const char **names = fv_arena_alloc_array(&state->arena, num, sizeof(*names));
    state->failed |= names == NULL;
    for (size_t i = 0; names != NULL && i < num; i++)
        names[i] = fv_state_copy(state, path->certificates[i + 1].subject);
    if (!state->failed)
        fv_state_set_path(state, names, num, out);
}

static void put_path(fedval_state *state, const fv_report_presented *presented,
                     fv_state_certificate *out)
{
    for (size_t i = 0; i < presented->num_paths; i++) {
        const fv_report_path *path = &presented->paths[i];
        if (path->accepted && path->num_certificates > 0) {
            put_issuers(state, path, out);
            return;
        }
    }
}

static void read_certificate(fedval_state *state, fv_kept_certificate *kept,
                             fv_state_certificate *out)
{
    size_t serial_len = 0;
    const fedval_certificate *read = fv_kept_read(kept, &state->failed);
    if (read == NULL)
        return;
    const uint8_t *serial = fedval_certificate_get_serial(read, &serial_len);
    out->issuer = fv_state_copy(state, fedval_certificate_get_issuer(read));
    if (serial != NULL)
        out->serial = hex_of(state, (fv_bytes){serial, serial_len});
    put_purposes(state, read, out);
}

static void add_presented(fedval_state *state, const char *target,
                          const fv_report_presented *presented)
{
    const fv_report_certificate *certificate = presented->certificate;
    if (certificate == NULL)
        return;
    fv_state_certificate out = {
        .sha256 = fv_state_copy(state, fv_kept_sha256(certificate->kept, &state->failed)),
        .subject = fv_state_copy(state, certificate->subject),
        .not_before = certificate->not_before,
        .not_after = certificate->not_after,
    };
    set_names(state, certificate, &out);
    put_path(state, presented, &out);
    read_certificate(state, certificate->kept, &out);
    fv_state_add_certificate(state, target, &out);
}

/* ---- the rest ---- */

static void add_endpoint(fedval_state *state, const fv_report_endpoint *endpoint)
{
    if (endpoint->srv_match != 0) {
        fv_state_add_srv(state, endpoint->priority, endpoint->weight, endpoint->port,
                         endpoint->target);
    }
    for (size_t i = 0; i < endpoint->num_addresses; i++) {
        const fv_report_address *address = &endpoint->addresses[i];
        if (address->address != NULL)
            fv_state_add_address(state, endpoint->target, address->address);
        add_presented(state, endpoint->target, &address->presented);
    }
}

static bool is_of_address(uint32_t code)
{
    uint32_t family = fedval_catalogue_entry_get_family(fedval_catalogue_find(code));
    return family == FEDVAL_FAMILY_ADDRESS || family == FEDVAL_FAMILY_TRANSPORT;
}

static void add_finding(fedval_state *state, const fv_remark *remark)
{
    fv_state_add_finding(
        state,
        &(fv_state_finding){
            .code = fedval_finding_code_to_string(remark->code),
            .severity = {remark->severity, fedval_severity_to_string(remark->severity)},
            .target = remark->where.target,
            .address = remark->where.address,
            .fault = remark->fault == 0 ? NULL : fedval_finding_code_to_string(remark->fault),
            .is_client = remark->where.role == FEDVAL_ROLE_CLIENT,
            .is_accepted = remark->acceptance == FEDVAL_ACCEPTANCE_IN_FORCE,
            .is_of_address = is_of_address(remark->code),
        });
}

/* One that was never judged was not checked. */
static fv_state_word word_of(uint32_t verdict)
{
    uint32_t code = verdict == 0 ? FEDVAL_VERDICT_NOT_CHECKED : verdict;
    return (fv_state_word){code, fedval_verdict_to_string(code)};
}

static void add_requirements(fedval_state *state, const fedval_report *report)
{
    char name[] = "R0";
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        fv_state_word verdict = word_of(report->requirements[i]);
        name[1] = (char)('0' + i);
        fv_state_add_requirement(state, name, &verdict);
    }
}

fedval_status fedval_state_new(const fedval_report *report, fedval_state **out_state)
{
    if (report == NULL || out_state == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_state *state = fv_state_begin();
    if (state == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_state_word verdict = word_of(report->verdict);
    fv_state_set_head(state, report->domain, fedval_profile_to_string(report->profile), &verdict);
    add_requirements(state, report);
    for (size_t i = 0; i < report->num_endpoints; i++)
        add_endpoint(state, &report->endpoints[i]);
    add_presented(state, NULL, &report->client);
    for (size_t i = 0; i < report->num_findings; i++)
        add_finding(state, &report->findings[i].remark);
    return fv_state_finish(state, out_state);
}
