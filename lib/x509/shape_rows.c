/* The ASN.1 of the extensions (RFC 5280 appendix A; RFC 3739, RFC 7633; Microsoft, Netscape). */
#include "x509/shape.h"

#define LEAF(kind, tag)                                                                            \
    {                                                                                              \
        kind, tag, 0, NULL                                                                         \
    }
#define SHAPE(kind, tag, rows)                                                                     \
    {                                                                                              \
        kind, tag, sizeof(rows) / sizeof((rows)[0]), rows                                          \
    }
#define FIELDS(rows) SHAPE(FV_SHAPE_FIELDS, FV_DER_SEQUENCE, rows)
#define LIST(rows) SHAPE(FV_SHAPE_LIST, FV_DER_SEQUENCE, rows)
#define IMPLICIT(n) (FV_DER_CONTEXT + (n))
#define AROUND(n) (FV_DER_CONTEXT_CONSTRUCTED + (n))
#define OWN 0

static const fv_shape any = LEAF(FV_SHAPE_ANY, 0);
static const fv_shape name = LEAF(FV_SHAPE_NAME, FV_DER_SEQUENCE);
static const fv_shape rdn = LEAF(FV_SHAPE_RDN, FV_DER_SET);
static const fv_shape opaque = LEAF(FV_SHAPE_OPAQUE, FV_DER_SEQUENCE);
static const fv_shape oid = LEAF(FV_SHAPE_OID, FV_DER_OID);
static const fv_shape integer = LEAF(FV_SHAPE_INTEGER, FV_DER_INTEGER);
static const fv_shape boolean = LEAF(FV_SHAPE_BOOLEAN, FV_DER_BOOLEAN);
static const fv_shape bits = LEAF(FV_SHAPE_BITS, FV_DER_BIT_STRING);
static const fv_shape octets = LEAF(FV_SHAPE_OCTETS, FV_DER_OCTET_STRING);
static const fv_shape address = LEAF(FV_SHAPE_ADDRESS, FV_DER_OCTET_STRING);
static const fv_shape date = LEAF(FV_SHAPE_OCTETS, FV_DER_GENERALIZED_TIME);
static const fv_shape utf8 = LEAF(FV_SHAPE_TEXT, FV_DER_UTF8_STRING);
static const fv_shape bmp = LEAF(FV_SHAPE_TEXT, FV_DER_BMP_STRING);
static const fv_shape universal = LEAF(FV_SHAPE_TEXT, FV_DER_UNIVERSAL_STRING);
static const fv_shape printable = LEAF(FV_SHAPE_TEXT, FV_DER_PRINTABLE_STRING);
static const fv_shape teletex = LEAF(FV_SHAPE_TEXT, FV_DER_TELETEX_STRING);
static const fv_shape visible = LEAF(FV_SHAPE_TEXT, FV_DER_VISIBLE_STRING);
const fv_shape fv_shape_ia5 = LEAF(FV_SHAPE_TEXT, FV_DER_IA5_STRING);

/* ---- names ---- */

static const fv_shape_field directory_strings[] = {
    {OWN, 0, &utf8}, {OWN, 0, &printable}, {OWN, 0, &bmp}, {OWN, 0, &teletex}, {OWN, 0, &universal},
};
static const fv_shape directory_string = SHAPE(FV_SHAPE_CHOICE, 0, directory_strings);

static const fv_shape_field other_name_fields[] = {
    {OWN, 0, &oid},
    {AROUND(0), FV_SHAPE_EXPLICIT, &any},
};
static const fv_shape other_name = FIELDS(other_name_fields);

static const fv_shape_field edi_party_fields[] = {
    {AROUND(0), FV_SHAPE_OPTIONAL | FV_SHAPE_EXPLICIT, &directory_string},
    {AROUND(1), FV_SHAPE_EXPLICIT, &directory_string},
};
static const fv_shape edi_party = FIELDS(edi_party_fields);

static const fv_shape_field general_name_kinds[] = {
    {AROUND(0), 0, &other_name},
    {IMPLICIT(1), 0, &fv_shape_ia5},
    {IMPLICIT(2), 0, &fv_shape_ia5},
    {AROUND(3), 0, &opaque},
    {AROUND(4), FV_SHAPE_EXPLICIT, &name},
    {AROUND(5), 0, &edi_party},
    {IMPLICIT(6), 0, &fv_shape_ia5},
    {IMPLICIT(7), 0, &address},
    {IMPLICIT(8), 0, &oid},
};
static const fv_shape general_name = SHAPE(FV_SHAPE_CHOICE, 0, general_name_kinds);
static const fv_shape_field one_general_name[] = {{OWN, 0, &general_name}};
static const fv_shape general_names = LIST(one_general_name);

