/* Calls of the driver that may query the schema, with the checks that every use of the connection needs. Such queries
 * are not reported to the observer. */
#ifndef AR_ASK_H
#define AR_ASK_H

#include "link/link.h"

/* Take a connection if its engine is to be known, so that a statement can be built for it. */
enum ar_status ar_ask_engine(struct link *link);

/* Find out if the key that the database generates for a row of the model is returned in `outcome.key`. */
enum ar_status ar_ask_reports_key(struct link *link, const struct ar_model *model, bool *out);

/* Find the keys that the database will generate for the next `count` rows of the model in the open transaction: *first
 * and those after it. *first is 0 if the key of each row must be queried. */
enum ar_status ar_ask_next_keys(struct link *link, const struct ar_model *model, size_t count, int64_t *first);

/* Find out if keys of the relation may be equal without having the same bytes. */
enum ar_status ar_ask_compares_by_rules(struct link *link, const struct ar_relation *relation, bool *out);

/* Choose how the rows of a relation are found for so many keys. */
enum ar_status ar_ask_access_path(struct link *link, const struct ar_relation *relation, size_t key_count,
                                  enum access_path *out);

/* Describe in a few words how the rows of a statement would be fetched. */
enum ar_status ar_ask_fetch(struct link *link, const struct statement *statement, const char **out);

#endif
