/* The anchors that the judge had, as a report or the result of a chain tells of them. */
#include "judge/judgement.h"
#include "trust/anchors.h"

#include <string.h>

void fv_describe_anchors(const fedval_anchors *anchors, fv_anchors_by_class out)
{
    static const uint32_t classes[] = {FEDVAL_ANCHOR_PUBLIC, FEDVAL_ANCHOR_PRIVATE};
    for (size_t i = 0; anchors != NULL && i < sizeof(classes) / sizeof(classes[0]); i++) {
        const char *digest = fv_anchors_digest(anchors, classes[i]);
        out[classes[i]].count = fedval_anchors_count(anchors, classes[i]);
        memcpy(out[classes[i]].sha256, digest, strlen(digest) + 1);
    }
}
