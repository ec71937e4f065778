#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fedval/session.h"

#include <stdio.h>
#include <string.h>

#define SRV "_sipfederationtls._tcp.example.com"

/* ---- making policies, sessions and facts ---- */

static fedval_policy *new_policy(uint32_t profile, int64_t allow_private)
{
    fedval_policy *policy = NULL;
    assert_int_equal(fedval_policy_new(profile, &policy), FEDVAL_OK);
    assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_ALLOW_PRIVATE, allow_private),
                     FEDVAL_OK);
    return policy;
}

/* Frees the policy: a session keeps nothing of it. */
static fedval_session *new_session(fedval_policy *policy, uint32_t num_views)
{
    fedval_session *session = NULL;
    const fedval_policy *policies[] = {policy};
    assert_int_equal(fedval_session_new("example.com", 11, policies, 1, num_views, &session, NULL),
                     FEDVAL_OK);
    fedval_policy_free(policy);
    return session;
}

static fedval_session *new_edge_session(void)
{
    return new_session(new_policy(FEDVAL_PROFILE_MICROSOFT_EDGE, 0), 1);
}

static fedval_fact *dns(const char *name, uint32_t type, uint32_t outcome)
{
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_dns(name, FEDVAL_NUL_ENDED, type, 0, &fact), FEDVAL_OK);
    assert_int_equal(fedval_fact_set_outcome(fact, outcome), FEDVAL_OK);
    return fact;
}

static void add_srv(fedval_fact *fact, uint16_t priority, uint16_t port, const char *target)
{
    assert_int_equal(fedval_fact_append_srv(fact, SRV, FEDVAL_NUL_ENDED, 60, priority, 0, port,
                                            target, FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
}

static void supply(fedval_session *session, fedval_fact *fact)
{
    assert_int_equal(fedval_session_supply(session, fact), FEDVAL_OK);
    fedval_fact_free(fact);
}

static void supply_srv(fedval_session *session, const char *target)
{
    fedval_fact *fact = dns(SRV, FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_ANSWER);
    add_srv(fact, 0, 5061, target);
    supply(session, fact);
}

static void supply_address(fedval_session *session, const char *name, uint32_t type,
                           const char *address)
{
    fedval_fact *fact = dns(name, type, FEDVAL_OUTCOME_ANSWER);
    assert_int_equal(
        fedval_fact_append_address(fact, name, FEDVAL_NUL_ENDED, 60, address, FEDVAL_NUL_ENDED),
        FEDVAL_OK);
    supply(session, fact);
}

static void supply_probe(fedval_session *session, const char *host, const char *address,
                         uint16_t port)
{
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_probe(host, FEDVAL_NUL_ENDED, address, FEDVAL_NUL_ENDED, port,
                                           FEDVAL_ROLE_SERVER, &fact),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_HANDSHAKE), FEDVAL_OK);
    supply(session, fact);
}

/* "A expe.example.com" or "expe.example.com 192.0.2.1:5061", with "@view" behind when not 0, or
 * "@address" of a server of the zone. */
static void write_question(const fedval_question *q, char *out, size_t out_size)
{
    if (fedval_question_get_kind(q) == FEDVAL_QUESTION_PROBE) {
        snprintf(out, out_size, "%s %s:%u", fedval_question_get_host(q),
                 fedval_question_get_address(q), (unsigned)fedval_question_get_port(q));
        return;
    }
    int len = snprintf(out, out_size, "%s %s", fedval_type_to_string(fedval_question_get_type(q)),
                       fedval_question_get_name(q));
    if (fedval_question_get_view(q) > 0)
        snprintf(out + len, out_size - (size_t)len, "@%u", (unsigned)fedval_question_get_view(q));
    if (fedval_question_get_address(q) != NULL)
        snprintf(out + len, out_size - (size_t)len, "@%s", fedval_question_get_address(q));
}

/* Everything that the session needs now, with "; " between. */
static void assert_needs(fedval_session *session, const char *expected)
{
    char all[2048] = "", one[512];
    const fedval_question *question = NULL;
    assert_int_equal(fedval_session_next(session, &question), FEDVAL_OK);
    while (question != NULL) {
        write_question(question, one, sizeof(one));
        strcat(all, *all == '\0' ? "" : "; ");
        strcat(all, one);
        assert_int_equal(fedval_session_next(session, &question), FEDVAL_OK);
    }
    assert_string_equal(all, expected);
}

