/* Where something is inserted into a header: by libclang's locations of structs and attributes, as offsets in its text.
 */
#ifndef ARMATURE_PLUGIN_IMPORT_PLACE_H
#define ARMATURE_PLUGIN_IMPORT_PLACE_H

#include "model.h"
#include "output.h"

/* Return the start of the line of the struct's closing brace if nothing else precedes it there; else the place of the
 * brace. */
size_t place_before_brace(const struct text *header, const struct model *model);

/* Return the end of the last attribute of the struct. */
size_t place_after_attributes(const struct text *header, const struct model *model);

/* Return the offset of the last line before `end` that begins with the word; `otherwise` if there is none. */
size_t place_of_last_line(const struct text *header, const char *word, size_t end, size_t otherwise);

/* Return the end of what the include guard includes, or of the file; before a clang-format comment that is there. */
size_t place_of_end(const struct text *header);

/* Return the start of the first struct of the set's models, or of the comment before it. */
size_t place_before_structs(const struct text *header, const struct model_set *set);

#endif
