/* Opening, clearing and freeing stores. */
#include "store/open.h"

#include "store/cache.h"
#include "store/identity.h"
#include "store/reads.h"
#include "store/undo.h"

/* Maximum memory that is kept when a store is cleared, in bytes, for objects and for strings. */
enum { KEPT_BY_CLEAR = 64 << 20 };

void ar_store_open(struct store *store, const struct store_options *options, char *memory)
{
    ar_arena_lend(&store->permanent, memory, AR_STORE_PERMANENT);
    ar_arena_lend(&store->objects, memory += AR_STORE_PERMANENT, AR_STORE_OBJECTS);
    ar_arena_lend(&store->text, memory += AR_STORE_OBJECTS, AR_STORE_TEXT);
    ar_arena_lend(&store->scratch, memory + AR_STORE_TEXT, AR_STORE_SCRATCH);
    ar_pointer_map_lend(&store->identities.by_model, store->first_models,
                        sizeof store->first_models / sizeof *store->first_models);
    ar_pointer_map_lend(&store->caches.by_relation, store->first_relations,
                        sizeof store->first_relations / sizeof *store->first_relations);
    store->options = *options;
    ar_failure_reset(&store->failure);
    store->field_reader = (struct field_reader){.text = &store->text, .failure = &store->failure};
}

void ar_store_clear(struct store *store)
{
    ar_undo_reset(&store->undo);
    ar_identities_clear(&store->identities);
    ar_caches_clear(&store->caches);
    ar_reads_clear(store);
    ar_arena_reset(&store->objects, KEPT_BY_CLEAR);
    ar_arena_reset(&store->text, KEPT_BY_CLEAR);
    ar_arena_reset(&store->scratch, AR_KEPT_BY_CALL);
    ar_failure_reset(&store->failure);
}

size_t ar_store_size(const struct store *store)
{
    return store->permanent.size + store->objects.size + store->text.size + store->scratch.size +
           store->undo.memory.size + ar_identities_size(&store->identities) + ar_caches_size(&store->caches);
}

void ar_store_free(struct store *store)
{
    ar_identities_free(&store->identities);
    ar_caches_free(&store->caches);
    ar_reads_free(store);
    ar_arena_free(&store->permanent);
    ar_arena_free(&store->objects);
    ar_arena_free(&store->text);
    ar_arena_free(&store->scratch);
    ar_arena_free(&store->undo.memory);
}
