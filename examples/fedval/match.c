/* fedval match DOMAIN TARGET: the SRV rule alone. */
#include "command.h"

#include <fedval/name.h>
#include <fedval/policy.h>

#include <string.h>

/* The form in which names are compared; a text that is no name stays as it is, and is judged so. */
static const char *normalise(const char *text, char name[FEDVAL_NAME_SIZE])
{
    return fedval_name_normalise(text, strlen(text), name, FEDVAL_NAME_SIZE, NULL, NULL) ==
                   FEDVAL_OK
               ? name
               : text;
}

/* A host of Microsoft's cloud: right for a domain that is hosted there, or not documented for it,
 * and wrong for another domain. */
static bool is_open(uint32_t match, const char *target)
{
    return match == FEDVAL_SRV_MATCH_OTHER_DOMAIN &&
           fedval_provider_of_cloud(target, strlen(target)) != NULL;
}

static int exit_status_of(uint32_t match, const char *target)
{
    if (is_open(match, target))
        return EXIT_INDETERMINATE;
    switch (match) {
    case FEDVAL_SRV_MATCH_MATCH:
        return EXIT_PASS;
    case FEDVAL_SRV_MATCH_APEX: /* what the Edge makes of it is not documented */
        return EXIT_INDETERMINATE;
    case FEDVAL_SRV_MATCH_DOMAIN_NOT_A_HOST_NAME:
        return EXIT_USAGE;
    default:
        return EXIT_FAIL;
    }
}

void command_match(const cmd_settings *settings, cmd_output *output)
{
    char domain_name[FEDVAL_NAME_SIZE], target_name[FEDVAL_NAME_SIZE], *text = NULL;
    size_t text_len = 0;
    fedval_status status;
    const char *domain = normalise(settings->inputs.items[0], domain_name);
    const char *target = normalise(settings->inputs.items[1], target_name);
    if (output->format == FORMAT_JSON) {
        status = fedval_srv_match_to_json(domain, FEDVAL_NUL_ENDED, target, FEDVAL_NUL_ENDED, &text,
                                          &text_len);
        output_document(output, status, text, text_len);
    } else {
        status = fedval_srv_match_to_text(domain, FEDVAL_NUL_ENDED, target, FEDVAL_NUL_ENDED,
                                          &output->options, &text, &text_len);
        output_text(output, status, text, text_len);
    }
    output_note(
        output,
        exit_status_of(fedval_srv_match(domain, strlen(domain), target, strlen(target)), target));
}
