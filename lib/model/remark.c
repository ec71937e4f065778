#include "model/remark.h"

#include "fedval/question.h"

#include <string.h>

size_t fv_remark_collect_params(const fv_remark *remark, const char *domain, const char *srv_owner,
                                fv_param out[FV_REMARK_MAX_PARAMS])
{
    const char *fault = remark->fault != 0 ? fedval_finding_code_to_string(remark->fault) : NULL;
    bool is_calling = remark->where.role == FEDVAL_ROLE_CLIENT;
    const fv_param common[] = {
        {"fault_code", fault, FV_VALUE_PLAIN},
        {"domain", domain, FV_VALUE_HOST},
        {"owner", srv_owner, FV_VALUE_HOST},
        {"target", remark->where.target, FV_VALUE_HOST},
        {"address", remark->where.address, FV_VALUE_ADDRESS},
        {"certificate", remark->where.certificate, remark->where.certificate_kind},
        {"the_certificate", is_calling ? "the calling certificate" : "the certificate",
         FV_VALUE_PLAIN},
        {"the_sender", is_calling ? "each peer that calls" : "the server", FV_VALUE_PLAIN},
        {"peers", is_calling ? "each peer that calls with it" : "each peer that shows it",
         FV_VALUE_PLAIN},
    };
    const size_t num_common = sizeof(common) / sizeof(common[0]);
    size_t count = remark->num_params;
    if (count > FV_REMARK_MAX_PARAMS - num_common)
        count = FV_REMARK_MAX_PARAMS - num_common;
    if (count > 0)
        memcpy(out, remark->params, count * sizeof(*out));
    memcpy(out + count, common, sizeof(common));
    return count + num_common;
}
