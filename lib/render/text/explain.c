/* The catalogue for people: one entry as text or as JSON, and the whole of it as Markdown. */
#include "catalogue/catalogue.h"
#include "catalogue/topic_label.h"
#include "render/json/finding_json.h"
#include "render/json/json.h"
#include "render/text/out.h"
#include "render/text/symptom_text.h"

#include <string.h>

#define LABEL_COLUMN 10

/* ---- text ---- */

static void put_labelled(fv_out *out, const char *label, const char *text)
{
    fv_buf shown;
    if (text == NULL)
        return;
    fv_buf_init(&shown);
    fv_template_append_shown(&shown, text);
    fv_out_text(out, "  ");
    fv_out_text(out, label);
    fv_out_pad(out, LABEL_COLUMN);
    fv_out_prose(out, shown.failed ? text : shown.data, LABEL_COLUMN);
    fv_out_newline(out);
    out->buf.failed = out->buf.failed || shown.failed;
    fv_buf_clear(&shown);
}

static void put_heading(fv_out *out, const fedval_catalogue_entry *entry)
{
    fv_out_styled(out, FV_BOLD, entry->id);
    fv_out_text(out, "  ");
    fv_out_text(out, fedval_severity_to_string(entry->severity));
    if (entry->requirement != 0) {
        fv_out_text(out, ", R");
        fv_out_u64(out, entry->requirement);
    }
    fv_out_newline(out);
}

fedval_status fedval_catalogue_entry_to_text(const fedval_catalogue_entry *entry,
                                             const fedval_text_options *options, char **out_text,
                                             size_t *out_len)
{
    fv_out out;
    if (entry == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = fv_out_init(&out, options);
    if (status != FEDVAL_OK)
        return status;
    put_heading(&out, entry);
    fv_out_text(&out, "  ");
    fv_out_prose(&out, entry->meaning, 2);
    fv_out_newline(&out);
    put_labelled(&out, "breaks", fv_breaks_text(entry));
    put_labelled(&out, "wanted", entry->expected);
    fv_text_symptoms(&out, entry->symptoms, entry->num_symptoms);
    put_labelled(&out, "mend", entry->remedy);
    put_labelled(&out, "source", entry->source);
    return fv_out_finish(&out, out_text, out_len);
}

/* ---- JSON ---- */

fedval_status fedval_catalogue_entry_to_json(const fedval_catalogue_entry *entry, char **out_json,
                                             size_t *out_len)
{
    fv_json json;
    if (entry == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "format", "fedval-finding/1");
    fv_json_text(&json, "code", entry->id);
    fv_json_i64(&json, "number", entry->code);
    fv_json_text(&json, "family", fedval_family_to_string(entry->family));
    fv_json_text(&json, "severity", fedval_severity_to_string(entry->severity));
    fv_json_requirement(&json, entry->requirement);
    fv_json_text(&json, "meaning", entry->meaning);
    fv_json_text(&json, "message", entry->message);
    fv_json_text(&json, "expected", entry->expected);
    fv_json_text(&json, "observed", entry->observed);
    fv_json_text(&json, "source", entry->source);
    fv_json_symptoms(&json, entry->symptoms, entry->num_symptoms);
    fv_json_text(&json, "remedy", entry->remedy);
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}
