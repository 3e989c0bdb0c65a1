/* Changes that a migration is not written for, because rows would be lost or the intention is not known. */
#ifndef ARMATURE_PLUGIN_MIGRATE_REFUSE_H
#define ARMATURE_PLUGIN_MIGRATE_REFUSE_H

#include "schema/compare.h"

/* What --drop names: "table", or "table.column". */
struct drop_list {
    const char **items;
    size_t count;
};

/* Add an error for each difference that is refused, and for each name in the list that is not dropped. */
void refuse_differences(struct diagnostics *diagnostics, const struct difference_list *differences,
                        const struct drop_list *drops);

/* Add an error for each AR_WAS that names nothing, and a note for each that has done its work. */
void refuse_former_names(struct diagnostics *diagnostics, const struct schema *from, const struct schema *to);

#endif
