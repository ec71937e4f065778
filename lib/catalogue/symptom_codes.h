/* The codes that products report, their meanings, and the findings that they indicate. The number
 * is the key, never the text: the text in a published specification differs from the one that is
 * sent. */
#ifndef FV_CATALOGUE_SYMPTOM_CODES_H
#define FV_CATALOGUE_SYMPTOM_CODES_H

#include "catalogue/documents.h"
#include "fedval/topic.h"

#include <stdbool.h>

/* The kinds of codes. Each kind has numbers of its own, so a number means something only together
 * with its kind. */
enum {
    FV_SYMPTOM_MS_DIAGNOSTICS = 1, /* the id of an ms-diagnostics header */
    FV_SYMPTOM_EDGE_RESULT = 2,    /* Result-Code of an Edge record, 0xc3e9.... */
    FV_SYMPTOM_HRESULT = 3,        /* SChannel, certificate and winsock HRESULTs */
    FV_SYMPTOM_WINSOCK = 4,        /* a bare winsock error, 10054 */
    FV_SYMPTOM_WINDOWS_EVENT = 5,  /* an event id of the Edge's event logs */
    FV_SYMPTOM_SIP_STATUS = 6,     /* the status of a SIP response */
    FV_SYMPTOM_TLS_ALERT = 7,      /* the number of a TLS alert */
    FV_SYMPTOM_OPENSSL_VERIFY = 8, /* X509_V_ERR_, of OpenSSL and so of Expressway */
    FV_NUM_SYMPTOM_KINDS = 9,
};

typedef fedval_cause fv_cause;

struct fedval_cause {
    /* FEDVAL_FINDING_; 0: the cause has nothing to do with DNS and certificates */
    uint32_t finding;
    uint32_t likelihood; /* FEDVAL_LIKELIHOOD_ */
    /* how to recognise this cause; one line for people */
    const char *when;
};

/* Hints for codes that the finding alone does not explain. */
enum {
    FV_SYMPTOM_NEXT_HOP = 1,  /* the detail is one hop further: see its Domain and PeerServer */
    FV_SYMPTOM_SECONDARY = 2, /* often a consequence of another fault: look for that one */
    FV_SYMPTOM_SEE_HRESULT =
        4,                   /* the HRESULT or winsock code beside it decides, where there is one */
    FV_SYMPTOM_PROGRESS = 8, /* no failure: the code reports progress */
    /* It is about some peer: the peer-type beside it decides whether that is a partner's server. */
    FV_SYMPTOM_ANY_PEER = 16,
};

typedef struct fv_symptom_code {
    uint32_t kind;
    uint32_t number;
    const char *name;    /* "SEC_E_WRONG_PRINCIPAL"; NULL: it has none */
    const char *meaning; /* one line for people */
    uint32_t finding;    /* FEDVAL_FINDING_; NOT_A_FEDERATION_FAULT where DNS and certificates have
                            no part in it; CAUSE_NOT_IN_THIS_LOG where it does not tell */
    /* FEDVAL_CERTAINTY_STATED [C in the specification], _INFERRED [I] or _UNSURE [U] */
    uint32_t certainty;
    uint32_t hints;         /* mask of FV_SYMPTOM_NEXT_HOP.. */
    uint32_t document;      /* FV_DOCUMENT_: which says so; NONE only where it is unsure */
    const fv_cause *causes; /* most likely first; none: the finding is the only one */
    size_t num_causes;
    const char
        *advice; /* what to do next, where it is another than the finding's remedy; or NULL */
    /* Of a SIP status that, made by the far side, proves DNS and certificates: where to look
     * instead; else NULL. */
    const char *look_at;
} fv_symptom_code;

/* A table of codes, of one kind or of several. */
typedef struct fv_symptom_table {
    const fv_symptom_code *codes;
    size_t num_codes;
} fv_symptom_table;

extern const fv_symptom_table fv_ms_diagnostics, fv_edge_results, fv_hresults, fv_windows_codes,
    fv_sip_statuses, fv_tls_alerts, fv_openssl_verify_codes;

/* Returns NULL for an unknown code: show such a code with the text that came with it. */
const fv_symptom_code *fv_symptom_code_find(uint32_t kind, uint32_t number);
/* Finds a code of any kind by its name, without regard to case ("SEC_E_WRONG_PRINCIPAL"). Returns
 * NULL for an unknown name. */
const fv_symptom_code *fv_symptom_code_find_name(const char *name, size_t name_len);
/* All codes one after another, for tests and documents. */
size_t fv_symptom_code_count(void);
const fv_symptom_code *fv_symptom_code_get(size_t index);

/* Texts of the Edge. They say what is wrong where the number of the Result-Code is missing or
 * unknown. */
typedef struct fv_edge_text {
    /* the text that the Edge writes, or the name of the code */
    const char *text;
    const char *meaning; /* one line for people */
    uint32_t finding;
    uint32_t document; /* FV_DOCUMENT_ */
} fv_edge_text;

extern const fv_edge_text fv_edge_texts[];
extern const size_t fv_num_edge_texts;

#endif
