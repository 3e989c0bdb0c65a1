/* Remembering the rows of a load in the caches and the identity map. */
#ifndef AR_LOAD_REMEMBER_H
#define AR_LOAD_REMEMBER_H

#include "read/loading.h"

/* The after_rows of a load's statement: store the relation of every owner. */
enum ar_status ar_loading_remember(void *payload);

#endif