/* ---- extensions ---- */

static const fv_shape_field key_id_fields[] = {
    {IMPLICIT(0), FV_SHAPE_OPTIONAL, &octets},
    {AROUND(1), FV_SHAPE_OPTIONAL, &general_names},
    {IMPLICIT(2), FV_SHAPE_OPTIONAL, &integer},
};
static const fv_shape key_id = FIELDS(key_id_fields);

static const fv_shape_field constraints_fields[] = {
    {OWN, FV_SHAPE_OPTIONAL, &boolean},
    {OWN, FV_SHAPE_OPTIONAL, &integer},
};
static const fv_shape constraints = FIELDS(constraints_fields);

static const fv_shape_field one_oid[] = {{OWN, 0, &oid}};
static const fv_shape purposes = LIST(one_oid);

static const fv_shape_field point_names[] = {
    {AROUND(0), 0, &general_names},
    {AROUND(1), 0, &rdn},
};
static const fv_shape point_name = SHAPE(FV_SHAPE_CHOICE, 0, point_names);
static const fv_shape_field point_fields[] = {
    {AROUND(0), FV_SHAPE_OPTIONAL | FV_SHAPE_EXPLICIT, &point_name},
    {IMPLICIT(1), FV_SHAPE_OPTIONAL, &bits},
    {AROUND(2), FV_SHAPE_OPTIONAL, &general_names},
};
static const fv_shape point = SHAPE(FV_SHAPE_POINT, FV_DER_SEQUENCE, point_fields);
static const fv_shape_field one_point[] = {{OWN, 0, &point}};
static const fv_shape points = LIST(one_point);

static const fv_shape_field description_fields[] = {{OWN, 0, &oid}, {OWN, 0, &general_name}};
static const fv_shape description = FIELDS(description_fields);
static const fv_shape_field one_description[] = {{OWN, 0, &description}};
static const fv_shape access = LIST(one_description);

static const fv_shape_field subtree_fields[] = {
    {OWN, 0, &general_name},
    {IMPLICIT(0), FV_SHAPE_OPTIONAL, &integer},
    {IMPLICIT(1), FV_SHAPE_OPTIONAL, &integer},
};
static const fv_shape subtree = FIELDS(subtree_fields);
static const fv_shape_field one_subtree[] = {{OWN, 0, &subtree}};
static const fv_shape subtrees = LIST(one_subtree);
static const fv_shape_field name_constraints_fields[] = {
    {AROUND(0), FV_SHAPE_OPTIONAL, &subtrees},
    {AROUND(1), FV_SHAPE_OPTIONAL, &subtrees},
};
static const fv_shape name_constraints = FIELDS(name_constraints_fields);

/* of a CRL (RFC 5280 5.2.5) */
static const fv_shape_field scope_fields[] = {
    {AROUND(0), FV_SHAPE_OPTIONAL | FV_SHAPE_EXPLICIT, &point_name},
    {IMPLICIT(1), FV_SHAPE_OPTIONAL, &boolean},
    {IMPLICIT(2), FV_SHAPE_OPTIONAL, &boolean},
    {IMPLICIT(3), FV_SHAPE_OPTIONAL, &bits},
    {IMPLICIT(4), FV_SHAPE_OPTIONAL, &boolean},
    {IMPLICIT(5), FV_SHAPE_OPTIONAL, &boolean},
};
static const fv_shape scope = FIELDS(scope_fields);

/* ---- policies ---- */

static const fv_shape_field display_texts[] = {
    {OWN, 0, &utf8},
    {OWN, 0, &visible},
    {OWN, 0, &bmp},
    {OWN, 0, &fv_shape_ia5},
};
const fv_shape fv_shape_display_text = SHAPE(FV_SHAPE_CHOICE, 0, display_texts);
static const fv_shape_field one_integer[] = {{OWN, 0, &integer}};
static const fv_shape integers = LIST(one_integer);
static const fv_shape_field reference_fields[] = {
    {OWN, 0, &fv_shape_display_text},
    {OWN, 0, &integers},
};
static const fv_shape reference = FIELDS(reference_fields);
static const fv_shape_field notice_fields[] = {
    {OWN, FV_SHAPE_OPTIONAL, &reference},
    {OWN, FV_SHAPE_OPTIONAL, &fv_shape_display_text},
};
const fv_shape fv_shape_user_notice = FIELDS(notice_fields);

