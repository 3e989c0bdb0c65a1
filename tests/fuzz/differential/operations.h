/* The operations of the fuzzer: each function performs one random operation in both databases and compares the
 * outcomes. */
#ifndef FUZZ_OPERATIONS_H
#define FUZZ_OPERATIONS_H

#include "world_state.h"

/* Reads: find, query (with conditions, order, limit, and a random tree of eager relations), count and sum, lazy access
 * to a relation of a held record, and explicit load. */
void read_one(struct world *w);
void read_many(struct world *w);
void read_aggregate(struct world *w);
void read_relation(struct world *w);
void read_explicitly(struct world *w);

/* Writes: insert, save, update and delete of a caller-owned struct; change, save and reload of a held record; bulk
 * writes; writes by condition; user SQL. */
void write_struct(struct world *w);
void write_held(struct world *w);
void delete_held(struct world *w);
void write_many(struct world *w);
void write_by_condition(struct world *w);
void write_sql(struct world *w);

/* Begin or end a transaction, clear the session, clear the relations of a held record. */
void change_transaction(struct world *w);
void end_transactions(struct world *w);
void clear_session(struct world *w);
void forget_relations(struct world *w);

/* Add a random condition over one or two columns to the query. Return the same as SQL; the caller frees it. */
char *add_condition(struct world *w, const struct ar_model *model, struct ar_query *q);

#endif
