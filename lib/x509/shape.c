#include "x509/shape.h"

#include "x509/oid.h"
#include "x509/shape_walk.h"

#define BIT(kind) FV_DEFECT_BIT(kind)

static void check_field(fv_shape_walk *w, const fv_shape_field *field, const fv_der *element);

static bool fits(const fv_shape_field *field, uint8_t tag)
{
    const fv_shape *shape = field->shape;
    uint8_t own = field->tag != 0 ? field->tag : shape->tag;
    if (own != 0)
        return fv_shape_is_same_tag(own, tag);
    for (size_t i = 0; i < shape->num_fields; i++) {
        if (fits(&shape->fields[i], tag))
            return true;
    }
    return shape->kind == FV_SHAPE_ANY;
}

/* ---- structures ---- */

/* Checks contents that are one element and nothing behind it. */
static void check_only(fv_shape_walk *w, const fv_shape *shape, fv_bytes contents)
{
    const fv_shape_field field = {0, 0, shape};
    fv_cursor cursor;
    fv_der element;
    fv_cursor_init(&cursor, contents);
    if (!fv_shape_read_element(w, &cursor, &element))
        return;
    check_field(w, &field, &element);
    if (fv_cursor_left(&cursor) > 0)
        w->faults |= BIT(FV_DEFECT_TRAILING_BYTES);
}

static void check_list(fv_shape_walk *w, const fv_shape *shape, const fv_der *list)
{
    fv_cursor cursor;
    fv_der element;
    if ((list->tag & FV_DER_IS_CONSTRUCTED) == 0)
        w->slips |= BIT(FV_DEFECT_NOT_DER);
    if (list->value.len == 0)
        w->slips |= BIT(FV_DEFECT_EMPTY);
    fv_cursor_init(&cursor, list->value);
    while (fv_cursor_left(&cursor) > 0 && fv_shape_read_element(w, &cursor, &element))
        check_field(w, shape->fields, &element);
}

static void check_fields(fv_shape_walk *w, const fv_shape *shape, const fv_der *sequence)
{
    fv_cursor cursor;
    fv_der element;
    uint8_t tag;
    if ((sequence->tag & FV_DER_IS_CONSTRUCTED) == 0) {
        w->faults |= BIT(FV_DEFECT_STRUCTURE);
        return;
    }
    /* The basicConstraints of an end entity are empty, and nothing else is. */
    if (sequence->value.len == 0 && w->id != FV_EXT_BASIC_CONSTRAINTS)
        w->slips |= BIT(FV_DEFECT_EMPTY);
    fv_cursor_init(&cursor, sequence->value);
    for (size_t i = 0; i < shape->num_fields; i++) {
        const fv_shape_field *field = &shape->fields[i];
        if (fv_cursor_peek_u8(&cursor, &tag) && fits(field, tag)) {
            if (!fv_shape_read_element(w, &cursor, &element))
                return;
            check_field(w, field, &element);
        } else if ((field->how & FV_SHAPE_OPTIONAL) == 0) {
            w->faults |= BIT(FV_DEFECT_STRUCTURE);
            return;
        }
    }
    if (fv_cursor_left(&cursor) > 0)
        w->faults |= BIT(FV_DEFECT_TRAILING_BYTES);
}

/* PolicyQualifierInfo ::= SEQUENCE { policyQualifierId, qualifier ANY DEFINED BY it } (RFC 5280
 * 4.2.1.4) */
static void check_qualifier(fv_shape_walk *w, const fv_der *sequence)
{
    static const fv_shape any = {FV_SHAPE_ANY, 0, 0, NULL};
    static const fv_shape id = {FV_SHAPE_OID, FV_DER_OID, 0, NULL};
    fv_shape_field fields[] = {{0, 0, &id}, {0, 0, &any}};
    const fv_shape shape = {FV_SHAPE_FIELDS, FV_DER_SEQUENCE, 2, fields};
    fv_cursor cursor;
    fv_der oid = {0};
    fv_cursor_init(&cursor, sequence->value);
    if (fv_der_next_is(&cursor, FV_DER_OID) && fv_der_read_loosely(&cursor, &oid)) {
        if (fv_oid_equal(oid.value, FV_OID(FV_OID_POLICY_URL)))
            fields[1].shape = &fv_shape_ia5;
        if (fv_oid_equal(oid.value, FV_OID(FV_OID_POLICY_NOTICE)))
            fields[1].shape = &fv_shape_user_notice;
    }
    check_fields(w, &shape, sequence);
}

