/* Names files that people take for certificates, by their first bytes. */
#include "x509/bundle.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct {
    fv_text beginning;
    const char *name;
} foreign[] = {
    {{"PK\x03\x04", 4}, "a zip archive"},
    {{"\x1F\x8B", 2}, "a gzip archive"},
    {{"%PDF-", 5}, "a PDF document"},
    {{"\xFE\xED\xFE\xED", 4}, "a Java key store (JKS): export the certificate with keytool"},
    {{"\xCE\xCE\xCE\xCE", 4}, "a Java key store (JCEKS): export the certificate with keytool"},
    {{"-----BEGIN PGP", 14}, "a PGP key or message"},
    {{"PuTTY-User-Key-File", 19}, "a PuTTY key"},
    {{"ssh-", 4}, "an SSH public key"},
    {{"ecdsa-sha2-", 11}, "an SSH public key"},
    {{"Certificate:\n", 13}, "the text of a certificate, without its PEM block"},
    {{"Certificate:\r\n", 14}, "the text of a certificate, without its PEM block"},
    {{"Certificate Request:", 20}, "the text of a certificate request, without its PEM block"},
    {{"Certificate Revocation List", 27}, "the text of a CRL, without its PEM block"},
    {{"<!DOCTYPE", 9}, "a web page (HTML)"},
    {{"<html", 5}, "a web page (HTML)"},
    {{"<?xml", 5}, "an XML document"},
    {{"{", 1}, "a JSON document"},
};

const char *fv_bundle_foreign_name(fv_bytes bytes)
{
    fv_text text = fv_text_trim((fv_text){(const char *)bytes.data, bytes.len});
    for (size_t i = 0; i < COUNT(foreign); i++) {
        if (fv_text_starts_nocase(text, foreign[i].beginning))
            return foreign[i].name;
    }
    return NULL;
}
