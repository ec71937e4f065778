/* The members of an intent. render/json fills them from a document; plans are made of them. */
#ifndef FV_MODEL_INTENT_H
#define FV_MODEL_INTENT_H

#include "base/address.h"
#include "base/arena.h"
#include "fedval/intent.h"

#define FV_INTENT_MAX_DOMAINS 10000
#define FV_INTENT_MAX_CLUSTERS 64
#define FV_INTENT_MAX_PEERS 64
#define FV_INTENT_TTL 3600
#define FV_INTENT_LOW_TTL 300

enum { FV_CA_UNKNOWN, FV_CA_PUBLIC, FV_CA_PRIVATE };

/* A file that the intent names, and what it holds once it is supplied. */
typedef struct fv_intent_file {
    const char *path;
    uint32_t use;   /* FEDVAL_INTENT_FILE_ */
    bool is_inline; /* `path` is the PEM itself */
    bool is_supplied;
    bool is_request;
    fv_bytes *chain; /* DER, in the order of the file; one request */
    size_t num_chain, chain_capacity;
} fv_intent_file;

/* The certificate of a peer in one role. */
typedef struct fv_intent_store {
    bool is_given;
    size_t certificate, ready; /* which of the files, counted from 1; 0: none */
} fv_intent_store;

typedef struct fv_intent_peer {
    const char *name;
    const char **addresses; /* canonical literals */
    size_t num_addresses;
    fv_intent_store server, calling;
} fv_intent_peer;

/* A name that a certificate has to hold whatever federation needs. */
typedef struct fv_intent_name {
    const char *name;
    const char *purpose; /* "_collab-edge._tls"; NULL: not said */
    const char *peer;    /* NULL: of every peer */
} fv_intent_name;

typedef struct fv_intent_cluster {
    const char *name; /* its FQDN; NULL: it has none, as one peer alone */
    int64_t version;  /* as FEDVAL_POLICY_EXPRESSWAY_VERSION; 0: not known */
    fv_intent_peer *peers;
    size_t num_peers;
    fv_intent_name *keep_names;
    size_t num_keep_names;
    bool says_keep_names; /* the member is there, be it empty */
} fv_intent_cluster;

typedef struct fv_intent_domain {
    const char *name;  /* A-labels */
    const char *given; /* as it is spelt in the document */
    uint32_t side;     /* FEDVAL_SIDE_ */
    const char *host;  /* the label wanted; NULL: any */
    const char *zone;  /* A-labels; the domain itself where the document names none */
    bool says_zone;
    const char *cluster_name; /* as the document says; NULL: it does not */
    size_t cluster;           /* which of the clusters */
    fedval_evidence *today;   /* NULL: nothing is known */
} fv_intent_domain;

/* A question that the document holds: what was not known when it was written. */
typedef struct fv_intent_question {
    const char *text;
    const char *member; /* of the intent, which answers it: "version"; NULL: it is not said */
    const char *about;  /* the cluster, peer, domain or partner that has the member; NULL: the
                           intent,  or the first peer of its only cluster */
} fv_intent_question;

typedef struct fv_intent_partner {
    const char *name;
    bool is_office365;
    const char *proxy_fqdn; /* that it has configured for our domains; NULL: none known */
    const char **allowed;   /* domains of ours on its list */
    size_t num_allowed;
    bool says_allowed;
} fv_intent_partner;

struct fedval_intent {
    fv_arena arena;
    fv_intent_domain *domains;
    size_t num_domains;
    fv_intent_cluster *clusters;
    size_t num_clusters;
    fv_intent_partner *partners;
    size_t num_partners;
    fv_intent_file *files;
    size_t num_files, files_capacity;
    const char **keep_records; /* names whose records must not change */
    size_t num_keep_records;
    fv_intent_question *questions;
    size_t num_questions;
    const char *resolver;
    bool is_live;
    uint32_t ca; /* FV_CA_: who signs the requests */
    uint32_t ttl, low_ttl;
    bool is_lenient; /* members that a format does not have are passed over in evidence too */
};

/* An intent that holds nothing; NULL when memory is short. */
fedval_intent *fv_intent_new(void);
/* Adds a file, and gives its number, counted from 1; 0 when memory is short. A path may be PEM text
 * itself: `is_inline`. */
size_t fv_intent_add_file(fedval_intent *intent, const char *path, uint32_t use);
/* Keeps the chain that `data` holds; where the file may be a request and `data` holds no
 * certificate, the request. Returns as fedval_intent_supply_file. */
fedval_status fv_intent_supply_chain(fedval_intent *intent, fv_intent_file *file, fv_bytes data,
                                     fedval_error *error);
/* The domain of that name; NULL: it has none. */
fv_intent_domain *fv_intent_find_domain(const fedval_intent *intent, const char *name);

#endif
