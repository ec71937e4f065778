/* Ports and sessions as the tests of the runner want them. */
#ifndef FV_TEST_CHECK_MAKING_H
#define FV_TEST_CHECK_MAKING_H

#include <cmocka.h>

#include "fedval/backend.h"
#include "fedval/session.h"

static inline fedval_port *new_port(const fedval_port_vtable *vtable, void *user)
{
    fedval_port *port = NULL;
    assert_int_equal(fedval_port_new(vtable, user, &port), FEDVAL_OK);
    return port;
}

/* A session for `domain` as the Edge judges it, with probes. */
static inline fedval_session *new_session(const char *domain)
{
    fedval_policy *policy = NULL;
    fedval_session *session = NULL;
    assert_int_equal(fedval_policy_new(FEDVAL_PROFILE_MICROSOFT_EDGE, &policy), FEDVAL_OK);
    const fedval_policy *policies[] = {policy};
    assert_int_equal(fedval_session_new(domain, FEDVAL_NUL_ENDED, policies, 1, 1, &session, NULL),
                     FEDVAL_OK);
    fedval_policy_free(policy);
    return session;
}

#endif
