/* fedval explain [CODE...]: the catalogue; a code is one of ours, or one that a side reports. */
#include "command.h"

#include <fedval/catalogue.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

static void show(const fedval_catalogue_entry *entry, cmd_output *output)
{
    char *text = NULL;
    size_t text_len = 0;
    if (output->format == FORMAT_JSON) {
        fedval_status status = fedval_catalogue_entry_to_json(entry, &text, &text_len);
        output_document(output, status, text, text_len);
    } else {
        fedval_status status =
            fedval_catalogue_entry_to_text(entry, &output->options, &text, &text_len);
        output_text(output, status, text, text_len);
    }
}

static bool is_same(const char *a, const char *b)
{
    return a != NULL && strcasecmp(a, b) == 0;
}

/* "1009", "0xc3e93d6f", "SIPPROXY_E_...": what the Edge, the client or the Expressway says. */
static bool has_symptom(const fedval_catalogue_entry *entry, const char *word)
{
    for (size_t i = 0; i < fedval_catalogue_entry_count_symptoms(entry); i++) {
        if (is_same(fedval_catalogue_entry_get_symptom_code(entry, i), word) ||
            is_same(fedval_catalogue_entry_get_symptom_name(entry, i), word))
            return true;
    }
    return false;
}

static void explain(const char *word, cmd_output *output)
{
    bool is_known = false;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        if (!is_same(fedval_catalogue_entry_get_id(entry), word) && !has_symptom(entry, word))
            continue;
        is_known = true;
        show(entry, output);
    }
    if (!is_known) {
        output_refuse_text(output, EXIT_USAGE, word,
                           "no finding and no symptom has this code; fedval explain lists them");
    }
}

static void list_all(cmd_output *output)
{
    uint32_t family = 0;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        if (output->format == FORMAT_JSON) {
            show(entry, output);
            continue;
        }
        if (fedval_catalogue_entry_get_family(entry) != family) {
            family = fedval_catalogue_entry_get_family(entry);
            printf("%s%s\n", i == 0 ? "" : "\n", fedval_family_to_string(family));
        }
        printf("  %-38s %s\n", fedval_catalogue_entry_get_id(entry),
               fedval_severity_to_string(fedval_catalogue_entry_get_severity(entry)));
    }
}

void command_explain(const cmd_settings *settings, cmd_output *output)
{
    char *text = NULL;
    size_t text_len = 0;
    if (output->format == FORMAT_MARKDOWN) {
        fedval_status status = fedval_catalogue_to_markdown(&text, &text_len);
        output_text(output, status, text, text_len);
    } else if (settings->inputs.count == 0) {
        list_all(output);
    }
    for (size_t i = 0; output->format != FORMAT_MARKDOWN && i < settings->inputs.count; i++)
        explain(settings->inputs.items[i], output);
}
