/* The broken rules of one record (struct violations, session.h). They are collected while the record is checked, and
 * then belong to the session until the next record breaks one, so that the caller of the write can read them. */
#ifndef AR_VIOLATIONS_H
#define AR_VIOLATIONS_H

#include "session/session.h"

/* Add a broken rule, with a copy of the message. Return AR_INVALID, or AR_NO_MEMORY, which is recorded. */
enum ar_status ar_violations_add(struct ar_session *s, struct violations *violations, const struct ar_column *column,
                                 const char *rule, const char *message);

/* Return AR_OK if there are none. Otherwise move them to the session, record the failure, and return AR_INVALID. */
enum ar_status ar_violations_end(struct ar_session *s, const struct ar_model *model, struct violations *violations);

#endif
