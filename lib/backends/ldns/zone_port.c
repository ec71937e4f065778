/* The port of a resolver that answers from a zone: every answer is there at once. */
#include "fedval/ldns.h"

#include "base/buf.h"
#include "base/error.h"
#include "zone.h"

#include <stdlib.h>

typedef struct zone_port {
    fv_zone zone;
    char *name;
} zone_port;

static fedval_status fetch(const fedval_question *question, int64_t timeout_ms, fedval_fact *fact,
                           void *user)
{
    (void)timeout_ms;
    const zone_port *port = user;
    if (fedval_question_get_kind(question) != FEDVAL_QUESTION_DNS)
        return FEDVAL_ERROR_ARGUMENT;
    if (fedval_question_get_address(question) != NULL)
        return FEDVAL_ERROR_NOT_FOUND; /* a file is no server */
    fedval_status status = fv_zone_answer(&port->zone, fedval_question_get_name(question),
                                          (uint16_t)fedval_question_get_type(question), fact);
    if (status == FEDVAL_OK)
        status = fedval_fact_set_authority(fact, FEDVAL_AUTHORITY_ZONE);
    return status == FEDVAL_OK
               ? fedval_fact_append_source(fact, FEDVAL_SOURCE_ZONE, port->name, FEDVAL_NUL_ENDED)
               : status;
}

static void destroy(void *user)
{
    zone_port *port = user;
    fv_zone_clear(&port->zone);
    free(port->name);
    free(port);
}

static const fedval_port_vtable vtable = {
    .size = sizeof(vtable), .fetch = fetch, .destroy = destroy, .answers_at_once = 1};

static char *copy_name(fv_text name)
{
    fv_buf copy;
    size_t len;
    fv_buf_init(&copy);
    fv_buf_append(&copy, name.data, name.len);
    return fv_buf_take(&copy, &len);
}

fedval_status fedval_ldns_zone_new(const char *text, size_t text_len, const char *name,
                                   size_t name_len, const char *origin, size_t origin_len,
                                   fedval_port **out_port, fedval_error *error)
{
    fv_error_reset(error);
    if ((text == NULL && text_len > 0) || name == NULL || out_port == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (fv_text_has_nul(fv_text_given(name, name_len))) {
        fv_error_set(error, "the name of the zone holds a NUL byte");
        return FEDVAL_ERROR_SYNTAX;
    }
    zone_port *port = calloc(1, sizeof(*port));
    if (port == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    port->name = copy_name(fv_text_given(name, name_len));
    fedval_status status = port->name == NULL
                               ? FEDVAL_ERROR_NO_MEMORY
                               : fv_zone_read(&port->zone, fv_text_given(text, text_len),
                                              fv_text_given(origin, origin_len), error);
    if (status == FEDVAL_OK)
        status = fedval_port_new(&vtable, port, out_port);
    if (status != FEDVAL_OK)
        destroy(port);
    return status;
}
