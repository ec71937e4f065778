/* The letters about a report. Whose domain it is, only the reader knows: there is one for each
 * case. */
#include "render/html/parts.h"
#include "render/text/report_text.h"

/* The letter is in `words` already. */
static void put_letter(fv_html *out, const char *domain, const char *whose)
{
    fv_buf letter = out->words.buf;
    fv_buf_init(&out->words.buf);
    fv_html_element(out, "<details class=\"card\"><summary>If <bdi>", domain, "</bdi> ");
    fv_html_raw(out, whose);
    fv_html_raw(out, "</summary>\n<pre class=\"letter\" tabindex=\"0\">");
    fv_buf_clear(&out->words.buf);
    out->words.buf = letter;
    fv_html_words(out);
    fv_html_raw(out, "</pre></details>\n");
}

void fv_html_letters(fv_html *out, const fedval_report *report)
{
    fv_html_raw(out, "<h3>To send</h3>\n");
    if (fv_text_letter_to_owner(&out->words, report))
        put_letter(out, report->domain, "is the partner's: to its administrators");
    fv_text_letter_to_partner(&out->words, report);
    put_letter(out, report->domain, "is yours: to the partner");
}