/* RFC 5280 4.2.1.13: "either distributionPoint or cRLIssuer MUST be present" */
static void check_point(fv_shape_walk *w, const fv_shape *shape, const fv_der *sequence)
{
    fv_cursor cursor;
    fv_der field;
    bool is_somewhere = false;
    check_fields(w, shape, sequence);
    fv_cursor_init(&cursor, sequence->value);
    while (fv_der_read_loosely(&cursor, &field)) {
        is_somewhere |=
            fv_shape_is_same_tag(field.tag, FV_DER_CONTEXT + 0) ||
            (fv_shape_is_same_tag(field.tag, FV_DER_CONTEXT + 2) && field.value.len > 0);
    }
    if (!is_somewhere)
        w->faults |= BIT(FV_DEFECT_STRUCTURE);
}

static void check_opaque(fv_shape_walk *w, const fv_der *element)
{
    if ((element->tag & FV_DER_IS_CONSTRUCTED) == 0)
        w->faults |= BIT(FV_DEFECT_STRUCTURE);
    else if (!fv_shape_is_cut_well(element, 0))
        w->slips |= BIT(FV_DEFECT_STRUCTURE);
    if (element->value.len == 0)
        w->slips |= BIT(FV_DEFECT_EMPTY);
}

static void check_contents(fv_shape_walk *w, const fv_shape *shape, const fv_der *element)
{
    switch (shape->kind) {
    case FV_SHAPE_FIELDS:
        check_fields(w, shape, element);
        break;
    case FV_SHAPE_LIST:
        check_list(w, shape, element);
        break;
    case FV_SHAPE_QUALIFIER:
        check_qualifier(w, element);
        break;
    case FV_SHAPE_NAME:
        fv_shape_check_name(w, element);
        break;
    case FV_SHAPE_RDN:
        fv_shape_check_rdn(w, element, false);
        break;
    case FV_SHAPE_ANY:
        fv_shape_check_any(w, element);
        break;
    case FV_SHAPE_OPAQUE:
        check_opaque(w, element);
        break;
    case FV_SHAPE_POINT:
        check_point(w, shape, element);
        break;
    case FV_SHAPE_ADDRESS:
        fv_shape_check_address(w, element->value);
        fv_shape_check_whole(w, shape->tag, element);
        break;
    case FV_SHAPE_TEXT:
    case FV_SHAPE_BITS:
    case FV_SHAPE_OID:
    case FV_SHAPE_INTEGER:
    case FV_SHAPE_BOOLEAN:
    case FV_SHAPE_OCTETS:
        fv_shape_check_whole(w, shape->tag, element);
        break;
    case FV_SHAPE_CHOICE:
        break; /* an element has one of its kinds */
    }
}

static void check_field(fv_shape_walk *w, const fv_shape_field *field, const fv_der *element)
{
    const fv_shape *shape = field->shape;
    if (!fits(field, element->tag)) {
        w->faults |= BIT(FV_DEFECT_ELEMENT_KIND);
        return;
    }
    for (size_t i = 0; field->tag == 0 && shape->kind == FV_SHAPE_CHOICE && i < shape->num_fields;
         i++) {
        if (fits(&shape->fields[i], element->tag)) {
            check_field(w, &shape->fields[i], element);
            return;
        }
    }
    if ((field->how & FV_SHAPE_EXPLICIT) == 0)
        check_contents(w, shape, element);
    else if ((element->tag & FV_DER_IS_CONSTRUCTED) != 0)
        check_only(w, shape, element->value);
    else
        w->faults |= BIT(FV_DEFECT_STRUCTURE);
}

void fv_decoder_check_shape(fv_decoder *decoder, fv_extension *extension)
{
    const fv_shape *shape = fv_shape_find(extension->id);
    const fv_shape_field field = {0, 0, shape};
    fv_shape_walk w = {.decoder = decoder,
                       .id = extension->id,
                       .is_constraint = extension->id == FV_EXT_NAME_CONSTRAINTS};
    fv_cursor cursor;
    fv_der element;
    if (shape == NULL)
        return;
    fv_cursor_init(&cursor, extension->value);
    if (fv_shape_read_element(&w, &cursor, &element)) {
        check_field(&w, &field, &element);
        if (fv_cursor_left(&cursor) > 0)
            w.slips |= BIT(FV_DEFECT_TRAILING_BYTES); /* X509V3_EXT_d2i passes over them */
    }
    extension->faults = w.faults;
    extension->slips = w.slips;
    if ((w.faults | w.slips) != 0 && !extension->is_malformed)
        fv_decoder_note(decoder, FV_DEFECT_EXTENSION_CONTENTS, extension->oid.data);
}