/* ---- the tests ---- */

static void a_session_goes_from_srv_to_addresses_to_probes(void **state)
{
    (void)state;
    fedval_session *session = new_edge_session();
    assert_needs(session, "SRV " SRV);
    assert_int_equal(fedval_session_is_done(session), 0);
    supply_srv(session, "Expe.Example.COM.");
    assert_needs(session, "A expe.example.com; AAAA expe.example.com");
    supply_address(session, "expe.example.com", FEDVAL_TYPE_A, "198.41.0.4");
    assert_needs(session, "expe.example.com 198.41.0.4:5061");
    supply(session, dns("expe.example.com", FEDVAL_TYPE_AAAA, FEDVAL_OUTCOME_NODATA));
    assert_needs(session, "");
    assert_int_equal(fedval_session_is_done(session), 0);
    supply_probe(session, "expe.example.com", "198.41.0.4", 5061);
    assert_int_equal(fedval_session_is_done(session), 1);
    assert_int_equal(fedval_evidence_count_facts(fedval_session_get_evidence(session)), 4);
    fedval_session_free(session);
}

/* The outcome of a probe that shows nothing: whether the session looks once more, as Windows does.
 */
static void a_server_that_refuses_at_once_is_looked_at_as_windows_does(void **state)
{
    static const struct {
        uint32_t outcome;
        bool is_looked_at;
    } rows[] = {
        {FEDVAL_OUTCOME_ALERT, true},    {FEDVAL_OUTCOME_NO_COMMON_VERSION, true},
        {FEDVAL_OUTCOME_RESET, true},    {FEDVAL_OUTCOME_CLOSED, true},
        {FEDVAL_OUTCOME_REFUSED, false}, {FEDVAL_OUTCOME_TIMEOUT, false},
        {FEDVAL_OUTCOME_NOT_TLS, false}, {FEDVAL_OUTCOME_LOCAL, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *host = "expe.example.com", *address = "198.41.0.4";
        fedval_session *session = new_edge_session();
        fedval_fact *fact = NULL;
        supply_srv(session, host);
        supply_address(session, host, FEDVAL_TYPE_A, address);
        supply(session, dns(host, FEDVAL_TYPE_AAAA, FEDVAL_OUTCOME_NODATA));
        assert_needs(session, "expe.example.com 198.41.0.4:5061");
        assert_int_equal(fedval_fact_new_probe(host, FEDVAL_NUL_ENDED, address, FEDVAL_NUL_ENDED,
                                               5061, FEDVAL_ROLE_SERVER, &fact),
                         FEDVAL_OK);
        assert_int_equal(fedval_fact_set_outcome(fact, rows[i].outcome), FEDVAL_OK);
        supply(session, fact);
        assert_needs(session, rows[i].is_looked_at ? "expe.example.com 198.41.0.4:5061" : "");
        fedval_session_free(session);
    }
}

/* The looks of a session that has 6 connections for each address, after a first one that agreed on
 * this. */
static void assert_looks(const char *version, const char *cipher, const char *group,
                         const char *expected)
{
    const char *host = "expe.example.com", *address = "198.41.0.4";
    fedval_policy *policy = new_policy(FEDVAL_PROFILE_MICROSOFT_EDGE, 0);
    assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_MAX_CONNECTIONS, 6), FEDVAL_OK);
    fedval_session *session = new_session(policy, 1);
    fedval_fact *fact = NULL;
    char all[200] = "";
    supply_srv(session, host);
    supply_address(session, host, FEDVAL_TYPE_A, address);
    supply(session, dns(host, FEDVAL_TYPE_AAAA, FEDVAL_OUTCOME_NODATA));
    assert_needs(session, "expe.example.com 198.41.0.4:5061");
    assert_int_equal(fedval_fact_new_probe(host, FEDVAL_NUL_ENDED, address, FEDVAL_NUL_ENDED, 5061,
                                           FEDVAL_ROLE_SERVER, &fact),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_set_outcome(fact, FEDVAL_OUTCOME_HANDSHAKE), FEDVAL_OK);
    assert_int_equal(fedval_fact_append_certificate(fact, "0", 1), FEDVAL_OK);
    assert_int_equal(fedval_fact_set_tls(fact, version, FEDVAL_NUL_ENDED, cipher, FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    assert_int_equal(fedval_fact_set_key_exchange(fact, group, FEDVAL_NUL_ENDED, NULL, 0),
                     FEDVAL_OK);
    supply(session, fact);
    const fedval_question *question = NULL;
    for (;;) {
        assert_int_equal(fedval_session_next(session, &question), FEDVAL_OK);
        if (question == NULL)
            break;
        strcat(all, " ");
        strcat(all, fedval_look_to_string(fedval_question_get_look(question)));
    }
    assert_string_equal(all, expected);
    fedval_session_free(session);
}

static void what_a_windows_lacks_leads_to_a_look_as_that_windows(void **state)
{
    (void)state;
    assert_looks("TLSv1.3", "TLS_AES_256_GCM_SHA384", "x25519",
                 " windows windows-2012-r2 no-server-name");
    assert_looks("TLSv1.2", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "secp256r1",
                 " windows windows-2012-r2 ecdsa no-server-name");
    assert_looks("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "secp256r1",
                 " windows-2012-r2 ecdsa no-server-name");
    assert_looks("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "x25519",
                 " windows-2012-r2 rsa no-server-name");
    assert_looks("TLSv1.2", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA", "DHE 2048 bits",
                 " windows-2019 ecdsa no-server-name");
    assert_looks("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "secp384r1",
                 " rsa no-server-name");
    assert_looks("TLSv1.2", "TLS_RSA_WITH_AES_256_CBC_SHA", NULL, " ecdsa no-server-name");
}

static void failures_are_facts_and_end_the_session(void **state)
{
    (void)state;
    fedval_session *session = new_edge_session();
    assert_needs(session, "SRV " SRV);
    supply(session, dns(SRV, FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_TIMEOUT));
    assert_needs(session, "");
    assert_int_equal(fedval_session_is_done(session), 1);
    fedval_session_free(session);
}

static void facts_that_come_early_spare_their_questions(void **state)
{
    (void)state;
    fedval_session *session = new_edge_session();
    supply_address(session, "expe.example.com", FEDVAL_TYPE_A, "198.41.0.4");
    supply(session, dns("expe.example.com", FEDVAL_TYPE_AAAA, FEDVAL_OUTCOME_NODATA));
    supply_srv(session, "expe.example.com");
    assert_needs(session, "expe.example.com 198.41.0.4:5061");
    supply_probe(session, "expe.example.com", "198.41.0.4", 5061);
    assert_int_equal(fedval_session_is_done(session), 1);
    fedval_session_free(session);
}

static void a_chain_from_a_file_spares_every_probe_of_its_host(void **state)
{
    (void)state;
    fedval_session *session = new_edge_session();
    supply_probe(session, "expe.example.com", NULL, 0);
    fedval_fact *fact = dns(SRV, FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_ANSWER);
    add_srv(fact, 0, 5061, "expe.example.com");
    add_srv(fact, 0, 5061, "other.example.com");
    supply(session, fact);
    supply_address(session, "expe.example.com", FEDVAL_TYPE_A, "198.41.0.4");
    supply_address(session, "other.example.com", FEDVAL_TYPE_A, "198.41.0.4");
    assert_needs(session, "AAAA expe.example.com; AAAA other.example.com; "
                          "other.example.com 198.41.0.4:5061");
    fedval_session_free(session);
}

static void a_chain_from_a_file_settles_probes_that_are_under_way(void **state)
{
    (void)state;
    fedval_session *session = new_edge_session();
    supply_srv(session, "expe.example.com");
    supply_address(session, "expe.example.com", FEDVAL_TYPE_A, "198.41.0.4");
    supply(session, dns("expe.example.com", FEDVAL_TYPE_AAAA, FEDVAL_OUTCOME_NODATA));
    assert_needs(session, "expe.example.com 198.41.0.4:5061");
    supply_probe(session, "expe.example.com", NULL, 5061);
    assert_int_equal(fedval_session_is_done(session), 1);
    fedval_session_free(session);
}

static void targets_that_are_no_host_names_lead_nowhere(void **state)
{
    (void)state;
    static const char *const targets[] = {".",
                                          "192.0.2.1",
                                          "2001:db8::1",
                                          "a b.example.com",
                                          "*.example.com",
                                          "_x.example.com",
                                          "-x.example.com"};
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        fedval_session *session = new_edge_session();
        supply_srv(session, targets[i]);
        assert_needs(session, "");
        assert_int_equal(fedval_session_is_done(session), 1);
        fedval_session_free(session);
    }
}

