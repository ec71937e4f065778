/* The way to each server, drawn and step by step. */
#include "render/html/parts.h"
#include "render/text/report_text.h"

#include "fedval/policy.h"

#include <string.h>

/* More are never drawn: the list of steps has them all. */
#define MAX_DRAWN 20

void fv_html_step(fv_html *out, const char *name, uint32_t mark)
{
    const fv_html_look *look = fv_html_mark_look(mark);
    fv_html_open(out, "<li class=\"", look, "\"><span class=\"name\">");
    fv_html_raw(out, name);
    fv_html_raw(out, "</span>");
    fv_html_tag(out, look);
    fv_html_raw(out, "<span class=\"what\">");
    fv_html_words(out);
    fv_html_raw(out, "</span></li>\n");
}

/* The steps of the name and the chain, as items of a list of steps. */
static void put_presented(fv_html *out, const fv_report_presented *presented, const char *target)
{
    if (presented->certificate == NULL) {
        fv_out_text(&out->words, "no certificate was seen");
        fv_html_step(out, "Name", presented->name.mark);
        return;
    }
    fv_text_name_value(&out->words, presented, target);
    fv_html_step(out, "Name", presented->name.mark);
    fv_text_chain_value(&out->words, presented);
    fv_html_step(out, "Chain", presented->chain.mark);
}

static void begin_card(fv_html *out, const char *title)
{
    fv_html_element(out, "<div class=\"card\">\n<h4><bdi>", title, "</bdi></h4>\n");
}

static void draw(fv_html *out, const fedval_report *report, const fv_report_endpoint *endpoint,
                 const fv_report_address *address)
{
    const fv_html_station stations[] = {
        {"domain", 0},
        {"SRV", endpoint->srv.mark},
        {"address",
         address == NULL || address->address == NULL ? endpoint->lookup.mark : address->step.mark},
        {"TLS", address == NULL ? (uint32_t)FEDVAL_MARK_NOT_ASKED : address->tls.mark},
        {"name", address == NULL ? (uint32_t)FEDVAL_MARK_NOT_ASKED : address->presented.name.mark},
        {"root", address == NULL ? (uint32_t)FEDVAL_MARK_NOT_ASKED : address->presented.chain.mark},
    };
    bool is_dns = report->scope == FEDVAL_SCOPE_DNS;
    fv_html_draw_path(out, stations, is_dns ? 3 : sizeof(stations) / sizeof(stations[0]));
}

static bool is_as_above(const fv_report_endpoint *endpoint, size_t index)
{
    uint32_t same = endpoint->addresses[index].same_as;
    return same != 0 && (same == index || same == endpoint->addresses[index - 1].same_as);
}

static void put_address(fv_html *out, const fedval_report *report,
                        const fv_report_endpoint *endpoint, size_t index)
{
    const fv_report_address *address = &endpoint->addresses[index];
    if (address->address != NULL) {
        fv_text_address_value(&out->words, address);
        fv_html_step(out, "Address", address->step.mark);
    }
    if (report->scope == FEDVAL_SCOPE_DNS)
        return;
    fv_text_tls_value(&out->words, endpoint, address);
    fv_html_step(out, "TLS", address->tls.mark);
    if (is_as_above(endpoint, index))
        fv_html_raw(out, "<li><span class=\"what\">name and chain as above</span></li>\n");
    else
        put_presented(out, &address->presented, endpoint->target);
}

static void put_steps(fv_html *out, const fedval_report *report, const fv_report_endpoint *endpoint)
{
    fv_html_raw(out, "<ol class=\"steps\">\n");
    fv_text_srv_value(&out->words, report, endpoint);
    fv_html_step(out, "SRV", endpoint->srv.mark);
    bool is_offered = strcmp(endpoint->target, ".") != 0;
    if (is_offered && (endpoint->num_addresses == 0 || endpoint->addresses[0].address == NULL)) {
        fv_text_lookup_value(&out->words, endpoint);
        fv_html_step(out, "Address", endpoint->lookup.mark);
    }
    for (size_t i = 0; is_offered && i < endpoint->num_addresses; i++)
        put_address(out, report, endpoint, i);
    fv_html_raw(out, "</ol>\n");
}

static void put_endpoint(fv_html *out, const fedval_report *report,
                         const fv_report_endpoint *endpoint, size_t *num_drawn)
{
    begin_card(out, endpoint->target);
    if (endpoint->num_addresses == 0 && (*num_drawn)++ < MAX_DRAWN)
        draw(out, report, endpoint, NULL);
    for (size_t i = 0; i < endpoint->num_addresses; i++) {
        if (!is_as_above(endpoint, i) && (*num_drawn)++ < MAX_DRAWN)
            draw(out, report, endpoint, &endpoint->addresses[i]);
    }
    put_steps(out, report, endpoint);
    fv_html_raw(out, "</div>\n");
}

static void put_missing_srv(fv_html *out, const fedval_report *report)
{
    const fv_html_station stations[] = {{"domain", 0}, {"SRV", report->srv.mark}};
    begin_card(out, report->srv_owner);
    fv_html_draw_path(out, stations, 2);
    fv_html_raw(out, "<ol class=\"steps\">\n");
    fv_text_missing_srv_value(&out->words, report);
    fv_html_step(out, "SRV", report->srv.mark);
    fv_html_raw(out, "</ol>\n</div>\n");
}

void fv_html_endpoints(fv_html *out, const fedval_report *report)
{
    size_t num_drawn = 0;
    fv_html_raw(out, "<h3>The path</h3>\n");
    if (report->num_endpoints == 0 && report->srv_owner != NULL)
        put_missing_srv(out, report);
    for (size_t i = 0; i < report->num_endpoints; i++)
        put_endpoint(out, report, &report->endpoints[i], &num_drawn);
    if (report->client.certificate == NULL)
        return;
    begin_card(out, "The certificate that is presented when calling");
    fv_html_raw(out, "<ol class=\"steps\">\n");
    put_presented(out, &report->client, NULL);
    fv_html_raw(out, "</ol>\n</div>\n");
}
