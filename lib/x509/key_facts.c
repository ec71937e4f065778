/* Extensions about the key and its owner: keyUsage, privateKeyUsagePeriod and
 * subjectDirectoryAttributes. A reader returns false when the contents cannot be read. */
#include "x509/decoder.h"

/* X.690 11.2.2: "the bitstring shall have all trailing 0 bits removed before it is encoded".
 * `contents` begins with the number of unused bits. */
static bool ends_in_zero(fv_bytes contents)
{
    unsigned unused = contents.data[0];
    return contents.len > 1 && (contents.data[contents.len - 1] >> unused & 1) == 0;
}

/* RFC 5280 4.2.1.3 */
bool fv_decoder_read_key_usage(fv_decoder *decoder, fv_bytes value, void *fact)
{
    const uint32_t known = 2 * FV_KEY_USAGE_DECIPHER_ONLY - 1;
    enum { MOST_OCTETS = 1 + 4 }; /* fv_der_read_bits reads no bits behind them */
    fv_key_usage *out = fact;
    fv_der bits;
    if (!fv_decoder_read_only(decoder, value, FV_DER_BIT_STRING, &bits) ||
        !fv_der_read_bits(bits.value, &out->bits))
        return false;
    if (ends_in_zero(bits.value))
        fv_decoder_note(decoder, FV_DEFECT_KEY_USAGE_ZEROS, value.data);
    if ((out->bits & ~known) != 0 || bits.value.len > MOST_OCTETS)
        fv_decoder_note(decoder, FV_DEFECT_KEY_USAGE_BITS, value.data);
    return true;
}

/* RFC 3280 4.2.1.4: "CAs conforming to this profile MUST NOT generate certificates with private key
 * usage period extensions unless at least one of the two components is present". */
bool fv_decoder_read_key_period(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_key_period *out = fact;
    fv_cursor inside;
    return fv_decoder_open_sequence(decoder, value, &inside) && fv_cursor_left(&inside) > 0 &&
           fv_decoder_read_tagged_time(decoder, &inside, FV_DER_CONTEXT + 0, &out->not_before) &&
           fv_decoder_read_tagged_time(decoder, &inside, FV_DER_CONTEXT + 1, &out->not_after) &&
           fv_cursor_left(&inside) == 0;
}

/* RFC 5280 4.2.1.8: SEQUENCE SIZE (1..MAX) OF Attribute, each SEQUENCE { OID, SET OF value } */
bool fv_decoder_read_directory_attributes(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_cursor list, inside;
    fv_der attribute, part;
    size_t num;
    (void)fact;
    if (!fv_decoder_open_list(decoder, value, &list, &num))
        return false;
    for (size_t i = 0; i < num; i++) {
        if (!fv_decoder_read(decoder, &list, FV_DER_SEQUENCE, &attribute))
            return false;
        fv_cursor_init(&inside, attribute.value);
        if (!fv_decoder_read(decoder, &inside, FV_DER_OID, &part) || part.value.len == 0 ||
            !fv_decoder_read(decoder, &inside, FV_DER_SET, &part) || part.value.len == 0 ||
            fv_cursor_left(&inside) > 0)
            return false;
    }
    return true;
}
