#include "x509/decoder.h"
#include "x509/oid.h"

#include <string.h>

/* Checks eight bytes at a time, because some certificates have thousands of names. */
static bool is_ia5(fv_bytes value)
{
    uint64_t all = 0;
    while (value.len >= sizeof(all)) {
        uint64_t eight;
        memcpy(&eight, value.data, sizeof(eight));
        all |= eight;
        value.data += sizeof(eight);
        value.len -= sizeof(eight);
    }
    for (size_t i = 0; i < value.len; i++)
        all |= value.data[i];
    return (all & UINT64_C(0x8080808080808080)) == 0;
}

/* directoryName is [4] EXPLICIT, because Name is a CHOICE. So `value` is the whole Name, with its
 * tag. */
static bool read_directory(fv_decoder *decoder, fv_general_name *out)
{
    fv_name *name = fv_decoder_alloc(decoder, 1, sizeof(*name));
    if (name == NULL)
        return true;
    if (!fv_name_decode(decoder->arena, out->value, name)) {
        decoder->is_out_of_memory = true;
        return true;
    }
    out->directory = name;
    return name->presence == FV_KNOWN;
}

/* OtherName ::= SEQUENCE { type-id OID, value [0] EXPLICIT ANY } */
static bool read_other(fv_decoder *decoder, fv_general_name *out)
{
    fv_cursor inside;
    fv_der type, value;
    fv_cursor_init(&inside, out->value);
    if (!fv_decoder_read(decoder, &inside, FV_DER_OID, &type) || type.value.len == 0 ||
        !fv_decoder_read(decoder, &inside, FV_DER_CONTEXT_CONSTRUCTED, &value))
        return false;
    out->other_type = type.value;
    out->value = value.value;
    return fv_cursor_left(&inside) == 0;
}

static bool is_address(fv_bytes value, bool is_constraint)
{
    size_t factor = is_constraint ? 2 : 1; /* with its mask */
    return value.len == 4 * factor || value.len == 16 * factor;
}

static bool read_contents(fv_decoder *decoder, bool is_constraint, fv_general_name *out)
{
    switch (out->type) {
    case FV_GN_RFC822:
    case FV_GN_DNS:
    case FV_GN_URI:
        /* Only a constraint may be empty: then it is for all names. */
        return is_ia5(out->value) && (is_constraint || out->value.len > 0);
    case FV_GN_IP:
        return is_address(out->value, is_constraint);
    case FV_GN_DIRECTORY:
        return read_directory(decoder, out);
    case FV_GN_OTHER:
        return read_other(decoder, out);
    case FV_GN_REGISTERED_ID:
        return fv_oid_is_valid(out->value);
    case FV_GN_X400:
    case FV_GN_EDI_PARTY:
        return true;
    case FV_GN_UNKNOWN:
        break;
    }
    return false;
}

bool fv_decoder_read_general_name(fv_decoder *decoder, const fv_der *element, bool is_constraint,
                                  fv_general_name *out)
{
    /* The tag that each type must have, by number. It says whether the element is constructed (0xA0
     * and above) or primitive; a name in the other form is malformed. */
    static const uint8_t tags[] = {0xA0, 0x81, 0x82, 0xA3, 0xA4, 0xA5, 0x86, 0x87, 0x88};
    uint8_t number = element->tag & 0x1F;
    out->value = element->value;
    out->type = FV_GN_UNKNOWN;
    if (number < sizeof(tags) && tags[number] == element->tag)
        out->type = (fv_general_name_type)number;
    out->is_malformed = !read_contents(decoder, is_constraint, out);
    return !out->is_malformed;
}

bool fv_decoder_read_general_names(fv_decoder *decoder, fv_bytes contents, fv_general_names *out)
{
    fv_cursor cursor;
    fv_der element;
    size_t num_items;
    if (!fv_der_count(contents, &num_items))
        return false;
    fv_general_name *items = fv_decoder_alloc(decoder, num_items, sizeof(*items));
    if (items == NULL)
        return true;
    fv_cursor_init(&cursor, contents);
    for (size_t i = 0; i < num_items && fv_decoder_read_any(decoder, &cursor, &element); i++)
        (void)fv_decoder_read_general_name(decoder, &element, false, &items[i]);
    out->items = items;
    out->num_items = num_items;
    return true;
}

const fv_name *fv_general_names_first_directory(const fv_general_names *names)
{
    for (size_t i = 0; i < names->num_items; i++) {
        if (names->items[i].type == FV_GN_DIRECTORY)
            return names->items[i].directory;
    }
    return NULL;
}
