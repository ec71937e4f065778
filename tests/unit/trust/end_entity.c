/* The end-entity certificate by itself: what is wrong with it does not touch its path. */
#include "test.h"

#include "trust/rules.h"

static const struct {
    const char *what;
    toy_cert leaf;
    uint32_t purpose;
    uint32_t code; /* 0: nothing */
} rows[] = {
    {"sound", {.eku = "server,client"}, FEDVAL_PURPOSE_SERVER, 0},
    {"no EKU", {.eku = NULL}, FEDVAL_PURPOSE_SERVER, 0},
    {"any EKU", {.eku = "any"}, FEDVAL_PURPOSE_SERVER, 0},
    {"expired", {.to = "291231"}, FEDVAL_PURPOSE_SERVER, FEDVAL_FINDING_CERT_EXPIRED},
    {"the last moment", {.to = "300101"}, FEDVAL_PURPOSE_SERVER, FEDVAL_FINDING_CERT_EXPIRES_SOON},
    {"the first moment", {.from = "300101"}, FEDVAL_PURPOSE_SERVER, 0},
    {"not yet valid", {.from = "300102"}, FEDVAL_PURPOSE_SERVER, FEDVAL_FINDING_CERT_NOT_YET_VALID},
    {"29 days left", {.to = "300130"}, FEDVAL_PURPOSE_SERVER, FEDVAL_FINDING_CERT_EXPIRES_SOON},
    {"30 days left", {.to = "300131"}, FEDVAL_PURPOSE_SERVER, 0},
    {"serverAuth alone",
     {.eku = "server"},
     FEDVAL_PURPOSE_SERVER,
     FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH},
    {"clientAuth alone",
     {.eku = "client"},
     FEDVAL_PURPOSE_SERVER,
     FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH},
    {"clientAuth alone, for any purpose", {.eku = "client"}, FEDVAL_PURPOSE_ANY, 0},
    {"clientAuth alone, of a client", {.eku = "client"}, FEDVAL_PURPOSE_CLIENT, 0},
    {"serverAuth alone, of a client",
     {.eku = "server"},
     FEDVAL_PURPOSE_CLIENT,
     FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH},
    {"unknown critical extension",
     {.unknown_critical = true},
     FEDVAL_PURPOSE_SERVER,
     FEDVAL_FINDING_CHAIN_UNKNOWN_CRITICAL_EXTENSION},
    {"no distribution point",
     {.no_urls = true},
     FEDVAL_PURPOSE_SERVER,
     FEDVAL_FINDING_CERT_NO_CRL_DISTRIBUTION_POINT},
};

static void an_end_entity_certificate_is_sound_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        toy t;
        toy_cert leaf = rows[i].leaf;
        toy_open(&t);
        leaf.subject = "host.example.com";
        leaf.names = "dns:host.example.com";
        leaf.key = 3;
        leaf.issuer = "Root";
        leaf.signer = 1;
        t.purpose = rows[i].purpose;
        TOY_TRUST(&t, ROOT);
        toy_send(&t, &leaf);
        toy_run(&t);
        const fv_trust_remarks *found = &t.result.end_entity;
        bool is_right = rows[i].code == 0
                            ? found->num_items == 0
                            : found->num_items == 1 && found->items[0].remark.code == rows[i].code;
        if (!is_right)
            fail_msg("%s: %s", rows[i].what, toy_describe(&t, found));
        assert_int_equal(t.result.trust, FEDVAL_TRUST_BY_PUBLIC);
        toy_close(&t);
    }
}

static void the_parameters_say_what_was_seen(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .eku = "client,other", .to = "291231");
    toy_run(t);
    const fv_trust_remarks *found = &t->result.end_entity;
    assert_string_equal(toy_param(found, FEDVAL_FINDING_CERT_EXPIRED, "not_after"),
                        "2029-12-31T00:00:00Z");
    assert_string_equal(toy_param(found, FEDVAL_FINDING_CERT_EXPIRED, "time"),
                        "2030-01-01T00:00:00Z");
    assert_string_equal(toy_param(found, FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH, "usages"),
                        "clientAuth, 1.3.6.1.5.5.7.3.4");
    assert_string_equal(toy_param(found, FEDVAL_FINDING_CERT_EXPIRED, "certificate"),
                        "CN=host.example.com");
}

static void the_web_pki_asks_for_one_purpose(void **state)
{
    toy *t = *state;
    toy_set_profile(t, FEDVAL_PROFILE_WEBPKI);
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .eku = "server");
    toy_run(t);
    assert_int_equal(t->result.end_entity.num_items, 0);
    t->purpose = FEDVAL_PURPOSE_CLIENT;
    toy_run(t);
    assert_int_equal(toy_count(&t->result.end_entity, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH), 1);
}

