/* docs/findings.md: the whole catalogue, family by family. */
#include "catalogue/catalogue.h"
#include "fedval/render.h"
#include "render/exchange/markdown.h"

#include <string.h>

static const struct {
    uint32_t family;
    const char *heading;
} families[] = {
    {FEDVAL_FAMILY_SRV, "SRV records"},
    {FEDVAL_FAMILY_ADDRESS, "Addresses"},
    {FEDVAL_FAMILY_TRANSPORT, "Connection and TLS"},
    {FEDVAL_FAMILY_NAME, "Names in the certificate"},
    {FEDVAL_FAMILY_CERTIFICATE, "The certificate itself"},
    {FEDVAL_FAMILY_TRUST, "The chain and its root"},
    {FEDVAL_FAMILY_LOG, "Only in logs"},
};

/* Escapes the characters that Markdown acts on; "<host>" would disappear as HTML. */
static void put_text(fv_buf *buf, const char *text)
{
    for (; text != NULL && *text != '\0'; text++) {
        if (strchr("\\`*_<>[]|#", *text) != NULL)
            fv_buf_append_char(buf, '\\');
        fv_buf_append_char(buf, *text);
    }
}

/* Writes `code` as a code span, in which nothing needs an escape. */
static void put_code(fv_buf *buf, const char *code)
{
    if (code == NULL)
        return;
    fv_buf_append_char(buf, '`');
    fv_buf_append_text(buf, code);
    fv_buf_append_text(buf, "` ");
}

static void put_symptom(fv_buf *buf, const fv_symptom *symptom)
{
    fv_buf_append_text(buf, "- ");
    put_text(buf, fedval_seen_by_to_string(symptom->seen_by));
    fv_buf_append_text(buf, symptom->direction == FEDVAL_DIRECTION_TO_MICROSOFT
                                ? ", calls to Microsoft: "
                                : ", calls from Microsoft: ");
    put_code(buf, symptom->is_code_in_text ? NULL : symptom->code);
    put_code(buf, symptom->name);
    put_text(buf, symptom->text);
    fv_buf_append_char(buf, '\n');
}

static void put_entry(fv_buf *buf, const fedval_catalogue_entry *entry)
{
    fv_buf_append_text(buf, "\n### ");
    fv_buf_append_text(buf, entry->id);
    fv_buf_append_text(buf, "\n\n");
    put_text(buf, entry->meaning);
    fv_buf_append_text(buf, ".\n\n- severity: ");
    fv_buf_append_text(buf, fedval_severity_to_string(entry->severity));
    if (entry->requirement != 0) {
        fv_buf_append_text(buf, ", requirement R");
        fv_buf_append_u64(buf, entry->requirement);
    }
    fv_buf_append_char(buf, '\n');
    fv_markdown_item(buf, "message", entry->message, put_text);
    fv_markdown_item(buf, "wanted", entry->expected, put_text);
    for (size_t i = 0; i < entry->num_symptoms; i++)
        put_symptom(buf, &entry->symptoms[i]);
    fv_markdown_item(buf, "mend", entry->remedy, put_text);
    fv_markdown_item(buf, "source", entry->source, put_text);
}

fedval_status fedval_catalogue_to_markdown(char **out_text, size_t *out_len)
{
    fv_buf buf;
    if (out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "# Findings\n\nWritten by `fedval explain --format markdown`; a test "
                             "holds it in step. The severity is that of the profile "
                             "`microsoft-edge`; words in braces are filled in.\n");
    for (size_t f = 0; f < sizeof(families) / sizeof(families[0]); f++) {
        fv_buf_append_text(&buf, "\n## ");
        fv_buf_append_text(&buf, families[f].heading);
        fv_buf_append_char(&buf, '\n');
        for (size_t i = 0; i < fedval_catalogue_count(); i++) {
            const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
            if (entry->family == families[f].family)
                put_entry(&buf, entry);
        }
    }
    return fv_buf_hand_over(&buf, out_text, out_len);
}
