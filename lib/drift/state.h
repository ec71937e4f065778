/* A state: the content of a report as things that can be compared one by one. A report object and
 * its JSON give the same state. */
#ifndef FV_DRIFT_STATE_H
#define FV_DRIFT_STATE_H

#include "base/arena.h"
#include "fedval/catalogue.h"
#include "fedval/drift.h"
#include "fedval/report.h"

/* Hostile JSON can hold any number of things, so a state has a bound. */
#define FV_STATE_MAX_THINGS 100000

/* A code and its word. A report of a later edition may have a word that is not known here: then the
 * code is 0. */
typedef struct fv_state_word {
    uint32_t code;
    const char *text;
} fv_state_word;

/* What is compared of a certificate. A text is NULL if the report lacks it, a time
 * FV_TIME_UNKNOWN. */
typedef struct fv_state_certificate {
    const char *sha256; /* NULL: only the other members tell two certificates apart */
    const char *subject, *issuer, *serial;
    int64_t not_before, not_after;
    const char *names;            /* sorted, ", " between them */
    const char *const *each_name; /* each of them by itself */
    size_t num_names;
    const char *const *purposes; /* OIDs, sorted; none without the extension */
    size_t num_purposes;
    bool has_purposes; /* the report tells them */
    const char *path;  /* subjects of the accepted path above it, " <- " between them */
    const char *const *path_subjects; /* each of them by itself */
    size_t num_path_subjects;
} fv_state_certificate;

/* A certificate of which nothing is known. */
extern const fv_state_certificate fv_state_no_certificate;

/* One thing that a report says. */
typedef struct fv_state_thing {
    uint32_t what;     /* FEDVAL_CHANGED_ */
    const char *place; /* "" if it has none */
    uint32_t role;     /* FEDVAL_ROLE_ of a certificate; else 0 */
    const char *value;
    uint32_t badness; /* of a verdict or a finding, the higher the worse; else 0 */
    const fv_state_certificate *certificate; /* only for FEDVAL_CHANGED_CERTIFICATE */
} fv_state_thing;

/* Classes of findings that count. */
enum { FV_STATE_ERRORS, FV_STATE_OPEN, FV_STATE_WARNINGS, FV_STATE_NUM_WEIGHTS };

struct fedval_state {
    fv_arena arena;
    const char *domain, *profile;
    uint32_t verdict; /* its badness */
    size_t counts[FV_STATE_NUM_WEIGHTS];
    fv_state_thing *things; /* sorted once the state is finished */
    size_t num_things, capacity;
    bool failed;    /* memory ran short */
    bool is_beyond; /* it would hold too many things */
};

/* A finding as the state keeps it. */
typedef struct fv_state_finding {
    const char *code;       /* "srv-missing" */
    fv_state_word severity; /* FEDVAL_SEVERITY_ */
    const char *target, *address;
    const char *fault; /* the fault of a standby; NULL: none */
    bool is_client;    /* it is about the calling certificate */
    bool is_accepted;
    bool is_of_address; /* it is about the address, not about the chain presented there */
} fv_state_finding;

fedval_state *fv_state_begin(void);
/* Each adds one thing and copies its texts. After a failure fv_state_finish returns the error. */
void fv_state_set_head(fedval_state *state, const char *domain, const char *profile,
                       const fv_state_word *verdict);
void fv_state_add_requirement(fedval_state *state, const char *name, const fv_state_word *verdict);
void fv_state_add_srv(fedval_state *state, int64_t priority, int64_t weight, int64_t port,
                      const char *target);
void fv_state_add_address(fedval_state *state, const char *target, const char *address);
/* Adds the certificate of `target`, or the calling one for NULL. The texts of `certificate` must
 * live in the state's arena. */
void fv_state_add_certificate(fedval_state *state, const char *target,
                              const fv_state_certificate *certificate);
/* Sets the path of a certificate. `subjects` and its texts must live in the state's arena. */
void fv_state_set_path(fedval_state *state, const char *const *subjects, size_t num_subjects,
                       fv_state_certificate *out);
void fv_state_add_finding(fedval_state *state, const fv_state_finding *finding);
/* Sorts the things. Returns 0; or frees the state and returns NO_MEMORY, or LIMIT for too many
 * things. */
fedval_status fv_state_finish(fedval_state *state, fedval_state **out);

/* Orders things by what they are, then by their place. */
int fv_state_compare_places(const fv_state_thing *a, const fv_state_thing *b);

/* Copies `text` into the state's arena. If memory is short, returns NULL and the state has
 * failed. */
const char *fv_state_copy(fedval_state *state, const char *text);
/* Sorts `texts` by their bytes. */
void fv_state_sort(const char **texts, size_t num_texts);
/* Sorts `texts` and joins them with ", ". The same on failure. */
const char *fv_state_join_sorted(fedval_state *state, const char **texts, size_t num_texts);

#endif
