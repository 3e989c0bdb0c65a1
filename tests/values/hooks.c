/* The hook of recipes: it notes the arrays of the last record that was committed. */
#include "hooks.h"

#include <string.h>

struct noted_recipe noted;

void note_recipe(struct ar_session *s, const struct recipe *recipe, enum ar_change change)
{
    (void)s, (void)change;
    memset(&noted, 0, sizeof noted);
    for (size_t i = 0; i < recipe->tags.count; i++) {
        strncat(noted.tags, recipe->tags.items[i], sizeof noted.tags - strlen(noted.tags) - 1);
        strncat(noted.tags, " ", sizeof noted.tags - strlen(noted.tags) - 1);
    }
    for (size_t i = 0; i < recipe->minutes.count; i++)
        noted.minutes += recipe->minutes.items[i];
}
