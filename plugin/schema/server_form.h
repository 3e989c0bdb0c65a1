/* The form in which a PostgreSQL server prints the types and expressions of tables. */
#ifndef ARMATURE_PLUGIN_SERVER_FORM_H
#define ARMATURE_PLUGIN_SERVER_FORM_H

#include "schema.h"

/* Replace types and expressions of the tables and views of `form` with a flag by those that the server prints, after
 * creating them as temporary ones in a transaction that is rolled back. `from` is the schema of the database; its enum
 * types are used if they have the same labels. What the server refuses remains as it is, is_loose, and gets a note. */
void server_form(struct arena *arena, const char *url, const struct schema *from, struct schema *form,
                 const bool *flags, struct diagnostics *notes);

#endif
