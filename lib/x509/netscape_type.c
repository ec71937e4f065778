/* Netscape's certificate type extension: a BIT STRING with sslClient (0), sslServer (1), sslCA (5)
 * and others. */
#include "x509/decoder.h"

bool fv_decoder_read_netscape_type(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_netscape_type *out = fact;
    fv_der bits;
    return fv_decoder_read_only(decoder, value, FV_DER_BIT_STRING, &bits) &&
           fv_der_read_bits(bits.value, &out->bits);
}
