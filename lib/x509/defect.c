#include "x509/defect.h"

static const char *const texts[FV_DEFECT_NUM_KINDS] = {
    [FV_DEFECT_LENGTH_FORM] = "a length has more bytes than it needs",
    [FV_DEFECT_TRAILING_BYTES] = "bytes after the end of a structure",
    [FV_DEFECT_STRUCTURE] = "a field is missing or out of place",
    [FV_DEFECT_VERSION] = "the version is not 1, 2 or 3, or version 1 is written out",
    [FV_DEFECT_INTEGER_FORM] = "an integer is empty or longer than it needs to be",
    [FV_DEFECT_SERIAL_NOT_POSITIVE] = "the serial number is not positive",
    [FV_DEFECT_SERIAL_TOO_LONG] = "the serial number has more than 20 octets",
    [FV_DEFECT_ALGORITHM_MISMATCH] = "the two signature algorithms differ",
    [FV_DEFECT_ALGORITHM_FORM] = "a signature algorithm cannot be read",
    [FV_DEFECT_ALGORITHM_PARAMETERS] =
        "the signature algorithm or the key has the wrong parameters",
    [FV_DEFECT_ISSUER] = "the issuer name cannot be read",
    [FV_DEFECT_ISSUER_EMPTY] = "the issuer name is empty",
    [FV_DEFECT_SUBJECT] = "the subject name cannot be read",
    [FV_DEFECT_TIME] = "a date cannot be read",
    [FV_DEFECT_TIME_FORM] = "a date lacks its seconds or its Z",
    [FV_DEFECT_TIME_TYPE] = "a date before 2050 is a GeneralizedTime",
    [FV_DEFECT_KEY] = "the public key cannot be read",
    [FV_DEFECT_SIGNATURE_BITS] = "the signature does not consist of whole bytes",
    [FV_DEFECT_UNIQUE_ID] = "a version 1 certificate has a unique identifier",
    [FV_DEFECT_EXTENSIONS_VERSION] = "there are extensions but the version does not allow them",
    [FV_DEFECT_EXTENSIONS_EMPTY] = "the list of extensions is empty",
    [FV_DEFECT_EXTENSION_FORM] = "an extension cannot be read",
    [FV_DEFECT_EXTENSION_DUPLICATE] = "an extension occurs twice",
    [FV_DEFECT_EXTENSION_VALUE] = "the contents of an extension cannot be read",
    [FV_DEFECT_BOOLEAN] = "a boolean is not in its one allowed form",
    [FV_DEFECT_STRING] = "a text in a name is not in the encoding of its type",
    [FV_DEFECT_OID_FORM] = "an object identifier is not in its shortest form",
    [FV_DEFECT_CHARACTERS] = "a text in a name has characters that its type does not have",
    [FV_DEFECT_PATH_LENGTH] = "there is a path length, but it is no CA",
    [FV_DEFECT_CRL_ISSUER_NAME] = "a certificateIssuer of the CRL has a malformed name",
    [FV_DEFECT_BYTES_BEHIND] = "bytes after its end",
    [FV_DEFECT_STRING_KIND] = "a value in a name is of a type that is no text",
    [FV_DEFECT_STRING_CONTENTS] = "a text in a name is empty or has a NUL character",
    [FV_DEFECT_SAN_NOT_CRITICAL] = "the subject is empty, but the subjectAltName is not critical",
    [FV_DEFECT_POLICY_TWICE] = "the certificatePolicies name a policy twice",
    [FV_DEFECT_PRINTABLE] = "a PrintableString in a name has characters outside its set",
    [FV_DEFECT_NUMERIC] = "a NumericString in a name has more than digits and blanks",
    [FV_DEFECT_COMMON_NAME_LENGTH] = "a Common Name has more than 64 characters",
    [FV_DEFECT_ATTRIBUTE_LENGTH] = "a text in a name is longer than its kind may be",
    [FV_DEFECT_COUNTRY] = "a countryName does not consist of two letters",
    [FV_DEFECT_KEY_USAGE_ZEROS] = "the keyUsage ends in zero bits",
    [FV_DEFECT_KEY_USAGE_BITS] = "the keyUsage has bits that stand for no use",
    [FV_DEFECT_LEAF_CONSTRAINTS] = "there are nameConstraints, but it is no CA",
    [FV_DEFECT_SUBTREE_MINIMUM] = "the nameConstraints write out a minimum of 0, the default",
    [FV_DEFECT_EXTENSION_CONTENTS] = "something inside an extension is not encoded as it should be",
    [FV_DEFECT_TEXT] = "a text is not in the encoding of its type",
    [FV_DEFECT_TEXT_CONTENTS] = "a text is empty or has a NUL character",
    [FV_DEFECT_EMPTY] = "a list or a name is empty",
    [FV_DEFECT_ADDRESS] = "an IP address has a wrong length",
    [FV_DEFECT_BIT_PADDING] = "unused bits at the end of a bit string are set",
    [FV_DEFECT_ELEMENT_KIND] = "an entry is of no kind that exists",
    [FV_DEFECT_NOT_DER] = "a value is encoded in a way that DER does not have",
};

const char *fv_defect_to_text(fv_defect_kind kind)
{
    return (unsigned)kind < FV_DEFECT_NUM_KINDS ? texts[kind] : NULL;
}

void fv_defects_add(fv_defects *defects, fv_defect_kind kind, size_t offset)
{
    if (fv_defects_has(defects, kind))
        return;
    defects->kinds |= FV_DEFECT_BIT(kind);
    if (defects->num_items < FV_DEFECTS_KEPT)
        defects->items[defects->num_items++] = (fv_defect){kind, offset};
}