static void microsoft_knows_its_own_purposes(void **state)
{
    toy *t = *state;
    const fv_trust_remarks *own = &t->result.end_entity;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .application_policies = "client");
    toy_run(t);
    assert_int_equal(toy_count(own, FEDVAL_FINDING_CHAIN_UNKNOWN_CRITICAL_EXTENSION), 0);
    assert_int_equal(toy_count(own, FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH), 1);
    toy_set_profile(t, FEDVAL_PROFILE_EXPRESSWAY);
    toy_run(t);
    assert_int_equal(toy_count(own, FEDVAL_FINDING_CHAIN_UNKNOWN_CRITICAL_EXTENSION), 1);
    assert_int_equal(toy_count(own, FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH), 0);
}

/* OpenSSL reads a version that does not exist, but none that is no INTEGER. */
static void expressway_loads_a_version_that_does_not_exist(void **state)
{
    toy *t = *state;
    const fv_trust_remarks *own = &t->result.end_entity;
    for (int odd = 0; odd < 2; odd++) {
        toy_close(t);
        toy_open(t);
        toy_set_profile(t, FEDVAL_PROFILE_EXPRESSWAY);
        TOY_TRUST(t, ROOT);
        TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .version = 5, .odd_version = odd == 1);
        toy_run(t);
        assert_string_equal(toy_param(own, FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS, "consequence"),
                            odd == 1 ? "OpenSSL cannot use it" : "strict peers may refuse it");
    }
}

/* RFC 5924: id-kp-sipDomain is the purpose of a SIP domain's certificate. */
static void a_sip_domain_is_a_purpose_to_sip_peers(void **state)
{
    toy *t = *state;
    const fv_trust_remarks *own = &t->result.end_entity;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .eku = "domain");
    toy_run(t);
    assert_int_equal(toy_count(own, FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH), 1);
    toy_set_profile(t, FEDVAL_PROFILE_RFC5922_SIP);
    toy_run(t);
    assert_int_equal(toy_count(own, FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH), 0);
}

static const uint8_t long_number[9] = {1, 0, 0, 0, 0, 0, 0, 0, 1};
#define EXPONENT(len) .rsa_exponent = {long_number, len}

/* No peer with OpenSSL can check a signature with one of these, be it of a handshake or of a CA. */
static const struct {
    const char *what;
    fv_subject_key key;
    bool is_error; /* under the profile of an Expressway */
    size_t of_leaf, of_issuer;
} unusual_keys[] = {
    {"an unknown algorithm", {.type = FV_KEY_OTHER}, true, 1, 0},
    {"an unknown curve", {.type = FV_KEY_EC, .curve = FV_CURVE_UNKNOWN}, true, 1, 0},
    {"another curve", {.type = FV_KEY_EC, .curve = FV_CURVE_OTHER}, false, 1, 0},
    {"a long exponent", {.type = FV_KEY_RSA, .num_bits = 3073, EXPONENT(9)}, true, 1, 1},
    {"the same for PSS", {.type = FV_KEY_RSA_PSS, .num_bits = 3073, EXPONENT(9)}, true, 1, 1},
    {"64 bits", {.type = FV_KEY_RSA, .num_bits = 3073, EXPONENT(8)}, false, 0, 0},
    {"a small modulus", {.type = FV_KEY_RSA, .num_bits = 3072, EXPONENT(9)}, false, 0, 0},
    {"a large modulus", {.type = FV_KEY_RSA, .num_bits = 16385, EXPONENT(1)}, true, 1, 1},
    {"the largest modulus", {.type = FV_KEY_RSA, .num_bits = 16384, EXPONENT(1)}, false, 1, 0},
};

static void judge_unusual_key(toy *t, size_t row, uint32_t rung, fv_trust_remarks *out)
{
    fv_certificate certificate = {.key = unusual_keys[row].key};
    certificate.key.presence = FV_KNOWN;
    fv_trust_input input = toy_input(t);
    fv_sink sink = {.input = &input, .arena = &t->arena, .remarks = out, .at.rung = rung};
    *out = (fv_trust_remarks){0};
    fv_trust_judge_key(&sink, &certificate);
}

