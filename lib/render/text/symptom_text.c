#include "render/text/symptom_text.h"

#define SYMPTOM_COLUMN 24
#define NARROW_WIDTH 60 /* below this width what is seen is printed under its heading */
#define NARROW_COLUMN 4

static bool is_narrow(const fv_out *out)
{
    return out->options.width != 0 && out->options.width < NARROW_WIDTH;
}

static size_t column_of(const fv_out *out)
{
    return is_narrow(out) ? NARROW_COLUMN : SYMPTOM_COLUMN;
}

static const char *seen_by_text(uint32_t seen_by)
{
    switch (seen_by) {
    case FEDVAL_SEEN_BY_EDGE:
        return "Edge log: ";
    case FEDVAL_SEEN_BY_CLIENT:
        return "client: ";
    case FEDVAL_SEEN_BY_EXPRESSWAY:
        return "Expressway-E: ";
    default:
        return "";
    }
}

void fv_text_symptom(fv_out *out, const fv_symptom *symptom)
{
    fv_out_text(out, seen_by_text(symptom->seen_by));
    if (symptom->is_diagnostics_id)
        fv_out_text(out, "ms-diagnostics ");
    if (symptom->code != NULL && !symptom->is_code_in_text) {
        fv_out_text(out, symptom->code);
        fv_out_text(out, " ");
    }
    if (symptom->name != NULL) {
        fv_out_text(out, symptom->name);
        fv_out_text(out, " ");
    }
    if (!symptom->is_name_enough)
        fv_out_prose(out, symptom->text, column_of(out));
}

static void put_direction(fv_out *out, const fv_symptom *symptoms, size_t num_symptoms,
                          uint32_t direction, const char *heading)
{
    bool is_first = true;
    for (size_t i = 0; i < num_symptoms; i++) {
        if ((symptoms[i].direction & direction) == 0)
            continue;
        if (is_first)
            fv_out_text(out, heading);
        if (is_first && is_narrow(out))
            fv_out_newline(out);
        fv_out_pad(out, column_of(out));
        fv_text_symptom(out, &symptoms[i]);
        fv_out_newline(out);
        is_first = false;
    }
}

void fv_text_symptoms(fv_out *out, const fv_symptom *symptoms, size_t num_symptoms)
{
    put_direction(out, symptoms, num_symptoms, FEDVAL_DIRECTION_TO_MICROSOFT,
                  "  calls to Microsoft");
    put_direction(out, symptoms, num_symptoms, FEDVAL_DIRECTION_FROM_MICROSOFT,
                  "  calls from Microsoft");
}
