#include "render/text/expiry.h"

#include "base/text.h"
#include "fedval/evidence.h"

static fv_expiry *find(fv_expiries *all, const char *target)
{
    for (size_t i = 0; i < all->num_items; i++) {
        if (fv_text_equal_nocase(fv_text_of(all->items[i].target), fv_text_of(target)))
            return &all->items[i];
    }
    return NULL;
}

static void add(fv_expiries *all, const char *target, const fv_report_certificate *certificate)
{
    if (certificate == NULL || certificate->not_after == FEDVAL_TIME_UNKNOWN)
        return;
    fv_expiry *known = find(all, target);
    if (known == NULL && all->num_items == FV_MAX_EXPIRIES)
        return;
    if (known == NULL)
        all->items[all->num_items++] = (fv_expiry){target, certificate->not_after};
    else if (certificate->not_after < known->not_after)
        *known = (fv_expiry){target, certificate->not_after};
}

fv_expiries fv_expiries_from(const fedval_report *report)
{
    fv_expiries all = {.num_items = 0};
    for (size_t i = 0; i < report->num_endpoints; i++) {
        const fv_report_endpoint *endpoint = &report->endpoints[i];
        for (size_t j = 0; j < endpoint->num_addresses; j++) {
            add(&all, endpoint->target, endpoint->addresses[j].presented.certificate);
        }
    }
    add(&all, "client", report->client.certificate);
    return all;
}

bool fv_reports_are_there(const fedval_report *const *reports, size_t num_reports)
{
    if (reports == NULL || num_reports == 0)
        return false;
    for (size_t i = 0; i < num_reports; i++) {
        if (reports[i] == NULL)
            return false;
    }
    return true;
}
