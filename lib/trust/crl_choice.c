#include "trust/crl_choice.h"

#include "trust/crl_scope.h"
#include "trust/crl_signer.h"

/* Whether an extension that says what the CRL covers cannot be decoded by OpenSSL either. */
static bool has_faulty_extension(const fv_crl *crl)
{
    for (size_t i = 0; i < crl->num_extensions; i++) {
        fv_extension_id id = crl->extensions[i].id;
        bool is_used = id == FV_EXT_AUTHORITY_KEY_ID || id == FV_EXT_CRL_NUMBER ||
                       id == FV_EXT_DELTA_CRL_INDICATOR || id == FV_EXT_ISSUING_DISTRIBUTION_POINT;
        if (is_used && crl->extensions[i].faults != 0)
            return true;
    }
    return false;
}

/* RFC 5280 5.2, 5.3: a CRL that is not wholly understood is not used for any certificate. */
static const char *find_form_fault(const fv_crl *crl)
{
    const uint64_t harmless = FV_DEFECTS_OF_TEXTS | FV_DEFECT_BIT(FV_DEFECT_TIME_TYPE) |
                              FV_DEFECT_BIT(FV_DEFECT_CHARACTERS) |
                              FV_DEFECT_BIT(FV_DEFECT_STRING_CONTENTS) |
                              FV_DEFECT_BIT(FV_DEFECT_EXTENSION_CONTENTS);
    if ((crl->defects.kinds & ~harmless) != 0 || crl->entries_presence == FV_MALFORMED ||
        crl->extensions_presence == FV_MALFORMED || has_faulty_extension(crl))
        return "it is malformed";
    if (crl->has_unnamed_issuer) {
        return "an entry has a certificateIssuer without a directory name, so nobody can tell "
               "whose certificate it lists";
    }
    if (crl->has_unknown_critical || crl->has_unknown_critical_entry ||
        crl->distribution_point_presence == FV_MALFORMED)
        return "it has a critical extension that is not understood";
    return NULL;
}

const char *fv_crl_find_fault(fv_search *search, fv_given_crl *given, fv_node *issuer)
{
    const char *fault = find_form_fault(&given->crl);
    return fault != NULL ? fault : fv_crl_find_signer_fault(search, given, issuer);
}

bool fv_crl_has_begun(const fv_search *search, const fv_crl *crl)
{
    return crl->this_update.presence == FV_KNOWN && crl->this_update.seconds <= search->input->time;
}

static bool have_numbers(const fv_crl *a, const fv_crl *b)
{
    return a->number_presence == FV_KNOWN && b->number_presence == FV_KNOWN;
}

static bool is_newer(const fv_crl *a, const fv_crl *b)
{
    if (a->this_update.seconds != b->this_update.seconds)
        return a->this_update.seconds > b->this_update.seconds;
    return have_numbers(a, b) && fv_crl_compare_numbers(a->number, b->number) > 0;
}

/* RFC 5280 5.2.3: two CRLs "for the same scope at different times ... MUST NOT have the same CRL
 * number". */
static bool have_same_number(const fv_crl *a, const fv_crl *b)
{
    return have_numbers(a, b) && fv_crl_compare_numbers(a->number, b->number) == 0;
}

bool fv_crl_is_superseded(fv_search *search, const fv_given_crl *given, fv_node *issuer,
                          bool is_for_good)
{
    const fedval_crls *crls = search->input->crls;
    for (size_t i = 0; i < crls->num_items; i++) {
        fv_given_crl *other = crls->items[i];
        if (other != given && !other->crl.is_delta && fv_crl_has_begun(search, &other->crl) &&
            is_newer(&other->crl, &given->crl) && fv_crl_is_same_scope(&other->crl, &given->crl) &&
            !(is_for_good && have_same_number(&other->crl, &given->crl)) &&
            fv_crl_find_fault(search, other, issuer) == NULL)
            return true;
    }
    return false;
}

/* ---- deltas ---- */

/* "The CRL number of the complete CRL is equal to or greater than the BaseCRLNumber specified in
 * the delta CRL", and less than that of the delta. */
static bool is_delta_of(const fv_crl *delta, const fv_crl *base)
{
    return delta->is_delta && delta->base_number.len > 0 && have_numbers(delta, base) &&
           fv_crl_is_same_scope(delta, base) &&
           fv_crl_compare_numbers(delta->base_number, base->number) <= 0 &&
           fv_crl_compare_numbers(delta->number, base->number) > 0;
}

