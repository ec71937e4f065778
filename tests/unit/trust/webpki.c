/* What RFC 5280 4 and the Baseline Requirements ask of issuers: refused in the webpki profile, let
 * pass in the others. */
#include "test.h"

enum { SOUND, LEAF_BAD, ISSUER_BAD, ROOT_BAD };

static const struct {
    const char *what;
    toy_cert leaf, issuing, root; /* names and keys are filled in */
    int where;
    const char *reason;
} rows[] = {
    {"sound", {.key = 0}, {.key = 0}, {.key = 0}, SOUND, ""},
    {"no AKI",
     {.no_key_ids = true},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "it has no authorityKeyIdentifier"},
    {"another AKI",
     {.wrong_issuer_key_id = 7},
     {.key = 0},
     {.key = 0},
     ISSUER_BAD,
     "its subjectKeyIdentifier is not the authorityKeyIdentifier of what it issued"},
    {"no ids on the CA",
     {.key = 0},
     {.no_key_ids = true},
     {.key = 0},
     ISSUER_BAD,
     "it has no authorityKeyIdentifier"},
    {"no ids on the root",
     {.key = 0},
     {.key = 0},
     {.no_key_ids = true},
     ROOT_BAD,
     "it has no subjectKeyIdentifier"},
    {"no keyUsage on the CA",
     {.key = 0},
     {.no_usage = true},
     {.key = 0},
     ISSUER_BAD,
     "it has no keyUsage"},
    {"constraints not critical, which BR 7.1.2.10 allows",
     {.key = 0},
     {.permitted = "dns:example.com", .constraints_not_critical = true},
     {.key = 0},
     SOUND,
     ""},
    {"constraint with a dot in front",
     {.key = 0},
     {.permitted = "dns:.example.com"},
     {.key = 0},
     ISSUER_BAD,
     "nameConstraints has an entry that nothing can be compared with"},
    {"EKU on the root",
     {.key = 0},
     {.key = 0},
     {.eku = "server"},
     ROOT_BAD,
     "a root certificate has extKeyUsage"},
    {"root of version 1", {.key = 0}, {.key = 0}, {.version = 1}, ROOT_BAD, "the version is not 3"},
    {"long dates on the root", {.key = 0}, {.key = 0}, {.long_dates = true}, SOUND, ""},
    {"long dates on the CA",
     {.key = 0},
     {.long_dates = true},
     {.key = 0},
     ISSUER_BAD,
     "a date before 2050 is a GeneralizedTime"},
    {"any EKU on the leaf",
     {.eku = "any,server"},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "extKeyUsage has anyExtendedKeyUsage"},
    {"no EKU on the leaf", {.eku = "-"}, {.key = 0}, {.key = 0}, LEAF_BAD, "it has no extKeyUsage"},
    {"critical EKU on the leaf",
     {.eku_critical = true},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "extKeyUsage is critical"},
    {"EKU on the CA", {.key = 0}, {.eku = "server,client"}, {.key = 0}, SOUND, ""},
    {"critical EKU on the CA",
     {.key = 0},
     {.eku = "server", .eku_critical = true},
     {.key = 0},
     ISSUER_BAD,
     "extKeyUsage is critical"},
    {"any EKU alone on the CA", {.key = 0}, {.eku = "any"}, {.key = 0}, SOUND, ""},
    {"any EKU and another on the CA",
     {.key = 0},
     {.eku = "server,any"},
     {.key = 0},
     ISSUER_BAD,
     "extKeyUsage has a purpose that a CA of TLS servers must not have"},
    {"EKU for mail on the CA",
     {.key = 0},
     {.eku = "server,other"},
     {.key = 0},
     ISSUER_BAD,
     "extKeyUsage has a purpose that a CA of TLS servers must not have"},
    {"CRL distribution point of two forms",
     {.odd_point = true},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "cRLDistributionPoints has a name that is no URI"},
    {"leaf that is a CA", {.ca = true}, {.key = 0}, {.key = 0}, LEAF_BAD, "it is a CA certificate"},
    {"leaf that may sign",
     {.usage = FV_KEY_USAGE_CRL_SIGN},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "keyUsage has keyCertSign or cRLSign and it is no CA"},
    {"ECDSA key for encipherment",
     {.usage = FV_KEY_USAGE_DIGITAL_SIGNATURE | FV_KEY_USAGE_KEY_ENCIPHERMENT},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "keyUsage has a bit that does not go with its key"},
    {"ECDSA key for agreement",
     {.usage = FV_KEY_USAGE_DIGITAL_SIGNATURE | FV_KEY_USAGE_KEY_AGREEMENT},
     {.key = 0},
     {.key = 0},
     SOUND,
     ""},
    {"ECDSA key for agreement alone",
     {.usage = FV_KEY_USAGE_KEY_AGREEMENT},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "keyUsage has no digitalSignature although the key is for ECDSA"},
    {"no keyUsage on the leaf", {.no_usage = true}, {.key = 0}, {.key = 0}, SOUND, ""},
    {"no keyUsage on the root", {.key = 0}, {.key = 0}, {.no_usage = true}, SOUND, ""},
    {"leaf with constraints",
     {.permitted = "dns:example.com"},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "it has nameConstraints and is no CA"},
    {"no SAN", {.names = "-"}, {.key = 0}, {.key = 0}, LEAF_BAD, "it has no subjectAltName"},
    {"underscore",
     {.names = "dns:a_b.example.com"},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "a dNSName is no host name"},
    {"wildcard above one label",
     {.names = "dns:*.com"},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "a dNSName is a wildcard above a single label"},
    {"wildcard", {.names = "dns:*.example.com"}, {.key = 0}, {.key = 0}, SOUND, ""},
    {"CN in capitals",
     {.subject = "HOST.example.com"},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "the Common Name is not copied to the letter from a subjectAltName entry"},
    {"CN in Unicode",
     {.subject = "m\xc3\xbcller.example"},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "the Common Name is not copied to the letter from a subjectAltName entry"},
    {"CN a loose address",
     {.subject = "192.0.2.01", .names = "ip:192.0.2.1"},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "the Common Name is not copied to the letter from a subjectAltName entry"},
    {"CN a hexadecimal address",
     {.subject = "0xC0000201", .names = "ip:192.0.2.1"},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "the Common Name is not copied to the letter from a subjectAltName entry"},
    {"CN an address of hexadecimal parts",
     {.subject = "192.0.2.0x1", .names = "ip:192.0.2.1"},
     {.key = 0},
     {.key = 0},
     LEAF_BAD,
     "the Common Name is not copied to the letter from a subjectAltName entry"},
    {"CN that begins like a number", {.subject = "0xyz"}, {.key = 0}, {.key = 0}, SOUND, ""},
    {"CN an address",
     {.subject = "192.0.2.1", .names = "ip:192.0.2.1"},
     {.key = 0},
     {.key = 0},
     SOUND,
     ""},
    {"CN that is no host", {.subject = "Some Company"}, {.key = 0}, {.key = 0}, SOUND, ""},
};

