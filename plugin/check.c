/* The checks of models as a whole; columns, relations and generated names have files of their own. */
#include "check.h"

void check_models(struct model_set *set)
{
    (void)set;
}