static void a_provider_is_followed_like_any_target(void **state)
{
    (void)state;
    fedval_session *session = new_edge_session();
    supply_srv(session, "sipfed.online.lync.com");
    assert_needs(session, "A sipfed.online.lync.com; AAAA sipfed.online.lync.com");
    fedval_session_free(session);
}

static void one_target_with_two_ports_is_looked_up_once_and_probed_twice(void **state)
{
    (void)state;
    fedval_session *session = new_edge_session();
    fedval_fact *fact = dns(SRV, FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_ANSWER);
    add_srv(fact, 0, 5061, "expe.example.com");
    add_srv(fact, 0, 5061, "EXPE.example.com");
    add_srv(fact, 1, 5062, "expe.example.com");
    supply(session, fact);
    assert_needs(session, "A expe.example.com; AAAA expe.example.com");
    supply_address(session, "expe.example.com", FEDVAL_TYPE_AAAA, "2606:4700::1");
    assert_needs(session, "expe.example.com 2606:4700::1:5061; expe.example.com 2606:4700::1:5062");
    fedval_session_free(session);
}

static void the_limits_are_spent_on_the_best_targets_and_the_first_addresses(void **state)
{
    (void)state;
    fedval_policy *policy = new_policy(FEDVAL_PROFILE_MICROSOFT_EDGE, 0);
    fedval_policy_set_number(policy, FEDVAL_POLICY_MAX_TARGETS, 1);
    fedval_policy_set_number(policy, FEDVAL_POLICY_MAX_ADDRESSES, 2);
    fedval_session *session = new_session(policy, 1);
    fedval_fact *fact = dns(SRV, FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_ANSWER);
    add_srv(fact, 5, 5061, "standby.example.com");
    add_srv(fact, 1, 5061, "best.example.com");
    supply(session, fact);
    assert_needs(session, "A best.example.com; AAAA best.example.com");
    fact = dns("best.example.com", FEDVAL_TYPE_A, FEDVAL_OUTCOME_ANSWER);
    for (int i = 1; i <= 3; i++) {
        char address[32];
        snprintf(address, sizeof(address), "198.41.0.%d", i);
        fedval_fact_append_address(fact, "best.example.com", FEDVAL_NUL_ENDED, 60, address,
                                   FEDVAL_NUL_ENDED);
    }
    supply(session, fact);
    assert_needs(session, "best.example.com 198.41.0.1:5061; best.example.com 198.41.0.2:5061");
    fedval_session_free(session);
}

