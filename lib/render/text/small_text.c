/* Small texts: whether a target matches a domain, and what is wrong with an input. */
#include "fedval/name.h"
#include "fedval/policy.h"
#include "fedval/render.h"
#include "model/policy.h"
#include "render/text/out.h"

static const struct {
    uint32_t match;
    enum fv_style style;
    const char *word, *text;
} match_looks[] = {
    {FEDVAL_SRV_MATCH_MATCH, FV_GREEN, "ok", "it is one label under the domain"},
    {FEDVAL_SRV_MATCH_DEEPER, FV_RED, "X",
     "it is deeper under the domain; the Edge takes exactly one label"},
    {FEDVAL_SRV_MATCH_PARENT_OR_SIBLING, FV_RED, "X",
     "it is not under the domain, though they share their last labels"},
    {FEDVAL_SRV_MATCH_APEX, FV_YELLOW, "?",
     "it is the domain itself; what the Edge makes of that is not documented"},
    {FEDVAL_SRV_MATCH_OTHER_DOMAIN, FV_RED, "X", "it is in another domain"},
    {FEDVAL_SRV_MATCH_NOT_OFFERED, FV_RED, "X", "federation is decidedly not offered"},
    {FEDVAL_SRV_MATCH_NOT_A_HOST_NAME, FV_RED, "X", "it is no host name"},
    {FEDVAL_SRV_MATCH_DOMAIN_NOT_A_HOST_NAME, FV_RED, "X", "the domain is no host name"},
};

/* A hosting provider's name is wrong for a domain on the Cisco side and right for one at Microsoft:
 * which of them it is the names do not say. */
static void put_match(fv_out *out, uint32_t match, bool is_of_cloud)
{
    bool is_open = is_of_cloud && match == FEDVAL_SRV_MATCH_OTHER_DOMAIN;
    for (size_t i = 0; i < sizeof(match_looks) / sizeof(match_looks[0]); i++) {
        if (match_looks[i].match != match)
            continue;
        fv_out_styled(out, is_open ? FV_YELLOW : match_looks[i].style,
                      is_open ? "?" : match_looks[i].word);
        fv_out_text(out, "  ");
        fv_out_text(out, fedval_srv_match_to_string(match));
        fv_out_text(out, ": ");
        fv_out_prose(out, match_looks[i].text, 4);
    }
}

/* Says of another host of a cloud that no document names it for federation. */
static void put_cloud(fv_out *out, const char *provider)
{
    fv_out_prose(out,
                 "; it is a server of Microsoft's cloud that its documents do not name for "
                 "federation: for a domain that is homed there they name",
                 4);
    fv_out_more_prose(out, provider, 4);
}

/* Says that the target likely lacks its final dot. */
static void put_undotted(fv_out *out, const char *provider)
{
    fv_out_prose(out,
                 "; it is a hosting provider's host with the zone's own name behind it: likely the "
                 "final dot is missing in the zone, and for a domain at Microsoft the target is",
                 4);
    fv_out_more_prose(out, provider, 4);
    fv_out_text(out, ".");
}

fedval_status fedval_srv_match_to_text(const char *domain, size_t domain_len, const char *target,
                                       size_t target_len, const fedval_text_options *options,
                                       char **out_text, size_t *out_len)
{
    fv_out out;
    if (domain == NULL || target == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_out_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    fv_out_run(&out, fv_text_given(domain, domain_len));
    fv_out_text(&out, " -> ");
    fv_out_run(&out, fv_text_given(target, target_len));
    fv_out_text(&out, "  ");
    bool is_provider = fedval_provider_is_known(target, target_len) != 0;
    const char *provider = fedval_provider_of_cloud(target, target_len);
    uint32_t match = fedval_srv_match(domain, domain_len, target, target_len);
    const char *undotted = fv_provider_without_dot(NULL, fv_text_given(target, target_len),
                                                   fv_text_given(domain, domain_len));
    put_match(&out, match, is_provider || provider != NULL);
    if (undotted != NULL) {
        put_undotted(&out, undotted);
    } else if (is_provider) {
        fv_out_prose(
            &out,
            "; it is a hosting provider's: right for a domain that is hosted at Microsoft, "
            "wrong for one on the Cisco side",
            4);
    } else if (provider != NULL && match != FEDVAL_SRV_MATCH_MATCH) {
        put_cloud(&out, provider);
    }
    fv_out_newline(&out);
    return fv_out_finish(&out, out_text, out_len);
}

static void put_place(fv_out *out, fv_text source, const fedval_error *error)
{
    uint32_t line = fedval_error_get_line(error), column = fedval_error_get_column(error);
    if (source.data == NULL)
        return;
    fv_out_run(out, source);
    if (line != 0) {
        fv_out_text(out, ":");
        fv_out_u64(out, line);
    }
    if (line != 0 && column != 0) {
        fv_out_text(out, ":");
        fv_out_u64(out, column);
    }
    fv_out_text(out, ": ");
}

fedval_status fedval_error_to_text(const char *source, size_t source_len, fedval_status status,
                                   const fedval_error *error, const fedval_text_options *options,
                                   char **out_text, size_t *out_len)
{
    fv_out out;
    if (out_text == NULL || fedval_status_to_string(status) == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status begun = fv_out_init(&out, options);
    if (begun != FEDVAL_OK)
        return begun;
    const char *message = fedval_error_get_message(error);
    put_place(&out, fv_text_given(source, source_len), error);
    fv_out_text(&out, message[0] == '\0' ? fedval_status_to_string(status) : message);
    fv_out_newline(&out);
    return fv_out_finish(&out, out_text, out_len);
}
