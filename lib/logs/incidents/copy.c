#include "logs/incidents/copy.h"

#include <stddef.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The members of an incident that are texts in an arena. */
static const size_t text_members[] = {
    offsetof(fedval_incident, call_id),       offsetof(fedval_incident, cseq),
    offsetof(fedval_incident, domain),        offsetof(fedval_incident, other_domain),
    offsetof(fedval_incident, expected_name), offsetof(fedval_incident, presented_name),
    offsetof(fedval_incident, reported_code), offsetof(fedval_incident, reported_text),
    offsetof(fedval_incident, peer),          offsetof(fedval_incident, server),
    offsetof(fedval_incident, reporter),      offsetof(fedval_incident, detail),
    offsetof(fedval_incident, quoted),        offsetof(fedval_incident, own_address),
};

bool fv_copy_text(fv_arena *arena, const char **text)
{
    if (*text == NULL)
        return true;
    *text = fv_arena_copy_text(arena, *text, strlen(*text));
    return *text != NULL;
}

bool fv_copy_party(fv_arena *arena, fv_party *party)
{
    return fv_copy_text(arena, &party->text) && fv_copy_text(arena, &party->user) &&
           fv_copy_text(arena, &party->host) && fv_copy_text(arena, &party->domain) &&
           fv_copy_text(arena, &party->display) && fv_copy_text(arena, &party->tag);
}

bool fv_copy_hops(fv_arena *arena, fedval_incident *incident)
{
    if (incident->num_hops == 0)
        return true;
    fv_hop *hops = fv_arena_alloc_array(arena, incident->num_hops, sizeof(fv_hop));
    if (hops == NULL)
        return false;
    memcpy(hops, incident->hops, incident->num_hops * sizeof(fv_hop));
    incident->hops = hops;
    for (size_t i = 0; i < incident->num_hops; i++) {
        if (!fv_copy_text(arena, &hops[i].host) || !fv_copy_text(arena, &hops[i].egress_zone) ||
            !fv_copy_text(arena, &hops[i].ingress_zone) ||
            !fv_copy_text(arena, &hops[i].received) || !fv_copy_text(arena, &hops[i].text))
            return false;
    }
    return true;
}

static bool copy_texts(fv_arena *arena, fedval_incident *copy)
{
    for (size_t i = 0; i < COUNT(text_members); i++) {
        if (!fv_copy_text(arena, (const char **)(void *)((char *)copy + text_members[i])))
            return false;
    }
    for (size_t i = 0; i < copy->num_fqdns; i++) {
        if (!fv_copy_text(arena, &copy->fqdns[i]))
            return false;
    }
    return true;
}

fedval_incident *fv_incident_copy(fv_arena *arena, const fedval_incident *from)
{
    fedval_incident *copy = fv_arena_alloc(arena, sizeof(*copy));
    if (copy == NULL)
        return NULL;
    *copy = *from;
    bool copied = copy_texts(arena, copy) && fv_copy_party(arena, &copy->from) &&
                  fv_copy_party(arena, &copy->to) && fv_copy_party(arena, &copy->asserted) &&
                  fv_copy_hops(arena, copy);
    return copied ? copy : NULL;
}
