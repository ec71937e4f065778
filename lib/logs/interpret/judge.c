/* Chooses the file that reads each kind of entry. */
#include "logs/interpret/draft.h"

static bool judge(fv_draft *draft)
{
    switch (draft->entry->start) {
    case FV_START_EDGE:
    case FV_START_EDGE_FIELDS:
        return fv_judge_edge(draft);
    case FV_START_EXPRESSWAY:
        return fv_judge_expressway(draft);
    case FV_START_POWERSHELL:
        return fv_judge_powershell(draft);
    case FV_START_WINDOWS_EVENT:
        return fv_judge_windows_event(draft);
    case FV_START_HISTORY:
        return fv_judge_history(draft);
    case FV_START_SEARCH:
        return fv_judge_search(draft);
    case FV_START_SENTENCE:
        return fv_judge_sentence(draft);
    default:
        return fv_judge_sip(draft);
    }
}

bool fv_judge(fv_draft *draft)
{
    if (!judge(draft))
        return false;
    fv_draft_check_names(draft);
    fv_draft_leave_inside(draft);
    fv_draft_open_any_peer(draft);
    return true;
}