static toy_cert complete(toy_cert cert, const char *subject, unsigned key, const char *issuer,
                         unsigned signer)
{
    cert.subject = cert.subject != NULL ? cert.subject : subject;
    cert.key = key;
    cert.issuer = issuer;
    cert.signer = signer;
    return cert;
}

static void send_row(toy *t, size_t i)
{
    toy_cert leaf = complete(rows[i].leaf, "host.example.com", 3, "Issuing", 2);
    toy_cert issuing = complete(rows[i].issuing, "Issuing", 2, "Root", 1);
    toy_cert root = complete(rows[i].root, "Root", 1, NULL, 0);
    issuing.ca = root.ca = true;
    if (leaf.names == NULL)
        leaf.names = "dns:host.example.com";
    else if (leaf.names[0] == '-')
        leaf.names = NULL;
    if (leaf.eku == NULL)
        leaf.eku = "server";
    else if (leaf.eku[0] == '-')
        leaf.eku = NULL;
    toy_trust(t, FEDVAL_ANCHOR_PUBLIC, &root);
    toy_send(t, &leaf);
    toy_send(t, &issuing);
}

static void a_slip_of_the_issuer_is_refused_in_the_web_pki_alone(void **state)
{
    static const char *const names[] = {"", "CN=host.example.com", "CN=Issuing", "CN=Root"};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        toy t;
        toy_open(&t);
        send_row(&t, i);
        toy_run(&t);
        assert_int_equal(toy_count(&t.result.chain, FEDVAL_FINDING_CERT_MALFORMED), 0);
        assert_int_equal(toy_count(&t.result.end_entity, FEDVAL_FINDING_CERT_MALFORMED), 0);
        toy_set_profile(&t, FEDVAL_PROFILE_WEBPKI);
        toy_run(&t);
        const fv_trust_remarks *found =
            rows[i].where == LEAF_BAD ? &t.result.end_entity : &t.result.chain;
        const char *reason = toy_param(found, FEDVAL_FINDING_CERT_MALFORMED, "reason");
        if (strcmp(reason, rows[i].reason) != 0)
            fail_msg("%s: %s", rows[i].what, toy_describe(&t, found));
        if (rows[i].where > LEAF_BAD) {
            assert_string_equal(toy_param(found, FEDVAL_FINDING_CERT_MALFORMED, "certificate"),
                                names[rows[i].where]);
        }
        toy_close(&t);
    }
}

/* The Baseline Requirements are those of TLS servers. */
static void clients_may_have_what_servers_may_not(void **state)
{
    static const toy_cert clients[] = {
        {LEAF, .issuer = "Issuing", .signer = 2},
        {LEAF, .issuer = "Issuing", .signer = 2, .eku = "client", .eku_critical = true},
        {LEAF, .issuer = "Issuing", .signer = 2, .usage = FV_KEY_USAGE_KEY_AGREEMENT},
        {LEAF, .issuer = "Issuing", .signer = 2, .usage = FV_KEY_USAGE_CONTENT_COMMITMENT},
        {LEAF, .issuer = "Issuing", .signer = 2, .odd_point = true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(clients) / sizeof(clients[0]); i++) {
        toy t;
        toy_open(&t);
        toy_set_profile(&t, FEDVAL_PROFILE_WEBPKI);
        t.purpose = FEDVAL_PURPOSE_CLIENT;
        TOY_TRUST(&t, ROOT);
        toy_send(&t, &clients[i]);
        TOY_SEND(&t, ISSUING, .issuer = "Root", .signer = 1, .eku = "client,other");
        toy_run(&t);
        ASSERT_TRUST(&t, FEDVAL_TRUST_BY_PUBLIC);
        assert_int_equal(toy_count(&t.result.end_entity, FEDVAL_FINDING_CERT_MALFORMED), 0);
        toy_close(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slip_of_the_issuer_is_refused_in_the_web_pki_alone),
        cmocka_unit_test(clients_may_have_what_servers_may_not),
    };
    return cmocka_run_group_tests_name("trust/webpki", tests, NULL, NULL);
}
