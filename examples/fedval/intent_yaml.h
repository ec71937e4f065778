/* YAML, as a person would rather write an intent, turned into the JSON that the library reads. */
#ifndef INTENT_YAML_H
#define INTENT_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where in the YAML text a value of the JSON text came from. */
typedef struct yaml_place {
    size_t offset; /* in the JSON text */
    uint32_t line, column;
} yaml_place;

typedef struct yaml_json {
    char *json; /* NUL-ended; NULL: it could not be made */
    size_t len, capacity;
    yaml_place *places; /* by rising offset */
    size_t num_places, places_capacity;
    char fault[160]; /* why not; "": memory is short */
    uint32_t fault_line, fault_column;
} yaml_json;

/* A text that begins with "{" is JSON already. */
bool yaml_is_json(const char *text, size_t len);
/* False with the fault set; clear it whatever came of it. */
bool yaml_to_json(const char *text, size_t len, yaml_json *out);
void yaml_clear(yaml_json *yaml);
/* The place of a JSON offset; false: there is none. */
bool yaml_find(const yaml_json *yaml, uint64_t offset, uint32_t *out_line, uint32_t *out_column);

#endif
