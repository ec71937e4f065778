/* Statements about a certificate that no peer of SIP acts on: timestamps of logs (RFC 6962) and
 * qualified certificates (RFC 3739). They are read for the defects in them. A reader returns false
 * when the contents cannot be read. */
#include "x509/decoder.h"

/* RFC 6962 3.2: version, id of the log, time, and the lengths of extensions and signature. */
#define LEAST_SCT (1 + 32 + 8 + 2 + 4)

/* RFC 6962 3.3: an OCTET STRING with a list of SCTs, each after its length: "At least one SCT MUST
 * be included." An SCT of another version than 1 is passed over. */
bool fv_decoder_read_scts(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_der string;
    fv_cursor list;
    fv_bytes sct;
    uint16_t len;
    (void)fact;
    if (!fv_decoder_read_only(decoder, value, FV_DER_OCTET_STRING, &string))
        return false;
    fv_cursor_init(&list, string.value);
    if (!fv_cursor_read_u16(&list, &len) || len == 0 || len != fv_cursor_left(&list))
        return false;
    while (fv_cursor_left(&list) > 0) {
        if (!fv_cursor_read_u16(&list, &len) || len == 0 || !fv_cursor_take(&list, len, &sct) ||
            (sct.data[0] == 0 && sct.len < LEAST_SCT))
            return false;
    }
    return true;
}

/* RFC 3739 3.2.6: SEQUENCE OF SEQUENCE { OBJECT IDENTIFIER, ANY OPTIONAL }. The list may be empty.
 */
bool fv_decoder_read_qc_statements(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_cursor list, inside;
    fv_der statement, id;
    (void)fact;
    if (!fv_decoder_open_sequence(decoder, value, &list))
        return false;
    while (fv_cursor_left(&list) > 0) {
        if (!fv_decoder_read(decoder, &list, FV_DER_SEQUENCE, &statement))
            return false;
        fv_cursor_init(&inside, statement.value);
        if (!fv_decoder_read(decoder, &inside, FV_DER_OID, &id) || id.value.len == 0)
            return false;
        if (fv_cursor_left(&inside) > 0 && !fv_decoder_read_any(decoder, &inside, &id))
            return false;
        if (fv_cursor_left(&inside) > 0)
            return false;
    }
    return true;
}
