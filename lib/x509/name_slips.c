#include "x509/name_slips.h"

#include "base/text.h"
#include "x509/defect.h"
#include "x509/der.h"
#include "x509/oid.h"

/* X.680 41.4 has neither "*" nor "&". They are in PrintableStrings of certificates that are in
 * use, and other programs allow them for that reason. */
static bool is_printable(uint8_t c)
{
    return fv_ascii_is_alnum((char)c) || memchr(" '()+,-./:=?*&", c, 15) != NULL;
}

static bool is_numeric(uint8_t c)
{
    return c == ' ' || (c >= '0' && c <= '9');
}

/* Bytes that are no ASCII, and NULs, are noted as FV_DEFECT_CHARACTERS and
 * FV_DEFECT_STRING_CONTENTS. */
static bool has_others(fv_bytes value, bool (*is_of_set)(uint8_t c))
{
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] != 0 && value.data[i] < 0x80 && !is_of_set(value.data[i]))
            return true;
    }
    return false;
}

static size_t count_characters(uint8_t tag, fv_bytes value)
{
    size_t count = 0;
    if (tag == FV_DER_BMP_STRING)
        return value.len / 2;
    if (tag == FV_DER_UNIVERSAL_STRING)
        return value.len / 4;
    if (tag != FV_DER_UTF8_STRING)
        return value.len;
    for (size_t i = 0; i < value.len; i++)
        count += (value.data[i] & 0xC0) != 0x80; /* not in the middle of a character */
    return count;
}

/* The upper bounds of RFC 5280 appendix A.1. */
static const fv_oid_entry bounds[] = {
    {3, FV_OID_COMMON_NAME, 64}, {3, "\x55\x04\x05", 64}, /* serialNumber */
    {3, "\x55\x04\x07", 128},                             /* localityName */
    {3, "\x55\x04\x08", 128},                             /* stateOrProvinceName */
    {3, "\x55\x04\x0A", 64},                              /* organizationName */
    {3, "\x55\x04\x0B", 64},                              /* organizationalUnitName */
    {3, "\x55\x04\x0C", 64},                              /* title */
};

static uint64_t find_length_slip(fv_bytes type, size_t num_characters)
{
    int most = fv_oid_find(bounds, sizeof(bounds) / sizeof(bounds[0]), type, 0);
    if (most == 0 || num_characters <= (size_t)most)
        return 0;
    return fv_oid_equal(type, FV_OID(FV_OID_COMMON_NAME))
               ? FV_DEFECT_BIT(FV_DEFECT_COMMON_NAME_LENGTH)
               : FV_DEFECT_BIT(FV_DEFECT_ATTRIBUTE_LENGTH);
}

/* "X520countryName ::= PrintableString (SIZE (2))". A UTF8String of two letters is passed over. */
static bool is_country(fv_bytes value)
{
    return value.len == 2 && fv_ascii_is_alpha((char)value.data[0]) &&
           fv_ascii_is_alpha((char)value.data[1]);
}

uint64_t fv_attribute_find_slips(fv_bytes type, uint8_t tag, fv_bytes value)
{
    uint64_t slips = find_length_slip(type, count_characters(tag, value));
    if (tag == FV_DER_PRINTABLE_STRING && has_others(value, is_printable))
        slips |= FV_DEFECT_BIT(FV_DEFECT_PRINTABLE);
    if (tag == FV_DER_NUMERIC_STRING && has_others(value, is_numeric))
        slips |= FV_DEFECT_BIT(FV_DEFECT_NUMERIC);
    if (fv_oid_equal(type, FV_OID(FV_OID_COUNTRY_NAME)) && !is_country(value))
        slips |= FV_DEFECT_BIT(FV_DEFECT_COUNTRY);
    return slips;
}
