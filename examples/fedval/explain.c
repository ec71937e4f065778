/* fedval explain [CODE...]: the catalogue; a code is one of ours, or one that a side reports. */
#include "command.h"
#include "near.h"

#include <fedval/topic.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void show_entry(const fedval_catalogue_entry *entry, cmd_output *output)
{
    char *text = NULL;
    size_t text_len = 0;
    fedval_status status = fedval_catalogue_entry_to_json(entry, &text, &text_len);
    output_document(output, status, text, text_len);
}

static void list_topics(cmd_output *output)
{
    static const char more[] =
        "\nfedval explain CODE tells what one of them means, and with --long "
        "where to look in each product\n";
    char *text = NULL;
    size_t text_len = 0;
    fedval_status status = fedval_topics_to_text(1, &output->options, &text, &text_len);
    output_text(output, status, text, text_len);
    if (status == FEDVAL_OK)
        output_put(output, more, sizeof(more) - 1);
}

static void list_all(cmd_output *output)
{
    if (output->format != FORMAT_JSON) {
        list_topics(output);
        return;
    }
    for (size_t i = 0; i < fedval_catalogue_count(); i++)
        show_entry(fedval_catalogue_get(i), output);
}

static void refuse(const char *asked, cmd_output *output)
{
    char message[200];
    const char *near = near_finding(asked);
    snprintf(message, sizeof(message),
             "nothing that is known here has this code or these words%s%s%s; fedval explain lists "
             "what is",
             near == NULL ? "" : " (did you mean ", near == NULL ? "" : near,
             near == NULL ? "" : "?)");
    output_refuse_text(output, EXIT_USAGE, asked, message);
}

static void explain(const char *asked, bool is_long, cmd_output *output)
{
    char *text = NULL;
    size_t text_len = 0;
    uint32_t answer = FEDVAL_ANSWER_UNKNOWN;
    fedval_status status;
    if (output->format == FORMAT_JSON) {
        status = fedval_explanation_to_json(asked, strlen(asked), &text, &text_len, &answer);
        output_document(output, status, text, text_len);
    } else {
        status = fedval_explanation_to_text(asked, strlen(asked), is_long, &output->options, &text,
                                            &text_len, &answer);
        if (answer == FEDVAL_ANSWER_UNKNOWN && status == FEDVAL_OK)
            fedval_text_free(text);
        else
            output_text(output, status, text, text_len);
    }
    if (answer == FEDVAL_ANSWER_UNKNOWN && status == FEDVAL_OK)
        refuse(asked, output);
}

static bool is_known(const char *word)
{
    size_t topics[1], count;
    uint32_t answer;
    return fedval_topics_find(word, strlen(word), 1, topics, &count, &answer) == FEDVAL_OK &&
           (answer == FEDVAL_ANSWER_KNOWN || answer == FEDVAL_ANSWER_RANGE);
}

/* "TLS alert 42" without quotes: the words are one text where the first alone is no code. */
static char *join(const cmd_values *words)
{
    size_t size = 1;
    for (size_t i = 0; i < words->count; i++)
        size += strlen(words->items[i]) + 1;
    char *text = calloc(size, 1);
    for (size_t i = 0, len = 0; text != NULL && i < words->count; i++)
        len += (size_t)snprintf(text + len, size - len, "%s%s", i == 0 ? "" : " ", words->items[i]);
    return text;
}

static void explain_joined(const cmd_settings *settings, cmd_output *output)
{
    char *text = join(&settings->inputs);
    if (text == NULL)
        output_internal(output, FEDVAL_ERROR_NO_MEMORY);
    else
        explain(text, settings->is_long, output);
    free(text);
}

static void write_markdown(cmd_output *output)
{
    char *text = NULL;
    size_t text_len = 0;
    fedval_status status = fedval_catalogue_to_markdown(&text, &text_len);
    output_text(output, status, text, text_len);
}

void command_explain(const cmd_settings *settings, cmd_output *output)
{
    const cmd_values *words = &settings->inputs;
    bool is_markdown = output->format == FORMAT_MARKDOWN;
    bool is_each =
        !is_markdown && (words->count == 1 || (words->count > 1 && is_known(words->items[0])));
    if (is_markdown)
        write_markdown(output);
    else if (words->count == 0)
        list_all(output);
    else if (!is_each)
        explain_joined(settings, output);
    for (size_t i = 0; is_each && i < words->count; i++)
        explain(words->items[i], settings->is_long, output);
}
