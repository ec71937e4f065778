/* Numbers and addresses as people write them: with blanks, dots, hyphens and brackets. No parser of
 * addresses takes them, and a reader understands them all the same. */
#ifndef FV_JUDGE_REDACT_NUMBERS_H
#define FV_JUDGE_REDACT_NUMBERS_H

#include "base/text.h"

/* Returns the length of the telephone number or address that begins at `at`; 0 if what begins there
 * is neither. "+49 30 9999 123", "(030) 9999-123", "10. 44. 55. 66" are; "504", "2.0" are not. */
size_t fv_redact_number_len(fv_text text, size_t at);
/* Returns whether a name, or another word, is an IPv4 address or most of one with something beside
 * it: "10.44.55.66-x", "10-44-55-66". Names such as 10-44-55-66.example.com are not: they are usual
 * in public DNS, and the other side looks them up. */
bool fv_redact_tells_address(fv_text name);
/* Whether the word is a code, a port or a version: "504", "5061", "0x80090322", "6.0". */
bool fv_redact_is_figure(fv_text word);
/* Random identifiers tell nothing of anybody, and the other side finds the call by them. */
bool fv_redact_is_random(fv_text text);

#endif
