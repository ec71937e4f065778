#include "trust/crl_fits.h"

/* All certificates of a search together. Beyond that a fit is worked out each time. */
enum { MOST_KEPT = 16384 };

struct fv_kept_fit {
    fv_crl_fit fit;
    bool is_known;
};

size_t fv_crl_num_points(const fv_certificate *certificate)
{
    size_t num = certificate->crl_points.num_points;
    return num < FV_CRL_MOST_POINTS ? num : FV_CRL_MOST_POINTS;
}

/* Makes room for the fits of one certificate, once. Without room they are not kept. */
static void make_room(fv_search *search, fv_node *node)
{
    size_t num_crls = search->input->crls->num_items;
    size_t num_each = fv_crl_num_points(node->certificate) + 1;
    if (node->fits != NULL || num_crls > (MOST_KEPT - search->num_fits) / num_each)
        return;
    node->fits = fv_arena_alloc_array(&search->scratch, num_crls * num_each, sizeof(*node->fits));
    if (node->fits == NULL)
        search->status = FEDVAL_ERROR_NO_MEMORY;
    else
        search->num_fits += num_crls * num_each;
}

static fv_crl_fit work_out(fv_search *search, const fv_node *node, const fv_given_crl *given,
                           size_t point)
{
    const fv_certificate *certificate = node->certificate;
    const fv_crl_point *at =
        point < fv_crl_num_points(certificate) ? &certificate->crl_points.items[point] : NULL;
    fv_crl_fit fit = fv_crl_fit_of(&search->scratch, &given->crl, certificate, at);
    if (fit.no_memory)
        search->status = FEDVAL_ERROR_NO_MEMORY;
    return fit;
}

fv_crl_fit fv_crl_fit_at(fv_search *search, fv_node *node, const fv_given_crl *given, size_t point)
{
    make_room(search, node);
    if (node->fits == NULL)
        return work_out(search, node, given, point);
    size_t num_each = fv_crl_num_points(node->certificate) + 1;
    struct fv_kept_fit *kept = &node->fits[given->index * num_each + point];
    if (!kept->is_known)
        *kept = (struct fv_kept_fit){.fit = work_out(search, node, given, point), .is_known = true};
    return kept->fit;
}