static void a_key_that_openssl_cannot_use_is_an_error_for_an_expressway(void **state)
{
    toy *t = *state;
    for (size_t i = 0; i < 2 * sizeof(unusual_keys) / sizeof(unusual_keys[0]); i++) {
        bool is_expressway = i % 2 == 0, is_error = is_expressway && unusual_keys[i / 2].is_error;
        fv_trust_remarks leaf, issuer;
        toy_set_profile(t,
                        is_expressway ? FEDVAL_PROFILE_EXPRESSWAY : FEDVAL_PROFILE_MICROSOFT_EDGE);
        judge_unusual_key(t, i / 2, 0, &leaf);
        judge_unusual_key(t, i / 2, 1, &issuer);
        if (leaf.num_items != unusual_keys[i / 2].of_leaf ||
            issuer.num_items != (is_expressway ? unusual_keys[i / 2].of_issuer : 0))
            fail_msg("%s: %s", unusual_keys[i / 2].what, toy_describe(t, &leaf));
        if (leaf.num_items == 0)
            continue;
        assert_int_equal(leaf.items[0].remark.code, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED);
        assert_int_equal(leaf.items[0].remark.severity == FEDVAL_SEVERITY_ERROR, is_error);
    }
}

static void a_long_exponent_is_named(void **state)
{
    toy *t = *state;
    fv_trust_remarks found;
    judge_unusual_key(t, 3, 0, &found);
    assert_string_equal(toy_param(&found, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED, "key"),
                        "RSA 3073 with an exponent of more than 64 bits");
    assert_string_equal(toy_param(&found, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED, "wanted"),
                        "RSA with an exponent of 64 bits at most");
}

static const fv_extension critical_pointer = {.id = FV_EXT_AUTHORITY_KEY_ID, .is_critical = true};
static const fv_extension critical_id = {.id = FV_EXT_SUBJECT_KEY_ID, .is_critical = true};
static const fv_extension proxy = {.id = FV_EXT_PROXY_CERT_INFO};

/* What OpenSSL, and so an Expressway, refuses although RFC 5280 lets it pass. */
static const struct {
    const char *what;
    fv_certificate certificate;
    uint32_t purpose, code;
    bool is_warned_of_elsewhere, is_calling;
} refused_by_openssl[] = {
    {"a server's nsCertType for clients",
     {.netscape_type = {.presence = FV_KNOWN, .bits = FV_NETSCAPE_SSL_CLIENT}},
     FEDVAL_PURPOSE_SERVER,
     FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH,
     .is_warned_of_elsewhere = true},
    {"a server's nsCertType for neither",
     {.netscape_type = {.presence = FV_KNOWN}},
     FEDVAL_PURPOSE_SERVER,
     FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH,
     .is_warned_of_elsewhere = true},
    {"a client's nsCertType for servers",
     {.netscape_type = {.presence = FV_KNOWN, .bits = FV_NETSCAPE_SSL_SERVER}},
     FEDVAL_PURPOSE_CLIENT,
     FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH,
     .is_warned_of_elsewhere = true},
    {"a caller's nsCertType for servers",
     {.netscape_type = {.presence = FV_KNOWN, .bits = FV_NETSCAPE_SSL_SERVER}},
     FEDVAL_PURPOSE_ANY,
     FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH,
     .is_warned_of_elsewhere = true,
     .is_calling = true},
    {"anyExtendedKeyUsage alone",
     {.extended_key_usage = {.presence = FV_KNOWN, .has_any = true, .has_client_auth = true}},
     FEDVAL_PURPOSE_SERVER,
     FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH,
     .is_warned_of_elsewhere = false},
    {"a critical authorityKeyIdentifier",
     {.extensions = &critical_pointer, .num_extensions = 1},
     FEDVAL_PURPOSE_SERVER,
     FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS,
     .is_warned_of_elsewhere = true},
    {"a critical subjectKeyIdentifier",
     {.extensions = &critical_id, .num_extensions = 1},
     FEDVAL_PURPOSE_SERVER,
     FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS,
     .is_warned_of_elsewhere = true},
    {"IP addresses that are not in order (RFC 3779)",
     {.ip_resources = {.presence = FV_KNOWN, .fault = "its entries are not in order"}},
     FEDVAL_PURPOSE_SERVER,
     FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS,
     .is_warned_of_elsewhere = true},
    {"a proxy certificate",
     {.extensions = &proxy, .num_extensions = 1},
     FEDVAL_PURPOSE_SERVER,
     FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS,
     .is_warned_of_elsewhere = true},
};

