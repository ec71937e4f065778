/* Findings, paths and certificates, in the form that reports and chains share. */
#ifndef FV_RENDER_FINDING_JSON_H
#define FV_RENDER_FINDING_JSON_H

#include "model/report.h"
#include "render/json/json.h"

/* Members that a finding and its row in the catalogue share. */
void fv_json_requirement(fv_json *json, uint32_t requirement);
void fv_json_symptoms(fv_json *json, const fv_symptom *symptoms, size_t num_symptoms);
/* One finding. If it belongs to a path, `rung` points to the rung of its certificate, or to
 * SIZE_MAX if the finding is about the whole path; else `rung` is NULL. */
void fv_json_findings(fv_json *json, const char *key, const fedval_finding *findings,
                      size_t num_findings);
void fv_json_paths(fv_json *json, const char *key, const fv_report_path *paths, size_t num_paths);
/* The certificate that was presented, and where it was seen. */
void fv_json_certificate(fv_json *json, const char *key, const fv_report_presented *presented);
/* "fedval-report/1". */
void fv_json_report(fv_json *json, const char *key, const fedval_report *report);
/* Writes the member "anchors": how many of each class, and their digest. */
void fv_json_anchors(fv_json *json, const fv_anchors_by_class anchors);
/* The word of a code, or "not-checked" for 0. */
void fv_json_word(fv_json *json, const char *key, uint32_t code,
                  const char *(*to_string)(uint32_t code));

#endif
