/* The log reader alone: what broke, in which call, read from standard input. Nothing is looked up,
 * no backend is linked.
 * usage: log-only < edge.log */
#include <fedval/catalogue.h>
#include <fedval/log.h>

#include <stdio.h>

static const char *or_dash(const char *text)
{
    return text != NULL ? text : "-";
}

static void show(const fedval_incident *incident)
{
    const char *finding = fedval_finding_code_to_string(fedval_incident_get_finding(incident));
    printf("line %llu: %s (%s) domain %s\n", (unsigned long long)fedval_incident_get_line(incident),
           or_dash(finding), fedval_certainty_to_string(fedval_incident_get_certainty(incident)),
           or_dash(fedval_incident_get_domain(incident)));
    printf("  %s\n", fedval_incident_get_message(incident));
    if (fedval_incident_get_explained_by(incident) != 0) {
        printf("  explained by incident %u\n",
               (unsigned)fedval_incident_get_explained_by(incident));
    }
}

/* Any number of bytes at a time: nothing depends on how they are cut. */
static fedval_status read_all(fedval_log *log, FILE *file)
{
    unsigned char bytes[4096];
    size_t len;
    fedval_status status = fedval_log_begin_source(log, "standard input", FEDVAL_NUL_ENDED);
    while (status == FEDVAL_OK && (len = fread(bytes, 1, sizeof(bytes), file)) > 0)
        status = fedval_log_feed(log, bytes, len);
    return status == FEDVAL_OK ? fedval_log_finish(log) : status;
}

int main(void)
{
    fedval_log *log = NULL;
    fedval_status status = fedval_log_new(&log);
    if (status == FEDVAL_OK)
        status = read_all(log, stdin);
    for (size_t i = 0; i < fedval_log_count_incidents(log); i++)
        show(fedval_log_get_incident(log, i));
    if (status != FEDVAL_OK)
        fprintf(stderr, "log-only: %s\n", fedval_status_to_string(status));
    uint32_t diagnosis = fedval_log_get_diagnosis(log);
    fedval_log_free(log);
    if (status != FEDVAL_OK)
        return 70;
    return diagnosis == FEDVAL_DIAGNOSIS_FAULTS ? 1 : diagnosis == FEDVAL_DIAGNOSIS_NOTHING ? 0 : 2;
}
