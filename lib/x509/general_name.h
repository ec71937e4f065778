/* RFC 5280 4.2.1.6 GeneralName. */
#ifndef FV_X509_GENERAL_NAME_H
#define FV_X509_GENERAL_NAME_H

#include "base/value.h"
#include "x509/name.h"

/* The values are the numbers of the context tags. */
typedef enum fv_general_name_type {
    FV_GN_OTHER = 0,
    FV_GN_RFC822 = 1,
    FV_GN_DNS = 2,
    FV_GN_X400 = 3,
    FV_GN_DIRECTORY = 4,
    FV_GN_EDI_PARTY = 5,
    FV_GN_URI = 6,
    FV_GN_IP = 7,
    FV_GN_REGISTERED_ID = 8,
    FV_GN_UNKNOWN = 255, /* a tag that is no GeneralName */
} fv_general_name_type;

typedef struct fv_general_name {
    fv_general_name_type type;
    /* The encoding breaks the rule of the type: a text with bytes of 0x80 and above; an address
     * that is not 4 or 16 bytes long (in a constraint, 8 or 32); a directoryName or otherName that
     * cannot be read; an unknown tag. `value` is there all the same. Whether a dNSName is a valid
     * host name is not checked here. */
    bool is_malformed;
    /* The contents: the text of a dNSName, the octets of an iPAddress, the whole Name in DER of a
     * directoryName, the contents of the [0] of an otherName, the OID contents of a
     * registeredID. */
    fv_bytes value;
    fv_bytes other_type;      /* OID contents of an otherName */
    const fv_name *directory; /* of a directoryName, decoded; NULL for every other type */
} fv_general_name;

typedef struct fv_names_index fv_names_index;

typedef struct fv_general_names {
    const fv_general_name *items;
    size_t num_items;
    const fv_names_index *index; /* of the dNSNames; NULL: it has none */
} fv_general_names;

/* Makes an index of many names, so that a dNSName is found without a look at all of them. The names
 * must not change afterwards. Returns false if memory is short. */
bool fv_general_names_index(fv_arena *arena, fv_general_names *names);
/* Returns the next dNSName that may be `name`, after `last` (NULL: from the beginning). The caller
 * compares the two. NULL: there is no more. */
const fv_general_name *fv_general_names_next_dns(const fv_general_names *names, fv_bytes name,
                                                 const fv_general_name *last);
/* Returns false if no name is a URI or a wildcard, so that a host name fits an equal name alone. */
bool fv_general_names_may_have_pattern(const fv_general_names *names);

/* Returns the first directory name of a list; NULL: there is none, or it cannot be read. */
const fv_name *fv_general_names_first_directory(const fv_general_names *names);

/* Appends the name for people: "DNS:vcse.steven.lab", "IP:192.0.2.1", "URI:sip:steven.lab",
 * "DirName:CN=x". */
void fv_general_name_append_text(fv_buf *buf, const fv_general_name *name);
/* Returns the part of that text that is the value, behind the word for the type. `text_at` and
 * `text_len` say where the text is. */
fv_part fv_general_name_part(const fv_general_name *name, size_t text_at, size_t text_len);
/* The same of such a text that somebody wrote. A text without a word for a type is a host. */
fv_part fv_general_name_part_of(const char *text);

#endif
