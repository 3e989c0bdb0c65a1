/* The cached result of a check: the table `armature_schema`, with a row for each list of models that was checked. It
 * has a fingerprint of the models, and the state of the database's schema at that time: if both are the same, so is the
 * result. Nothing is cached about a difference. */
#ifndef AR_SCHEMA_FINGERPRINT_H
#define AR_SCHEMA_FINGERPRINT_H

#include "schema/models.h"

#include <armature/session.h>

/* Check the models, by one statement if nothing changed since the last time. Otherwise check all, and note the result
 * if the database can be written; if it cannot be noted, that is not a failure. */
enum ar_status ar_check_by_fingerprint(struct ar_session *s, const struct model_list *models);

#endif
