/* The questions that a session has. */
#include "session/session.h"

#include <string.h>

static bool has_need(const fedval_session *session, const fedval_question *question)
{
    for (size_t i = 0; i < session->num_needs; i++) {
        if (fv_question_equal(&session->needs[i]->question, question))
            return true;
    }
    return false;
}

bool fv_session_add_need(fedval_session *session, const fedval_question *question)
{
    if (session->num_needs == FV_EVIDENCE_MAX_FACTS || has_need(session, question))
        return true;
    fv_need *need = fv_arena_alloc(&session->arena, sizeof(*need));
    if (need == NULL || !fv_question_copy(&session->arena, question, &need->question))
        return false;
    void *items = session->needs;
    fv_need **slot = fv_arena_append(&session->arena, &items, &session->num_needs,
                                     &session->needs_capacity, sizeof(*slot));
    if (slot == NULL)
        return false;
    session->needs = items;
    *slot = need;
    const fedval_fact *fact = fedval_evidence_find(session->evidence, question);
    need->settled = need->is_known = fact != NULL;
    if (fact == NULL)
        session->num_open++;
    return true;
}

bool fv_session_may_probe(const fedval_session *session, const fv_record *record)
{
    return session->allow_private || fv_address_not_public(&record->address) == NULL;
}
