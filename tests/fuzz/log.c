/* Logs: whatever the bytes, the incidents do not depend on how they were cut, and each is whole. */
#include "fuzz.h"

#include "fedval/diagnosis.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void check_incident(const fedval_incident *incident, size_t count)
{
    require(fedval_incident_get_message(incident) != NULL);
    require(fedval_incident_get_line(incident) > 0);
    require(fedval_incident_kind_to_string(fedval_incident_get_kind(incident)) != NULL);
    require(fedval_certainty_to_string(fedval_incident_get_certainty(incident)) != NULL);
    require(fedval_call_direction_to_string(fedval_incident_get_direction(incident)) != NULL);
    require(fedval_incident_get_explained_by(incident) <= count);
    uint32_t finding = fedval_incident_get_finding(incident);
    require(finding == 0 || fedval_catalogue_find(finding) != NULL);
}

static char *diagnose(const uint8_t *data, size_t size, size_t step)
{
    fedval_log *log = NULL;
    char *json = NULL, *text = NULL;
    fedval_diagnosis_options options = {sizeof(options), 0, 1};
    require(fedval_log_new(&log) == FEDVAL_OK);
    require(fedval_log_begin_source(log, "fuzz", FEDVAL_NUL_ENDED) == FEDVAL_OK);
    for (size_t at = 0; at < size; at += step)
        require(fedval_log_feed(log, data + at, size - at < step ? size - at : step) == FEDVAL_OK);
    require(fedval_log_finish(log) == FEDVAL_OK);
    size_t count = fedval_log_count_incidents(log);
    for (size_t i = 0; i < count; i++)
        check_incident(fedval_log_get_incident(log, i), count);
    require(fedval_log_to_text(log, &options, NULL, &text, NULL) == FEDVAL_OK);
    fedval_text_free(text);
    require(fedval_log_to_json(log, NULL, &json, NULL) == FEDVAL_OK);
    fedval_log_free(log);
    return json;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *whole = diagnose(data, size, size == 0 ? 1 : size);
    char *pieces = diagnose(data, size, 1 + size % 37);
    require(strcmp(whole, pieces) == 0);
    fedval_text_free(whole);
    fedval_text_free(pieces);
    return 0;
}
