/* The values in extensions that have no shape of their own: texts, numbers, names. */
#include "x509/shape_walk.h"

#include "x509/name_slips.h"
#include "x509/name_string.h"
#include "x509/oid.h"

#define BIT(kind) FV_DEFECT_BIT(kind)

enum { DEEPEST_ANY = 8 };

/* ---- reading ---- */

static bool has_indefinite_length(const fv_cursor *cursor)
{
    return fv_cursor_left(cursor) >= 2 && (cursor->next[0] & FV_DER_IS_CONSTRUCTED) != 0 &&
           cursor->next[1] == 0x80;
}

/* Reads one element. OpenSSL reads indefinite lengths too, which are not followed here. */
bool fv_shape_read_element(fv_shape_walk *w, fv_cursor *cursor, fv_der *out)
{
    if (fv_decoder_read_any(w->decoder, cursor, out))
        return true;
    if (has_indefinite_length(cursor))
        w->slips |= BIT(FV_DEFECT_NOT_DER);
    else
        w->faults |= BIT(FV_DEFECT_STRUCTURE);
    return false;
}

static bool can_be_cut(fv_bytes contents)
{
    size_t num;
    return fv_der_count(contents, &num);
}

/* A tag without the bit that says whether the element is cut into others. */
static uint8_t without_form(uint8_t tag)
{
    return (uint8_t)(tag & ~FV_DER_IS_CONSTRUCTED);
}

bool fv_shape_is_same_tag(uint8_t a, uint8_t b)
{
    return without_form(a) == without_form(b);
}

/* ---- values without structure ---- */

static void check_text(fv_shape_walk *w, uint8_t tag, fv_bytes value)
{
    /* OpenSSL looks at the length alone, and only where characters have several bytes. */
    size_t unit = tag == FV_DER_BMP_STRING ? 2 : tag == FV_DER_UNIVERSAL_STRING ? 4 : 1;
    if (value.len % unit != 0)
        w->faults |= BIT(FV_DEFECT_TEXT);
    else if (!fv_string_is_well_formed(tag, value) || fv_string_has_odd_characters(tag, value))
        w->slips |= BIT(FV_DEFECT_TEXT);
    if (fv_string_has_odd_contents(tag, value) && !(w->is_constraint && value.len == 0))
        w->slips |= BIT(FV_DEFECT_TEXT_CONTENTS);
}

/* The contents of a BIT STRING. Of set bits that are not used, OpenSSL takes no notice. */
static void check_bits(fv_shape_walk *w, fv_bytes value)
{
    if (value.len == 0 || value.data[0] > 7) {
        w->faults |= BIT(FV_DEFECT_STRUCTURE);
        return;
    }
    unsigned unused = (1u << value.data[0]) - 1;
    if (value.len == 1 ? unused != 0 : (value.data[value.len - 1] & unused) != 0)
        w->slips |= BIT(FV_DEFECT_BIT_PADDING);
}

void fv_shape_check_address(fv_shape_walk *w, fv_bytes value)
{
    size_t factor = w->is_constraint ? 2 : 1; /* with its mask */
    if (value.len != 4 * factor && value.len != 16 * factor)
        w->slips |= BIT(FV_DEFECT_ADDRESS);
}

/* The contents of a primitive element with a universal tag. */
static void check_universal(fv_shape_walk *w, uint8_t tag, fv_bytes value)
{
    if (tag == FV_DER_OID && !fv_oid_is_valid(value))
        w->faults |= BIT(FV_DEFECT_OID_FORM);
    if ((tag == FV_DER_INTEGER || tag == FV_DER_ENUMERATED) && !fv_der_integer_is_minimal(value))
        w->faults |= BIT(FV_DEFECT_INTEGER_FORM);
    if (tag == FV_DER_BOOLEAN && value.len != 1)
        w->faults |= BIT(FV_DEFECT_BOOLEAN);
    if (tag == FV_DER_NULL && value.len != 0)
        w->faults |= BIT(FV_DEFECT_STRUCTURE);
    if (tag == FV_DER_BIT_STRING)
        check_bits(w, value);
    if (fv_string_is_text(tag))
        check_text(w, tag, value);
}

/* A value that DER writes as one piece. OpenSSL takes strings in several pieces, as BER has them.
 */
void fv_shape_check_whole(fv_shape_walk *w, uint8_t tag, const fv_der *element)
{
    bool is_string = tag != FV_DER_OID && tag != FV_DER_INTEGER && tag != FV_DER_ENUMERATED &&
                     tag != FV_DER_BOOLEAN && tag != FV_DER_NULL;
    if ((element->tag & FV_DER_IS_CONSTRUCTED) == 0)
        check_universal(w, tag, element->value);
    else if (is_string && can_be_cut(element->value))
        w->slips |= BIT(FV_DEFECT_NOT_DER);
    else
        w->faults |= BIT(FV_DEFECT_STRUCTURE);
}

