/* The check of tables, for a session and for ar_db_open. */
#ifndef AR_SCHEMA_CHECK_H
#define AR_SCHEMA_CHECK_H

#include "schema/models.h"

#include <armature/session.h>

/* Compare the models with the database, in one round trip. Return AR_CONFLICT if they differ. */
enum ar_status ar_check(struct ar_session *s, const struct model_list *models);

/* Return AR_CONFLICT if a table or view that exists, and will not be replaced, lacks a column of its model. */
enum ar_status ar_check_before_create(struct ar_session *s, const struct ar_model *const *models, size_t count);

#endif
