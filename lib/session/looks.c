/* From what a server has shown to further looks at it: what would other peers get? */
#include "base/windows_tls.h"
#include "session/session.h"

/* The server showed its certificate to whoever asked. */
static bool is_shown(const fedval_fact *fact)
{
    return fact->question.look == FEDVAL_LOOK_ANY && fact->question.role == FEDVAL_ROLE_SERVER &&
           fact->question.address != NULL && fact->question.port != 0 && fact->num_chain > 0 &&
           fact->tls_version != NULL &&
           (fact->outcome == FEDVAL_OUTCOME_HANDSHAKE ||
            fact->client_certificate == FEDVAL_CLIENT_CERTIFICATE_REQUIRED);
}

/* The versions of Windows Server, FV_WINDOWS_, that offer what this connection agreed on. None has
 * EdDSA. */
static uint32_t windows_versions(const fedval_fact *fact)
{
    if (fact->signature_key == FV_TLS_KEY_EDDSA)
        return 0;
    return fv_windows_offering(fact->tls_cipher, fact->tls_group);
}

/* Lists the looks that show whether the versions of Windows that lack what was agreed on find
 * something else. What 2016 offers holds all that the others offer. */
static size_t list_windows(const fedval_fact *fact, uint32_t *looks)
{
    uint32_t versions = windows_versions(fact);
    size_t count = 0;
    if (fact->tls_number == FV_TLS_1_3 || (versions & FV_WINDOWS_2016) == 0)
        looks[count++] = FEDVAL_LOOK_WINDOWS;
    if ((versions & FV_WINDOWS_2012_R2) == 0)
        looks[count++] = FEDVAL_LOOK_WINDOWS_2012_R2;
    if ((versions & (FV_WINDOWS_2016 | FV_WINDOWS_2019)) == FV_WINDOWS_2016)
        looks[count++] = FEDVAL_LOOK_WINDOWS_2019;
    return count;
}

/* The look that asks for the other kind of key; ANY: the kind of this one is not known. */
static uint32_t other_key(const fedval_fact *fact)
{
    fv_tls_key key = fact->suite_key != FV_TLS_KEY_UNKNOWN ? fact->suite_key : fact->signature_key;
    return key == FV_TLS_KEY_ECDSA ? FEDVAL_LOOK_RSA
           : key == FV_TLS_KEY_RSA ? FEDVAL_LOOK_ECDSA
                                   : FEDVAL_LOOK_ANY;
}

/* In the order in which the connections are spent. */
static size_t list_looks(const fedval_session *session, const fedval_fact *fact,
                         uint32_t looks[FV_SESSION_MAX_LOOKS])
{
    size_t count = 0;
    if (session->sip_options)
        looks[count++] = FEDVAL_LOOK_OPTIONS;
    count += list_windows(fact, looks + count);
    if (other_key(fact) != FEDVAL_LOOK_ANY)
        looks[count++] = other_key(fact);
    looks[count++] = FEDVAL_LOOK_NO_SERVER_NAME;
    return count;
}

/* The server refused before it showed anything: it may take less of an offer, such as TLS 1.2
 * alone.
 */
static bool is_refused_at_once(const fedval_fact *fact)
{
    bool is_refusal = fact->outcome == FEDVAL_OUTCOME_ALERT ||
                      fact->outcome == FEDVAL_OUTCOME_NO_COMMON_VERSION ||
                      fact->outcome == FEDVAL_OUTCOME_CLOSED ||
                      fact->outcome == FEDVAL_OUTCOME_RESET;
    return is_refusal && fact->question.look == FEDVAL_LOOK_ANY &&
           fact->question.role == FEDVAL_ROLE_SERVER && fact->question.address != NULL &&
           fact->question.port != 0 && fact->num_chain == 0 && fact->tls_version == NULL;
}

size_t fv_session_list_looks(const fedval_session *session, const fedval_fact *fact,
                             uint32_t looks[FV_SESSION_MAX_LOOKS])
{
    size_t most = (size_t)(session->max_connections > 1 ? session->max_connections - 1 : 0);
    size_t count = session->probes && is_shown(fact) ? list_looks(session, fact, looks) : 0;
    if (session->probes && is_refused_at_once(fact))
        looks[count++] = FEDVAL_LOOK_WINDOWS;
    return count < most ? count : most;
}