/* Looks for what is no DER inside an element of any kind, which OpenSSL does not do. */
bool fv_shape_is_cut_well(const fv_der *element, unsigned depth)
{
    fv_cursor cursor;
    fv_der inside;
    if ((element->tag & FV_DER_IS_CONSTRUCTED) == 0 || depth == DEEPEST_ANY)
        return true;
    fv_cursor_init(&cursor, element->value);
    while (fv_cursor_left(&cursor) > 0) {
        if (!fv_der_read_loosely(&cursor, &inside) || !fv_shape_is_cut_well(&inside, depth + 1))
            return false;
    }
    return true;
}

void fv_shape_check_any(fv_shape_walk *w, const fv_der *element)
{
    bool is_universal = (element->tag & 0xC0) == 0;
    bool is_structure = fv_shape_is_same_tag(element->tag, FV_DER_SEQUENCE) ||
                        fv_shape_is_same_tag(element->tag, FV_DER_SET) || !is_universal;
    if (!is_structure)
        fv_shape_check_whole(w, without_form(element->tag), element);
    else if (!fv_shape_is_cut_well(element, 0))
        w->slips |= BIT(FV_DEFECT_STRUCTURE);
}

/* ---- names ---- */

static void check_attribute_value(fv_shape_walk *w, fv_bytes type, const fv_der *value,
                                  bool is_in_name)
{
    uint8_t tag = value->tag;
    if (!fv_string_is_allowed(without_form(tag)) && !fv_shape_is_same_tag(tag, FV_DER_SEQUENCE)) {
        w->faults |= BIT(FV_DEFECT_STRING_KIND);
        return;
    }
    if (!fv_string_is_text(tag)) {
        fv_shape_check_any(w, value);
        return;
    }
    size_t unit = tag == FV_DER_BMP_STRING ? 2 : tag == FV_DER_UNIVERSAL_STRING ? 4 : 1;
    if (!fv_string_is_well_formed(tag, value->value)) {
        /* OpenSSL recodes the texts of a whole name, and not those of one RDN alone. */
        bool is_fault = is_in_name || value->value.len % unit != 0;
        *(is_fault ? &w->faults : &w->slips) |= BIT(FV_DEFECT_STRING);
    }
    if (fv_string_has_odd_characters(tag, value->value))
        w->slips |= BIT(FV_DEFECT_CHARACTERS);
    if (fv_string_has_odd_contents(tag, value->value))
        w->slips |= BIT(FV_DEFECT_STRING_CONTENTS);
    w->slips |= fv_attribute_find_slips(type, tag, value->value);
}

/* AttributeTypeAndValue ::= SEQUENCE { type OID, value ANY } */
static void check_attribute(fv_shape_walk *w, const fv_der *attribute, bool is_in_name)
{
    fv_cursor inside;
    fv_der type, value;
    fv_cursor_init(&inside, attribute->value);
    if (attribute->tag != FV_DER_SEQUENCE || !fv_der_next_is(&inside, FV_DER_OID)) {
        w->faults |= BIT(FV_DEFECT_STRUCTURE);
        return;
    }
    if (!fv_shape_read_element(w, &inside, &type) || !fv_shape_read_element(w, &inside, &value))
        return;
    check_universal(w, FV_DER_OID, type.value);
    check_attribute_value(w, type.value, &value, is_in_name);
    if (fv_cursor_left(&inside) > 0)
        w->faults |= BIT(FV_DEFECT_TRAILING_BYTES);
}

void fv_shape_check_rdn(fv_shape_walk *w, const fv_der *rdn, bool is_in_name)
{
    fv_cursor cursor;
    fv_der attribute;
    if ((rdn->tag & FV_DER_IS_CONSTRUCTED) == 0)
        w->slips |= BIT(FV_DEFECT_NOT_DER);
    if (rdn->value.len == 0)
        w->slips |= BIT(FV_DEFECT_EMPTY);
    fv_cursor_init(&cursor, rdn->value);
    while (fv_cursor_left(&cursor) > 0 && fv_shape_read_element(w, &cursor, &attribute))
        check_attribute(w, &attribute, is_in_name);
}

void fv_shape_check_name(fv_shape_walk *w, const fv_der *name)
{
    fv_cursor cursor;
    fv_der rdn;
    if ((name->tag & FV_DER_IS_CONSTRUCTED) == 0)
        w->slips |= BIT(FV_DEFECT_NOT_DER);
    if (name->value.len == 0 && !w->is_constraint)
        w->slips |= BIT(FV_DEFECT_EMPTY);
    fv_cursor_init(&cursor, name->value);
    while (fv_cursor_left(&cursor) > 0 && fv_shape_read_element(w, &cursor, &rdn)) {
        if (fv_shape_is_same_tag(rdn.tag, FV_DER_SET))
            fv_shape_check_rdn(w, &rdn, true);
        else
            w->faults |= BIT(FV_DEFECT_STRUCTURE);
    }
}