static size_t count_needs(fedval_session *session)
{
    const fedval_question *question = NULL;
    size_t count = 0;
    do {
        assert_int_equal(fedval_session_next(session, &question), FEDVAL_OK);
        count += question != NULL;
    } while (question != NULL);
    return count;
}

/* A stranger's zone must not turn a checker into a scanner of ports. */
static void many_ports_of_one_host_are_as_many_targets(void **state)
{
    (void)state;
    fedval_session *session = new_edge_session();
    fedval_fact *fact = dns(SRV, FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_ANSWER);
    for (uint16_t i = 0; i < 1000; i++)
        add_srv(fact, 0, (uint16_t)(5061 + i), "expe.example.com");
    supply(session, fact);
    (void)count_needs(session);
    supply_address(session, "expe.example.com", FEDVAL_TYPE_A, "198.41.0.4");
    assert_int_equal(count_needs(session), 16);
    fedval_session_free(session);
}

static void no_more_is_asked_than_evidence_has_room_for(void **state)
{
    (void)state;
    fedval_policy *policy = new_policy(FEDVAL_PROFILE_MICROSOFT_EDGE, 0);
    fedval_policy_set_number(policy, FEDVAL_POLICY_MAX_TARGETS, 1000);
    fedval_policy_set_number(policy, FEDVAL_POLICY_MAX_ADDRESSES, 1000);
    fedval_session *session = new_session(policy, 1);
    fedval_fact *fact = dns(SRV, FEDVAL_TYPE_SRV, FEDVAL_OUTCOME_ANSWER);
    for (uint16_t i = 0; i < 20; i++)
        add_srv(fact, 0, (uint16_t)(5061 + i), "expe.example.com");
    supply(session, fact);
    size_t count = 1 + count_needs(session); /* SRV itself was answered unasked */
    fact = dns("expe.example.com", FEDVAL_TYPE_A, FEDVAL_OUTCOME_ANSWER);
    for (int i = 0; i < 1000; i++) {
        char address[32];
        snprintf(address, sizeof(address), "198.41.%d.%d", i / 250, i % 250 + 1);
        fedval_fact_append_address(fact, "expe.example.com", FEDVAL_NUL_ENDED, 60, address,
                                   FEDVAL_NUL_ENDED);
    }
    supply(session, fact);
    assert_int_equal(count + count_needs(session), 10000);
    fedval_session_free(session);
}

