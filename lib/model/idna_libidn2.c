/* Internationalised names, converted by libidn2. */
#include "model/idna.h"

#include "fedval/name.h"

#include <idn2.h>
#include <stdlib.h>
#include <string.h>

static uint32_t fault_of_idn(int code)
{
    switch (code) {
    case IDN2_TOO_BIG_LABEL:
    case IDN2_PUNYCODE_BIG_OUTPUT:
        return FEDVAL_NAME_FAULT_LABEL_TOO_LONG;
    case IDN2_TOO_BIG_DOMAIN:
        return FEDVAL_NAME_FAULT_NAME_TOO_LONG;
    case IDN2_ENCODING_ERROR:
    case IDN2_ICONV_FAIL:
        return FEDVAL_NAME_FAULT_BAD_UTF8;
    default:
        return FEDVAL_NAME_FAULT_BAD_IDN;
    }
}

/* UTS 46, non-transitional: the letter "ß" is kept and does not become "ss". */
static int convert(fv_text text, uint8_t **out)
{
    uint8_t *input = malloc(text.len + 1);
    if (input == NULL)
        return IDN2_MALLOC;
    memcpy(input, text.data, text.len);
    input[text.len] = 0;
    int code = idn2_lookup_u8(input, out, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    free(input);
    return code;
}

fedval_status fv_idna_to_ascii(fv_text text, char *out, size_t out_size, uint32_t *out_fault)
{
    uint8_t *output = NULL;
    int code = convert(text, &output);
    if (code == IDN2_MALLOC)
        return FEDVAL_ERROR_NO_MEMORY;
    size_t len = code == IDN2_OK ? strlen((const char *)output) : 0;
    if (code != IDN2_OK || len >= out_size) {
        *out_fault = code != IDN2_OK ? fault_of_idn(code) : FEDVAL_NAME_FAULT_NAME_TOO_LONG;
        idn2_free(output);
        return FEDVAL_ERROR_SYNTAX;
    }
    memcpy(out, output, len + 1);
    idn2_free(output);
    return FEDVAL_OK;
}
