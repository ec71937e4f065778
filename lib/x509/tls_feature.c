/* The TLS feature extension (RFC 7633). */
#include "x509/decoder.h"

#define STATUS_REQUEST 5 /* RFC 6066 8 */

/* RFC 7633 4.1: SEQUENCE OF INTEGER, the numbers of TLS extensions. */
bool fv_decoder_read_tls_features(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_tls_features *out = fact;
    fv_der list, number;
    fv_cursor inside;
    if (!fv_decoder_read_only(decoder, value, FV_DER_SEQUENCE, &list))
        return false;
    fv_cursor_init(&inside, list.value);
    while (fv_cursor_left(&inside) > 0) {
        uint32_t feature;
        if (!fv_decoder_read(decoder, &inside, FV_DER_INTEGER, &number) ||
            !fv_der_integer_to_u32(number.value, &feature))
            return false;
        out->has_status_request |= feature == STATUS_REQUEST;
    }
    return true;
}