static void private_addresses_are_probed_only_when_allowed(void **state)
{
    (void)state;
    for (int64_t allowed = 0; allowed <= 1; allowed++) {
        fedval_session *session =
            new_session(new_policy(FEDVAL_PROFILE_MICROSOFT_EDGE, allowed), 1);
        supply_srv(session, "expe.example.com");
        supply_address(session, "expe.example.com", FEDVAL_TYPE_A, "127.0.0.1");
        assert_needs(session, allowed ? "AAAA expe.example.com; expe.example.com 127.0.0.1:5061"
                                      : "AAAA expe.example.com");
        fedval_session_free(session);
    }
}

static void every_view_is_asked_and_leads_on(void **state)
{
    (void)state;
    fedval_session *session = new_session(new_policy(FEDVAL_PROFILE_MICROSOFT_EDGE, 0), 2);
    assert_needs(session, "SRV " SRV "; SRV " SRV "@1");
    fedval_fact *other = NULL;
    assert_int_equal(fedval_fact_new_dns(SRV, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 1, &other),
                     FEDVAL_OK);
    fedval_fact_set_outcome(other, FEDVAL_OUTCOME_ANSWER);
    add_srv(other, 0, 5061, "inside.example.com");
    supply(session, other);
    assert_needs(session, "A inside.example.com; A inside.example.com@1; "
                          "AAAA inside.example.com; AAAA inside.example.com@1");
    supply_srv(session, "expe.example.com");
    assert_needs(session, "A expe.example.com; A expe.example.com@1; "
                          "AAAA expe.example.com; AAAA expe.example.com@1");
    fedval_session_free(session);
}

static void policies_are_asked_together_and_equal_questions_once(void **state)
{
    (void)state;
    fedval_policy *all[] = {new_policy(FEDVAL_PROFILE_MICROSOFT_EDGE, 0),
                            new_policy(FEDVAL_PROFILE_OFFICE365, 0),
                            new_policy(FEDVAL_PROFILE_RFC5922_SIP, 0)};
    const fedval_policy *const policies[] = {all[0], all[1], all[2]};
    fedval_session *session = NULL;
    assert_int_equal(fedval_session_new("Example.com.", 12, policies, 3, 1, &session, NULL),
                     FEDVAL_OK);
    assert_needs(session, "SRV " SRV "; SRV _sips._tcp.example.com");
    fedval_session_free(session);
    for (size_t i = 0; i < 3; i++)
        fedval_policy_free(all[i]);
}

static void an_edge_fqdn_stands_in_place_of_srv(void **state)
{
    (void)state;
    fedval_policy *policy = new_policy(FEDVAL_PROFILE_MICROSOFT_EDGE, 0);
    assert_int_equal(fedval_policy_set_text(policy, FEDVAL_POLICY_EDGE_FQDN, "edge.example.net",
                                            FEDVAL_NUL_ENDED),
                     FEDVAL_OK);
    fedval_session *session = new_session(policy, 1);
    assert_needs(session, "A edge.example.net; AAAA edge.example.net");
    supply_address(session, "edge.example.net", FEDVAL_TYPE_A, "198.41.0.4");
    assert_needs(session, "edge.example.net 198.41.0.4:5061");
    fedval_session_free(session);
}

static void supply_ns(fedval_session *session, const char *zone, const char *host)
{
    fedval_fact *fact = dns(zone, FEDVAL_TYPE_NS, FEDVAL_OUTCOME_ANSWER);
    assert_int_equal(
        fedval_fact_append_ns(fact, zone, FEDVAL_NUL_ENDED, 60, host, FEDVAL_NUL_ENDED), FEDVAL_OK);
    supply(session, fact);
}

