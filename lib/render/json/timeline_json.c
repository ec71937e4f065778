/* A timeline -> "fedval-timeline/1". */
#include "drift/timeline.h"
#include "fedval/evidence.h"
#include "render/json/finding_json.h"

static void put_finding(fv_json *json, const fv_milestone_finding *finding)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "code", fedval_finding_code_to_string(finding->code));
    fv_json_text(json, "severity", fedval_severity_to_string(finding->severity));
    fv_json_requirement(json, finding->requirement);
    fv_json_bool(json, "new", finding->is_new);
    fv_json_bool(json, "accepted", finding->is_accepted);
    fv_json_text(json, "message", finding->message);
    fv_json_end(json);
}

static void put_milestone(fv_json *json, const fedval_milestone *milestone)
{
    fv_json_object(json, NULL);
    fv_json_time(json, "at", milestone->time);
    fv_json_text(json, "kind", fedval_milestone_to_string(milestone->kind));
    fv_json_text(json, "before", fedval_verdict_to_string(milestone->before));
    fv_json_text(json, "verdict", fedval_verdict_to_string(milestone->verdict));
    fv_json_text(json, "text", milestone->text);
    fv_json_array(json, "findings");
    for (size_t i = 0; i < milestone->num_findings; i++)
        put_finding(json, &milestone->findings[i]);
    fv_json_end(json);
    fv_json_end(json);
}

fedval_status fedval_timeline_to_json(const fedval_timeline *timeline, char **out_json,
                                      size_t *out_len)
{
    fv_json json;
    if (timeline == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    fv_json_object(&json, NULL);
    fv_json_text(&json, "format", "fedval-timeline/1");
    fv_json_text(&json, "domain", timeline->domain);
    fv_json_text(&json, "profile", fedval_profile_to_string(timeline->profile));
    fv_json_time(&json, "from", timeline->from);
    fv_json_text(&json, "verdict", fedval_verdict_to_string(timeline->verdict));
    fv_json_text(&json, "source", timeline->source);
    fv_json_array(&json, "accepted");
    for (size_t i = 0; i < timeline->num_accepted; i++)
        fv_json_text(&json, NULL, fedval_finding_code_to_string(timeline->accepted[i]));
    fv_json_end(&json);
    fv_json_array(&json, "milestones");
    for (size_t i = 0; i < timeline->num_milestones; i++)
        put_milestone(&json, &timeline->milestones[i]);
    fv_json_end(&json);
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}
