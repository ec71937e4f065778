/* Findings and paths as they stand in reports and chains. */
#ifndef FV_RENDER_STATEMENT_JSON_H
#define FV_RENDER_STATEMENT_JSON_H

#include "model/report.h"
#include "render/json/json.h"

/* Members of a finding, and of its row in the catalogue. */
void fv_json_requirement(fv_json *json, uint32_t requirement);
void fv_json_symptoms(fv_json *json, const fv_symptom *symptoms, size_t num_symptoms);
/* One finding; with a rung where it belongs to a path (SIZE_MAX: to the path as a whole). */
void fv_json_statement(fv_json *json, const fv_statement *statement, const size_t *rung);
void fv_json_statements(fv_json *json, const char *key, const fv_statement *statements,
                        size_t num_statements);
void fv_json_paths(fv_json *json, const char *key, const fv_report_path *paths, size_t num_paths);
/* The certificate that was presented, with where it was seen. */
void fv_json_certificate(fv_json *json, const char *key, const fv_report_presented *presented);
void fv_json_anchors(fv_json *json, const char *key, const fv_report_anchors *anchors);
/* The word of a code, or "not-checked" for 0. */
void fv_json_word(fv_json *json, const char *key, uint32_t code,
                  const char *(*to_string)(uint32_t code));

#endif
