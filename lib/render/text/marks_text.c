/* Writes the marks of the steps. The judge has decided them. */
#include "render/text/report_text.h"

typedef struct mark_look {
    const char *text;
    enum fv_style style;
} mark_look;

static void put_mark(fv_out *out, const mark_look *look)
{
    fv_out_styled(out, look->style, look->text);
    fv_out_pad(out, FV_TEXT_VALUE_COLUMN);
}

void fv_text_mark_step(fv_out *out, fv_report_step step)
{
    static const mark_look looks[] = {
        [0] = {"--", FV_DIM},
        [FEDVAL_MARK_SOUND] = {"ok", FV_GREEN},
        [FEDVAL_MARK_WARNING] = {"!", FV_YELLOW},
        [FEDVAL_MARK_OPEN] = {"?", FV_YELLOW},
        [FEDVAL_MARK_BROKEN] = {"X", FV_RED},
        [FEDVAL_MARK_NOT_JUDGED] = {"--", FV_DIM},
        [FEDVAL_MARK_NOT_ASKED] = {"--", FV_DIM},
    };
    put_mark(out, &looks[step.mark <= FEDVAL_MARK_NOT_ASKED ? step.mark : 0]);
}

void fv_text_begin_step(fv_out *out, const char *name)
{
    fv_out_text(out, "  ");
    fv_out_text(out, name);
    fv_out_pad(out, FV_TEXT_MARK_COLUMN);
}
