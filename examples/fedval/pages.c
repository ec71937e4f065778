/* HTML: the parts of one page are collected while the command works, and written at its end. */
#include "output.h"

#include <fedval/html.h>

#include <stdlib.h>
#include <string.h>

fedval_html_options output_html_options(const cmd_output *output)
{
    return (fedval_html_options){.size = sizeof(fedval_html_options),
                                 .fragment = 1,
                                 .public_roots = output->options.public_roots,
                                 .hints = output->options.hints,
                                 .num_hints = output->options.num_hints};
}

void output_fragment(cmd_output *output, fedval_status status, char *html)
{
    size_t len = status == FEDVAL_OK ? strlen(html) : 0;
    char *page = status == FEDVAL_OK ? realloc(output->page, output->page_len + len + 1) : NULL;
    if (page == NULL) {
        output_internal(output, status == FEDVAL_OK ? FEDVAL_ERROR_NO_MEMORY : status);
    } else {
        memcpy(page + output->page_len, html, len + 1);
        output->page = page;
        output->page_len += len;
    }
    if (status == FEDVAL_OK)
        fedval_text_free(html);
}

void output_page(cmd_output *output)
{
    char *html = NULL;
    size_t html_len = 0;
    if (output->page != NULL) {
        fedval_status status = fedval_page_to_html("fedval", FEDVAL_NUL_ENDED, output->page,
                                                   output->page_len, &html, &html_len);
        output_text(output, status, html, html_len);
    }
    free(output->page);
    output->page = NULL;
}
