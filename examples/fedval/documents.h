/* Files of JSON documents: one document, or one on each line. */
#ifndef DOCUMENTS_H
#define DOCUMENTS_H

#include "options.h"
#include "output.h"

#include <fedval/evidence.h>

/* One document of a file; it begins in line `line`, counted from 1. */
typedef void (*document_visitor)(void *user, const char *source, const char *json, size_t json_len,
                                 uint32_t line);

/* Visits each document. A file whose first line is an object by itself has one on each line, and is
 * read line by line, whatever its size; any other file is one document. "-" is standard input. A
 * file that cannot be read was refused: false. */
bool documents_visit(const char *path, cmd_output *output, document_visitor visit, void *user);
/* The same for a file that was read already, in memory. */
void documents_visit_text(const char *source, const char *text, size_t text_len,
                          document_visitor visit, void *user);
/* Refuses a document, with its place in the file. */
void documents_refuse(cmd_output *output, const char *source, fedval_status status,
                      const fedval_error *error, uint32_t line);
/* The error with its place in the file; to be freed. */
fedval_error *documents_place(const fedval_error *error, uint32_t line);
/* Whether there is nothing but space. */
bool documents_is_blank(const char *text, size_t text_len);

/* Reads one evidence document, as strictly as the options say. As fedval_evidence_new_from_json. */
fedval_status documents_read_evidence(const cmd_settings *settings, const char *json,
                                      size_t json_len, fedval_evidence **out_evidence,
                                      fedval_error *error);

#endif
