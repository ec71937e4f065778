/* CRLs: the entries are sorted, each is found by its serial, nothing lies outside the input. */
#include "fuzz.h"

#include "x509/crl.h"

#include <stdlib.h>

static void check_entries(const fv_crl *crl, const uint8_t *data, size_t size)
{
    bool has_critical = false;
    for (size_t i = 0; i < crl->num_entries; i++) {
        const fv_crl_entry *entry = &crl->entries[i];
        require(entry->serial.data >= data && entry->serial.len <= size);
        require(fv_crl_find(crl, entry->serial) != NULL);
        require(i == 0 || entry[-1].serial.len <= entry->serial.len);
        has_critical |= entry->is_extended_critically;
    }
    require(has_critical == crl->has_unknown_critical_entry);
    require(crl->num_entries == 0 || crl->entries_presence != FV_ABSENT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fv_arena arena;
    fv_crl crl;
    fv_arena_init(&arena);
    if (fv_crl_decode(&arena, (fv_bytes){data, size}, &crl) == FEDVAL_OK) {
        check_entries(&crl, data, size);
        require(crl.distribution_point_presence == FV_KNOWN ||
                !(crl.is_indirect || crl.is_ca_only || crl.is_user_only));
        for (uint32_t i = 0; i < crl.defects.num_items; i++)
            require(crl.defects.items[i].offset <= size);
    }
    fv_arena_clear(&arena);
    return 0;
}