static const fv_shape qualifier = LEAF(FV_SHAPE_QUALIFIER, FV_DER_SEQUENCE);
static const fv_shape_field one_qualifier[] = {{OWN, 0, &qualifier}};
static const fv_shape qualifiers = LIST(one_qualifier);
static const fv_shape_field policy_fields[] = {
    {OWN, 0, &oid},
    {OWN, FV_SHAPE_OPTIONAL, &qualifiers},
};
static const fv_shape policy = FIELDS(policy_fields);
static const fv_shape_field one_policy[] = {{OWN, 0, &policy}};
static const fv_shape policies = LIST(one_policy);

static const fv_shape_field mapping_fields[] = {{OWN, 0, &oid}, {OWN, 0, &oid}};
static const fv_shape mapping = FIELDS(mapping_fields);
static const fv_shape_field one_mapping[] = {{OWN, 0, &mapping}};
static const fv_shape mappings = LIST(one_mapping);

static const fv_shape_field policy_constraints_fields[] = {
    {IMPLICIT(0), FV_SHAPE_OPTIONAL, &integer},
    {IMPLICIT(1), FV_SHAPE_OPTIONAL, &integer},
};
static const fv_shape policy_constraints = FIELDS(policy_constraints_fields);

/* ---- statements ---- */

static const fv_shape_field period_fields[] = {
    {IMPLICIT(0), FV_SHAPE_OPTIONAL, &date},
    {IMPLICIT(1), FV_SHAPE_OPTIONAL, &date},
};
static const fv_shape period = FIELDS(period_fields);

static const fv_shape_field one_value[] = {{OWN, 0, &any}};
static const fv_shape values = SHAPE(FV_SHAPE_LIST, FV_DER_SET, one_value);
static const fv_shape_field attribute_fields[] = {{OWN, 0, &oid}, {OWN, 0, &values}};
static const fv_shape attribute = FIELDS(attribute_fields);
static const fv_shape_field one_attribute[] = {{OWN, 0, &attribute}};
static const fv_shape attributes = LIST(one_attribute);

static const fv_shape_field statement_fields[] = {
    {OWN, 0, &oid},
    {OWN, FV_SHAPE_OPTIONAL, &any},
};
static const fv_shape statement = FIELDS(statement_fields);
static const fv_shape_field one_statement[] = {{OWN, 0, &statement}};
static const fv_shape statements = LIST(one_statement);

static const struct {
    fv_extension_id id;
    const fv_shape *shape;
} shapes[] = {
    {FV_EXT_SUBJECT_ALT_NAME, &general_names},
    {FV_EXT_ISSUER_ALT_NAME, &general_names},
    {FV_EXT_AUTHORITY_KEY_ID, &key_id},
    {FV_EXT_SUBJECT_KEY_ID, &octets},
    {FV_EXT_BASIC_CONSTRAINTS, &constraints},
    {FV_EXT_KEY_USAGE, &bits},
    {FV_EXT_EXTENDED_KEY_USAGE, &purposes},
    {FV_EXT_CRL_DISTRIBUTION_POINTS, &points},
    {FV_EXT_FRESHEST_CRL, &points},
    {FV_EXT_AUTHORITY_INFO_ACCESS, &access},
    {FV_EXT_SUBJECT_INFO_ACCESS, &access},
    {FV_EXT_NAME_CONSTRAINTS, &name_constraints},
    {FV_EXT_CERTIFICATE_POLICIES, &policies},
    {FV_EXT_APPLICATION_POLICIES, &policies},
    {FV_EXT_POLICY_MAPPINGS, &mappings},
    {FV_EXT_POLICY_CONSTRAINTS, &policy_constraints},
    {FV_EXT_INHIBIT_ANY_POLICY, &integer},
    {FV_EXT_PRIVATE_KEY_USAGE_PERIOD, &period},
    {FV_EXT_SUBJECT_DIRECTORY_ATTRIBUTES, &attributes},
    {FV_EXT_QC_STATEMENTS, &statements},
    {FV_EXT_TLS_FEATURE, &integers},
    {FV_EXT_NETSCAPE_CERT_TYPE, &bits},
    {FV_EXT_ISSUING_DISTRIBUTION_POINT, &scope},
    {FV_EXT_CRL_NUMBER, &integer},
    {FV_EXT_DELTA_CRL_INDICATOR, &integer},
};

const fv_shape *fv_shape_find(fv_extension_id id)
{
    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
        if (shapes[i].id == id)
            return shapes[i].shape;
    }
    return NULL;
}