static fedval_session *new_authoritative_session(void)
{
    fedval_policy *policy = new_policy(FEDVAL_PROFILE_MICROSOFT_EDGE, 0);
    assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_AUTHORITATIVE, 1), FEDVAL_OK);
    assert_int_equal(fedval_policy_set_number(policy, FEDVAL_POLICY_SCOPE, FEDVAL_SCOPE_DNS),
                     FEDVAL_OK);
    return new_session(policy, 1);
}

/* The zone is found above the domain; what lies outside of it is not asked of its servers. */
static void each_server_of_the_zone_is_asked_by_itself(void **state)
{
    (void)state;
    fedval_session *session = new_authoritative_session();
    assert_needs(session, "SRV " SRV "; NS example.com");
    supply(session, dns("example.com", FEDVAL_TYPE_NS, FEDVAL_OUTCOME_NODATA));
    assert_needs(session, "NS com");
    supply_ns(session, "com", "ns.example.net");
    assert_needs(session, "A ns.example.net; AAAA ns.example.net");
    supply_address(session, "ns.example.net", FEDVAL_TYPE_A, "198.41.0.4");
    assert_needs(session, "SRV " SRV "@198.41.0.4");
    supply_srv(session, "expe.example.org");
    assert_needs(session, "A expe.example.org; AAAA expe.example.org");
    supply_address(session, "ns.example.net", FEDVAL_TYPE_AAAA, "2606:4700::1");
    assert_needs(session, "SRV " SRV "@2606:4700::1");
    fedval_session_free(session);
}

static void targets_inside_the_zone_are_asked_of_its_servers_whichever_comes_first(void **state)
{
    (void)state;
    fedval_session *session = new_authoritative_session();
    assert_needs(session, "SRV " SRV "; NS example.com");
    supply_srv(session, "ns.example.com");
    assert_needs(session, "A ns.example.com; AAAA ns.example.com");
    supply_address(session, "ns.example.com", FEDVAL_TYPE_A, "198.41.0.4");
    supply(session, dns("ns.example.com", FEDVAL_TYPE_AAAA, FEDVAL_OUTCOME_NODATA));
    assert_needs(session, "");
    supply_ns(session, "example.com", "NS.example.com.");
    assert_needs(session, "SRV " SRV "@198.41.0.4; A ns.example.com@198.41.0.4; "
                          "AAAA ns.example.com@198.41.0.4");
    fedval_session_free(session);
}

static void a_server_at_a_private_address_is_left_alone(void **state)
{
    (void)state;
    fedval_session *session = new_authoritative_session();
    assert_needs(session, "SRV " SRV "; NS example.com");
    supply_ns(session, "example.com", "ns.example.com");
    assert_needs(session, "A ns.example.com; AAAA ns.example.com");
    supply_address(session, "ns.example.com", FEDVAL_TYPE_A, "10.0.0.1");
    assert_needs(session, "");
    fedval_session_free(session);
}

static void the_dns_scope_probes_nothing(void **state)
{
    (void)state;
    fedval_policy *policy = new_policy(FEDVAL_PROFILE_MICROSOFT_EDGE, 0);
    fedval_policy_set_number(policy, FEDVAL_POLICY_SCOPE, FEDVAL_SCOPE_DNS);
    fedval_session *session = new_session(policy, 1);
    supply_srv(session, "expe.example.com");
    supply_address(session, "expe.example.com", FEDVAL_TYPE_A, "198.41.0.4");
    assert_needs(session, "AAAA expe.example.com");
    fedval_session_free(session);
}

static void a_skipped_need_counts_as_done_without_a_fact(void **state)
{
    (void)state;
    fedval_session *session = new_edge_session();
    const fedval_question *question = NULL;
    fedval_session_next(session, &question);
    assert_int_equal(fedval_session_skip(session, question), FEDVAL_OK);
    assert_int_equal(fedval_session_is_done(session), 1);
    assert_int_equal(fedval_evidence_count_facts(fedval_session_get_evidence(session)), 0);
    fedval_fact *stranger = dns("stranger.example", FEDVAL_TYPE_A, FEDVAL_OUTCOME_NODATA);
    assert_int_equal(fedval_session_skip(session, fedval_fact_get_question(stranger)),
                     FEDVAL_ERROR_NOT_FOUND);
    fedval_fact_free(stranger);
    fedval_session_free(session);
}