/* No peer is known to refuse them, so no profile does. */
static void slips_against_the_rules_alone_are_warnings(void **state)
{
    toy *t = *state;
    static const uint32_t profiles[] = {FEDVAL_PROFILE_EXPRESSWAY, FEDVAL_PROFILE_MICROSOFT_EDGE,
                                        FEDVAL_PROFILE_WEBPKI};
    for (size_t i = 0; i < 2 * sizeof(profiles) / sizeof(profiles[0]); i++) {
        bool has_slip = i % 2 == 0;
        fv_trust_remarks remarks = {0};
        const fv_certificate certificate = {
            .defects.kinds = has_slip ? FV_DEFECT_BIT(FV_DEFECT_KEY_USAGE_ZEROS) : 0};
        toy_set_profile(t, profiles[i / 2]);
        fv_trust_input input = toy_input(t);
        fv_sink sink = {.input = &input, .arena = &t->arena, .remarks = &remarks};
        fv_trust_judge_encoding(&sink, &certificate, false);
        assert_int_equal(remarks.num_items, 0);
        fv_trust_judge_slips(&sink, &certificate);
        assert_int_equal(remarks.num_items, has_slip ? 1 : 0);
        assert_int_equal(sink.num_faults, 0);
        if (!has_slip)
            continue;
        assert_int_equal(remarks.items[0].remark.severity, FEDVAL_SEVERITY_WARNING);
        assert_string_equal(
            toy_param(&remarks, FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS, "consequence"),
            "RFC 5280 does not allow it");
    }
}

static void expressway_refuses_what_openssl_does(void **state)
{
    toy *t = *state;
    for (size_t i = 0; i < 2 * sizeof(refused_by_openssl) / sizeof(refused_by_openssl[0]); i++) {
        bool is_expressway = i % 2 == 0;
        fv_trust_remarks remarks = {0};
        t->purpose = refused_by_openssl[i / 2].purpose;
        toy_set_profile(t,
                        is_expressway ? FEDVAL_PROFILE_EXPRESSWAY : FEDVAL_PROFILE_MICROSOFT_EDGE);
        fv_trust_input input = toy_input(t);
        input.is_calling = refused_by_openssl[i / 2].is_calling;
        fv_sink sink = {.input = &input, .arena = &t->arena, .remarks = &remarks};
        fv_trust_judge_asked(&sink, &refused_by_openssl[i / 2].certificate);
        if (!is_expressway && !refused_by_openssl[i / 2].is_warned_of_elsewhere) {
            assert_int_equal(remarks.num_items, 0);
            continue;
        }
        if (remarks.num_items != 1 ||
            remarks.items[0].remark.code != refused_by_openssl[i / 2].code)
            fail_msg("%s: %s", refused_by_openssl[i / 2].what, toy_describe(t, &remarks));
        bool is_warning = remarks.items[0].remark.severity == FEDVAL_SEVERITY_WARNING;
        assert_int_equal(is_warning, !is_expressway);
    }
}

static void an_nscerttype_that_fits_is_sound(void **state)
{
    static const struct {
        uint32_t bits, purpose;
        bool is_calling;
    } fitting[] = {
        {FV_NETSCAPE_SSL_CLIENT | FV_NETSCAPE_SSL_SERVER, FEDVAL_PURPOSE_SERVER, false},
        {FV_NETSCAPE_SSL_SERVER, FEDVAL_PURPOSE_SERVER, false},
        {FV_NETSCAPE_SSL_CLIENT, FEDVAL_PURPOSE_CLIENT, false},
        {FV_NETSCAPE_SSL_CLIENT, FEDVAL_PURPOSE_ANY, true},
        {FV_NETSCAPE_SSL_CLIENT, FEDVAL_PURPOSE_ANY, false},
        {FV_NETSCAPE_SSL_SERVER, FEDVAL_PURPOSE_ANY, false},
    };
    toy *t = *state;
    toy_set_profile(t, FEDVAL_PROFILE_EXPRESSWAY);
    for (size_t i = 0; i < sizeof(fitting) / sizeof(fitting[0]); i++) {
        const fv_certificate certificate = {
            .netscape_type = {.presence = FV_KNOWN, .bits = fitting[i].bits}};
        fv_trust_remarks remarks = {0};
        t->purpose = fitting[i].purpose;
        fv_trust_input input = toy_input(t);
        input.is_calling = fitting[i].is_calling;
        fv_sink sink = {.input = &input, .arena = &t->arena, .remarks = &remarks};
        fv_trust_judge_asked(&sink, &certificate);
        if (remarks.num_items > 0)
            fail_msg("row %zu: %s", i, toy_describe(t, &remarks));
    }
}

