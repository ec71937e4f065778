/* Masks what a stranger says of itself: a banner, the name of a SIP server, the text of an Extended
 * DNS Error. It can hold anything, so only words that products use are left. */
#include "base/buf.h"
#include "judge/mask.h"
#include "judge/redact_numbers.h"

#include <string.h>

#define HIDDEN "..."

static bool may_stay(fv_mask *mask, fv_text word)
{
    return fv_redact_is_common(&mask->common, mask->arena, word) || fv_redact_is_figure(word);
}

bool fv_mask_append_said(fv_mask *mask, fv_buf *buf, fv_text text)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = fv_redact_end_of_word(text, at), number = fv_redact_number_len(text, at);
        fv_text word = {text.data + at, end - at};
        if (number > 0) {
            fv_buf_append_text(buf, HIDDEN);
            at += number;
        } else if (end == at) {
            fv_buf_append_char(buf, text.data[at++]);
        } else {
            fv_text shown = may_stay(mask, word) ? word : fv_text_of(HIDDEN);
            fv_buf_append(buf, shown.data, shown.len);
            at = end;
        }
    }
    bool has_words = mask->common.num_words == 0 || mask->common.slots != NULL;
    return has_words && !buf->failed;
}