static void a_fact_without_an_outcome_is_misuse(void **state)
{
    (void)state;
    fedval_session *session = new_edge_session();
    fedval_fact *fact = NULL;
    assert_int_equal(fedval_fact_new_dns(SRV, FEDVAL_NUL_ENDED, FEDVAL_TYPE_SRV, 0, &fact),
                     FEDVAL_OK);
    assert_int_equal(fedval_session_supply(session, fact), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_session_supply(session, NULL), FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_session_is_done(session), 0);
    fedval_fact_free(fact);
    fedval_session_free(session);
}

static void a_domain_that_cannot_be_asked_for_is_refused(void **state)
{
    (void)state;
    char longest[241];
    memset(longest, 'a', 240);
    for (size_t i = 60; i < 240; i += 60)
        longest[i] = '.';
    longest[240] = '\0';
    fedval_policy *policy = new_policy(FEDVAL_PROFILE_MICROSOFT_EDGE, 0);
    const fedval_policy *policies[] = {policy};
    fedval_session *session = NULL;
    fedval_error *error = fedval_error_new();
    assert_int_equal(fedval_session_new(longest, 240, policies, 1, 1, &session, error),
                     FEDVAL_ERROR_SYNTAX);
    assert_non_null(strstr(fedval_error_get_message(error), "too long"));
    assert_int_equal(fedval_session_new("a..b", 4, policies, 1, 1, &session, NULL),
                     FEDVAL_ERROR_SYNTAX);
    assert_int_equal(fedval_session_new("example.com", 11, policies, 0, 1, &session, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_int_equal(fedval_session_new("example.com", 11, policies, 1, 0, &session, NULL),
                     FEDVAL_ERROR_ARGUMENT);
    assert_null(session);
    fedval_error_free(error);
    fedval_policy_free(policy);
}

static void evidence_that_was_taken_is_the_callers(void **state)
{
    (void)state;
    fedval_session *session = new_edge_session();
    assert_int_equal(fedval_session_set_time(session, 1488438646), FEDVAL_OK);
    fedval_evidence *evidence = fedval_session_take_evidence(session);
    assert_int_equal(fedval_evidence_get_time(evidence), 1488438646);
    assert_null(fedval_session_get_evidence(session));
    assert_null(fedval_session_take_evidence(session));
    assert_int_equal(fedval_session_set_time(session, 1), FEDVAL_ERROR_STATE);
    fedval_session_free(session);
    assert_string_equal(fedval_evidence_get_domain(evidence), "example.com");
    fedval_evidence_free(evidence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_goes_from_srv_to_addresses_to_probes),
        cmocka_unit_test(a_server_that_refuses_at_once_is_looked_at_as_windows_does),
        cmocka_unit_test(what_a_windows_lacks_leads_to_a_look_as_that_windows),
        cmocka_unit_test(failures_are_facts_and_end_the_session),
        cmocka_unit_test(facts_that_come_early_spare_their_questions),
        cmocka_unit_test(a_chain_from_a_file_spares_every_probe_of_its_host),
        cmocka_unit_test(a_chain_from_a_file_settles_probes_that_are_under_way),
        cmocka_unit_test(targets_that_are_no_host_names_lead_nowhere),
        cmocka_unit_test(a_provider_is_followed_like_any_target),
        cmocka_unit_test(one_target_with_two_ports_is_looked_up_once_and_probed_twice),
        cmocka_unit_test(the_limits_are_spent_on_the_best_targets_and_the_first_addresses),
        cmocka_unit_test(many_ports_of_one_host_are_as_many_targets),
        cmocka_unit_test(no_more_is_asked_than_evidence_has_room_for),
        cmocka_unit_test(private_addresses_are_probed_only_when_allowed),
        cmocka_unit_test(each_server_of_the_zone_is_asked_by_itself),
        cmocka_unit_test(targets_inside_the_zone_are_asked_of_its_servers_whichever_comes_first),
        cmocka_unit_test(a_server_at_a_private_address_is_left_alone),
        cmocka_unit_test(every_view_is_asked_and_leads_on),
        cmocka_unit_test(policies_are_asked_together_and_equal_questions_once),
        cmocka_unit_test(an_edge_fqdn_stands_in_place_of_srv),
        cmocka_unit_test(the_dns_scope_probes_nothing),
        cmocka_unit_test(a_skipped_need_counts_as_done_without_a_fact),
        cmocka_unit_test(a_fact_without_an_outcome_is_misuse),
        cmocka_unit_test(a_domain_that_cannot_be_asked_for_is_refused),
        cmocka_unit_test(evidence_that_was_taken_is_the_callers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
