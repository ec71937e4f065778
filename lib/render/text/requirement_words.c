#include "render/text/report_text.h"

/* `fedval explain R1` says more. */
const fv_requirement_words fv_text_requirements[FV_NUM_REQUIREMENTS + 1] = {
    {"", ""},
    {"SRV record", "DNS"},
    {"same domain", "DNS"},
    {"address", "DNS"},
    {"name", "names"},
    {"trust", "the chain"},
    {"both roles", "both roles"},
    {"certificate", "the certificate"},
    {"cluster", "the cluster"},
};
