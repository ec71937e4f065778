/* Parties and hops as text. */
#include "logs/incidents/tell.h"

const char *fv_shown(const fv_shower *shower, uint32_t what, const char *text)
{
    return shower == NULL || text == NULL ? text : shower->show(shower->user, what, text);
}

void fv_tell_party(fv_buf *buf, const fv_party *party, const fv_shower *shower)
{
    fv_buf_append_text(buf, fv_shown(shower, FV_SHOWN_USER, party->user));
    if (party->user != NULL && party->host != NULL)
        fv_buf_append_char(buf, '@');
    fv_buf_append_text(buf, fv_shown(shower, FV_SHOWN_HOST, party->host));
}

static void append_value(fv_buf *buf, const char *name, const char *value)
{
    if (value == NULL)
        return;
    fv_buf_append_char(buf, ' ');
    fv_buf_append_text(buf, name);
    fv_buf_append_char(buf, '=');
    fv_buf_append_text(buf, value);
}

void fv_tell_hop(fv_buf *buf, const fv_hop *hop, const fv_shower *shower)
{
    fv_buf_append_text(buf, fv_shown(shower, FV_SHOWN_HOST, hop->host));
    if (hop->port != 0) {
        fv_buf_append_char(buf, ':');
        fv_buf_append_u64(buf, hop->port);
    }
    append_value(buf, "egress-zone", fv_shown(shower, FV_SHOWN_ZONE, hop->egress_zone));
    append_value(buf, "ingress-zone", fv_shown(shower, FV_SHOWN_ZONE, hop->ingress_zone));
    append_value(buf, "received", fv_shown(shower, FV_SHOWN_HOST, hop->received));
    if (hop->received_port != 0) {
        fv_buf_append_text(buf, " ms-received-port=");
        fv_buf_append_u64(buf, hop->received_port);
    }
}