static void openssl_knows_a_critical_nscerttype(void **state)
{
    toy *t = *state;
    const fv_trust_remarks *own = &t->result.end_entity;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .netscape = FV_NETSCAPE_SSL_SERVER,
             .netscape_critical = true);
    toy_run(t);
    assert_int_equal(toy_count(own, FEDVAL_FINDING_CHAIN_UNKNOWN_CRITICAL_EXTENSION), 1);
    toy_set_profile(t, FEDVAL_PROFILE_EXPRESSWAY);
    toy_run(t);
    assert_int_equal(own->num_items, 0);
}

static void a_curve_that_nobody_offers_by_default_is_a_warning(void **state)
{
    const fv_certificate certificate = {
        .key = {.presence = FV_KNOWN, .type = FV_KEY_EC, .curve = FV_CURVE_P224}};
    toy *t = *state;
    fv_trust_remarks remarks = {0};
    fv_trust_input input = toy_input(t);
    fv_sink sink = {.input = &input, .arena = &t->arena, .remarks = &remarks};
    fv_trust_judge_key(&sink, &certificate);
    assert_int_equal(toy_count(&remarks, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED), 1);
    toy_set_profile(t, FEDVAL_PROFILE_WEBPKI);
    input = toy_input(t);
    fv_trust_judge_key(&sink, &certificate);
    assert_int_equal(toy_count(&remarks, FEDVAL_FINDING_CERT_KEY_WEAK), 1);
}

static void the_hash_of_a_mask_is_named(void **state)
{
    const fv_certificate certificate = {.algorithm = {.presence = FV_KNOWN,
                                                      .kind = FV_SIGNATURE_RSA_PSS,
                                                      .hash = FV_HASH_SHA256,
                                                      .mgf1_hash = FV_HASH_SHA1}};
    toy *t = *state;
    fv_trust_remarks remarks = {0};
    fv_trust_input input = toy_input(t);
    fv_sink sink = {.input = &input, .arena = &t->arena, .remarks = &remarks};
    fv_trust_judge_signature_algorithm(&sink, &certificate);
    assert_int_equal(remarks.num_items, 0);
    fv_trust_warn_of_signature(&sink, &certificate);
    assert_string_equal(toy_param(&remarks, FEDVAL_FINDING_CERT_SIGNATURE_WEAK, "algorithm"),
                        "RSASSA-PSS-SHA256 whose mask (MGF1) has a weaker hash");
    assert_int_equal(remarks.items[0].remark.severity, FEDVAL_SEVERITY_WARNING);
    assert_int_equal(sink.num_faults, 0);
}

static void what_public_cas_may_not_sign_with_is_a_fault_for_office365(void **state)
{
    const fv_certificate certificate = {.algorithm = {.presence = FV_KNOWN,
                                                      .kind = FV_SIGNATURE_RSA_PSS,
                                                      .hash = FV_HASH_SHA256,
                                                      .mgf1_hash = FV_HASH_SHA1}};
    toy *t = *state;
    fv_trust_remarks remarks = {0};
    toy_set_profile(t, FEDVAL_PROFILE_OFFICE365);
    fv_trust_input input = toy_input(t);
    fv_sink sink = {.input = &input, .arena = &t->arena, .remarks = &remarks};
    fv_trust_judge_signature_algorithm(&sink, &certificate);
    fv_trust_warn_of_signature(&sink, &certificate);
    assert_int_equal(remarks.num_items, 1);
    assert_int_equal(sink.num_faults, 1);
}

static void microsofts_any_policy_is_for_each_purpose(void **state)
{
    toy *t = *state;
    TOY_TRUST(t, ROOT);
    TOY_SEND(t, LEAF, .issuer = "Root", .signer = 1, .application_policies = "microsofts");
    toy_run(t);
    assert_int_equal(toy_count(&t->result.end_entity, FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_end_entity_certificate_is_sound_or_not),
        T(the_parameters_say_what_was_seen),
        T(a_key_that_openssl_cannot_use_is_an_error_for_an_expressway),
        T(a_long_exponent_is_named),
        T(the_web_pki_asks_for_one_purpose),
        T(microsoft_knows_its_own_purposes),
        T(expressway_loads_a_version_that_does_not_exist),
        T(a_sip_domain_is_a_purpose_to_sip_peers),
        T(slips_against_the_rules_alone_are_warnings),
        T(expressway_refuses_what_openssl_does),
        T(an_nscerttype_that_fits_is_sound),
        T(openssl_knows_a_critical_nscerttype),
        T(a_curve_that_nobody_offers_by_default_is_a_warning),
        T(the_hash_of_a_mask_is_named),
        T(what_public_cas_may_not_sign_with_is_a_fault_for_office365),
        T(microsofts_any_policy_is_for_each_purpose),
    };
    return cmocka_run_group_tests_name("trust/end_entity", tests, NULL, NULL);
}
