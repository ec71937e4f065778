/* fedval plan --from FILE...: a first intent from what there is. */
#ifndef LEARN_H
#define LEARN_H

#include "options.h"
#include "output.h"

/* Stands for the FQDN of a peer that was not learnt. */
#define PEER_TO_NAME "expe1.example.com"

void learn_intent(const cmd_settings *settings, cmd_output *output);

/* ---- what is learnt (learnt.c) ---- */

/* A growing list of pairs; the second of a pair may be NULL. */
typedef struct learnt_pair {
    char *first, *second;
} learnt_pair;

typedef struct learnt_list {
    learnt_pair *items;
    size_t count;
} learnt_list;

typedef struct learnt {
    learnt_list domains;          /* name, host label */
    learnt_list apexes;           /* of zones: domains, where no record names one */
    learnt_list addresses;        /* of the peer: literal */
    learnt_list target_addresses; /* of SRV targets: literal */
    learnt_list hosts;            /* of zones: "name address" of each address record */
    learnt_list keep_names;       /* name, service */
    learnt_list zones, evidence;  /* files */
    learnt_list peers;       /* of the cluster, beside the one that was read: name or address */
    learnt_list questions;   /* text, member of the intent that answers it */
    learnt_list inside;      /* addresses of LANs of the peers that were read */
    learnt_list authorities; /* PEM of CAs: what an Expressway trusts and sends */
    char *peer, *cluster, *version;
    char *target; /* the first SRV target of the zones: whose name it is is not known */
    char *server_pem, *calling_pem;
    char *certificate_name;      /* in the server certificate */
    struct learnt_group *groups; /* while files are read */
    size_t num_groups;
    struct learnt **further; /* peers that were read beside the first one */
    size_t num_further;
    bool is_of_inside; /* an Expressway-C: it has the domains, and is no peer */
    bool is_out_of_memory;
} learnt;

/* What was read of one Expressway: its files have a host in their names, or lie in one folder. */
typedef struct learnt_group {
    char key[256];
    learnt part;
} learnt_group;

/* Adds a pair unless its first is there; where it is and has no second, the second is kept. */
void learnt_add(learnt *l, learnt_list *list, const char *first, const char *second);
/* Keeps the first value that is given. */
void learnt_set(learnt *l, char **field, const char *value);
/* The address behind "name " in an item of `hosts`; NULL: it is another host's. */
const char *learnt_address_of(const learnt *l, size_t index, const char *host);
void learnt_ask(learnt *l, const char *before, const char *subject, const char *after);
/* The same for what a member of the intent is to say, of the cluster or of its first peer: the plan
 * asks for it by itself as long as it is not there. */
void learnt_ask_for(learnt *l, const char *member, const char *before, const char *subject,
                    const char *after);
/* Asks whether the name in a certificate is that of a peer. */
void learnt_ask_certified(learnt *l, const char *name);
/* Whether a text holds a word, whatever its case. */
bool learn_has_word(const char *text, const char *word);
/* Copies the line that begins at `at`, NUL-ended and as far as it fits. Returns the start of the
 * next line, or `len` or more. */
size_t learn_line(const char *text, size_t len, size_t at, char *line, size_t size);
void learnt_clear(learnt *l);
/* What was read so far of the Expressway that a file is of; NULL: memory is short. */
struct learnt *learnt_part_of(learnt *l, const char *path);
/* Puts what was read of each Expressway together. */
void learnt_merge(learnt *l);
/* The intent as JSON, laid out for a person; malloc'ed, NULL: memory is short. */
char *learnt_to_json(const learnt *l);

/* ---- sources ---- */

/* Each takes what the text says; false: it is no text of that kind. */
/* `origin` is what names are relative to at the start; "" where the file says so itself
 * (learn_zone.c). */
bool learn_zone(learnt *l, const char *text, size_t len, const char *origin);
bool learn_xconfiguration(learnt *l, const char *text, size_t len); /* learn_expressway.c */
/* PEM of end entities, and of CAs; the name of the file tells the client's from the server's
 * (learn_certificates.c). */
bool learn_certificates(learnt *l, const char *name, const char *text, size_t len);
/* The name in the end entity that a text holds as PEM or DER, as learn_certificates takes it.
 * False: it holds none. */
bool learn_certificate_host(const char *text, size_t len, char out[FEDVAL_NAME_SIZE]);
/* Puts the CAs that were read behind the certificates that they have issued. */
void learn_issuers(learnt *l);
/* Every file of an archive; false: the output has been told (learn_archive.c). */
bool learn_archive(learnt *l, const char *path, cmd_output *output, bool *out_is_archive);
/* One text, whatever it is; false: nothing was learnt from it. */
bool learn_text(learnt *l, const char *name, const char *text, size_t len);

#endif
