/* What relations of foreign keys and of join tables share. */
#ifndef ARMATURE_PLUGIN_IMPORT_RELATION_H
#define ARMATURE_PLUGIN_IMPORT_RELATION_H

#include "import.h"

/* Add a relation without a name to the model. */
struct import_relation *import_add_relation(struct import *import, struct import_model *model, enum attribute_kind kind,
                                            struct import_model *target);

/* Return what the foreign key calls the row that it refers to: by its column, or the name of the table. */
const char *import_role_of(struct import *import, const struct schema_foreign_key *key,
                           const struct import_model *target);

/* Return the name of the table's rows: as it is, or in the singular or plural. */
const char *import_rows_name(struct import *import, const struct import_model *model, bool is_list);

/* Return the name for a relation of the model or, if that is taken, the other one, with a number if necessary. */
const char *import_free_name(struct import *import, const struct import_model *model, const char *name,
                             const char *otherwise);

/* Take the name that the relation has in the header that is merged, if it is there. */
void import_use_present(struct import_model *model, struct import_relation *relation);

/* Return the number of foreign keys of the model that refer to the target. */
size_t import_count_keys(const struct import *import, const struct import_model *model,
                         const struct import_model *target);

/* Return true if the foreign key refers to the primary key. */
bool import_refers_to_key(const struct schema_foreign_key *key, const struct import_model *target);

/* Return why the foreign key is not a relation, or NULL. */
const char *import_reason_against(struct import *import, const struct import_model *model,
                                  const struct schema_foreign_key *key, const struct import_model *target);

/* Return true if the names begin with `start`. */
bool import_starts_with(const struct schema_names *names, const struct schema_names *start);

/* Return the names, separated by commas. */
const char *import_column_list(struct arena *arena, const struct schema_names *columns);

/* Note what the attribute of a relation does not say about the foreign key. */
void import_note_differences(struct import *import, const struct schema_table *table,
                             const struct schema_foreign_key *key, struct import_notes *notes);

/* Return true if the table is one that AR_MANY_TO_MANY makes; add its relations. */
bool import_is_join(struct import *import, const struct import_model *model);
void import_add_join(struct import *import, struct import_model *model);

#endif