const fv_crl *fv_crl_find_delta(fv_search *search, const fv_crl *base, fv_node *issuer)
{
    const fedval_crls *crls = search->input->crls;
    const fv_crl *best = NULL;
    for (size_t i = 0; i < crls->num_items; i++) {
        const fv_crl *delta = &crls->items[i]->crl;
        if (is_delta_of(delta, base) && fv_crl_has_begun(search, delta) &&
            (best == NULL || is_newer(delta, best)) &&
            fv_crl_find_fault(search, crls->items[i], issuer) == NULL)
            best = delta;
    }
    return best;
}

static bool knows_more(const fv_crl *delta, const fv_crl *known)
{
    return have_numbers(delta, known) ? fv_crl_compare_numbers(delta->number, known->number) > 0
                                      : is_newer(delta, known);
}

const char *fv_crl_find_delta_fault(fv_search *search, const fv_crl *base, const fv_crl *applied,
                                    fv_node *issuer)
{
    const fedval_crls *crls = search->input->crls;
    const fv_crl *known = applied != NULL ? applied : base;
    for (size_t i = 0; i < crls->num_items; i++) {
        const fv_crl *delta = &crls->items[i]->crl;
        if (!delta->is_delta || !fv_crl_has_begun(search, delta) ||
            !fv_crl_is_same_scope(delta, base) || !knows_more(delta, known))
            continue;
        return fv_crl_find_fault(search, crls->items[i], issuer) != NULL
                   ? "a newer delta CRL was given whose form or signature is wrong"
                   : "a newer delta CRL was given whose base was not";
    }
    return NULL;
}

static bool find_base(fv_search *search, const fv_crl *delta, fv_node *issuer)
{
    const fedval_crls *crls = search->input->crls;
    for (size_t i = 0; i < crls->num_items; i++) {
        const fv_crl *base = &crls->items[i]->crl;
        if (!base->is_delta && is_delta_of(delta, base) && fv_crl_has_begun(search, base) &&
            fv_crl_find_fault(search, crls->items[i], issuer) == NULL)
            return true;
    }
    return false;
}

/* Whether a complete CRL was given over which `delta` can be applied. */
static bool has_base(fv_search *search, const fv_given_crl *delta, fv_node *issuer)
{
    fv_crl_check *check = fv_crl_check_of(search, delta, issuer);
    if (check == NULL)
        return false;
    const fv_node *root = search->path[search->path_len - 1];
    if (check->base_under != root)
        check->base = FV_BASE_UNKNOWN;
    check->base_under = root;
    if (check->base == FV_BASE_UNKNOWN)
        check->base = find_base(search, &delta->crl, issuer) ? FV_BASE_GIVEN : FV_BASE_MISSING;
    return check->base == FV_BASE_GIVEN;
}

static bool knows_all_of_complete(const fv_crl *other, const fv_crl *crl)
{
    return have_numbers(other, crl) && crl->is_delta
               ? fv_crl_compare_numbers(other->number, crl->number) > 0
               : is_newer(other, crl);
}

/* A newer delta knows what an older one knows if it goes back as far, or if its base was given: RFC
 * 5280 5.2.4: the two "provide the same information as a CRL that is complete for the given scope".
 */
static bool knows_all_of_delta(fv_search *search, const fv_given_crl *other, const fv_crl *crl,
                               fv_node *issuer)
{
    const fv_crl *delta = &other->crl;
    if (!is_newer(delta, crl) || delta->base_number.len == 0)
        return false;
    bool goes_back = crl->base_number.len > 0 &&
                     fv_crl_compare_numbers(delta->base_number, crl->base_number) <= 0;
    return goes_back || has_base(search, other, issuer);
}

bool fv_crl_is_overtaken(fv_search *search, const fv_given_crl *given, fv_node *issuer)
{
    const fedval_crls *crls = search->input->crls;
    for (size_t i = 0; i < crls->num_items; i++) {
        fv_given_crl *other = crls->items[i];
        if (other == given || !fv_crl_has_begun(search, &other->crl) ||
            !fv_crl_is_same_scope(&other->crl, &given->crl))
            continue;
        bool knows_all = other->crl.is_delta
                             ? knows_all_of_delta(search, other, &given->crl, issuer)
                             : knows_all_of_complete(&other->crl, &given->crl);
        if (knows_all && fv_crl_find_fault(search, other, issuer) == NULL)
            return true;
    }
    return false;
}
