/* A cache of prepared statements: a hash table with chains, and a list in the order of last use. */
#include "base/statement_cache.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

bool ar_statement_cache_open(struct statement_cache *cache, struct statement_limits limits,
                             void (*destroy)(void *handle))
{
    *cache = (struct statement_cache){.bucket_count = 16, .limits = limits, .destroy = destroy};
    cache->buckets = calloc(cache->bucket_count, sizeof(struct cached_statement *));
    return cache->buckets != NULL;
}

static struct cached_statement **bucket(const struct statement_cache *cache, uint64_t hash)
{
    return &cache->buckets[hash & (cache->bucket_count - 1)];
}

/* Return the first of the two slots of a constant. With one, two statements that share it would evict each other in
 * each turn of a loop. */
static struct cached_statement **constant_slots(struct statement_cache *cache, const char *constant)
{
    return &cache->constants[ar_hash_pointer(constant) >> (65 - CONSTANT_BITS) << 1];
}

static struct cached_statement *find_constant(struct statement_cache *cache, const char *constant)
{
    struct cached_statement *const *slots = constant_slots(cache, constant);

    if (slots[0] != NULL && slots[0]->constant == constant)
        return slots[0];
    return slots[1] != NULL && slots[1]->constant == constant ? slots[1] : NULL;
}

/* The entry is in none of its slots. */
static void add_constant(struct statement_cache *cache, struct cached_statement *entry)
{
    struct cached_statement **slots = constant_slots(cache, entry->constant);

    slots[1] = slots[0];
    slots[0] = entry;
}

static void remove_constant(struct statement_cache *cache, const struct cached_statement *entry)
{
    struct cached_statement **slots = constant_slots(cache, entry->constant);

    if (slots[0] == entry)
        slots[0] = NULL;
    if (slots[1] == entry)
        slots[1] = NULL;
}

/* Return the statement whose link this is, or NULL. */
static struct cached_statement *statement_of(struct use_link *link)
{
    return (struct cached_statement *)link;
}

static void evict_oldest(struct statement_cache *cache)
{
    struct cached_statement *entry = statement_of(cache->by_use.oldest);
    struct cached_statement **link = bucket(cache, entry->hash);

    while (*link != entry)
        link = &(*link)->next_in_bucket;
    *link = entry->next_in_bucket;
    if (entry->constant != NULL)
        remove_constant(cache, entry);
    ar_use_list_remove(&cache->by_use, &entry->use);
    cache->count--;
    cache->memory -= entry->size;
    cache->destroy(entry->handle);
    free(entry->sql);
    free(entry);
}

void ar_statement_cache_clear(struct statement_cache *cache)
{
    while (cache->by_use.oldest != NULL)
        evict_oldest(cache);
}

void ar_statement_cache_close(struct statement_cache *cache)
{
    ar_statement_cache_clear(cache);
    free(cache->buckets);
    *cache = (struct statement_cache){0};
}

static void *use(struct statement_cache *cache, struct cached_statement *entry)
{
    if (cache->by_use.newest != &entry->use) {
        ar_use_list_remove(&cache->by_use, &entry->use);
        ar_use_list_add(&cache->by_use, &entry->use);
    }
    return entry->handle;
}

void *ar_statement_cache_find(struct statement_cache *cache, const char *sql, bool is_constant)
{
    struct cached_statement *entry = is_constant ? find_constant(cache, sql) : NULL;
    uint64_t hash;

    if (entry != NULL)
        return use(cache, entry);
    /* Loops repeat the same statement. */
    entry = statement_of(cache->by_use.newest);
    if (!is_constant && entry != NULL && strcmp(entry->sql, sql) == 0)
        return entry->handle;
    hash = ar_hash_bytes(sql, strlen(sql));
    for (entry = *bucket(cache, hash); entry != NULL; entry = entry->next_in_bucket) {
        if (entry->hash != hash || strcmp(entry->sql, sql) != 0)
            continue;
        if (is_constant && entry->constant == NULL)
            entry->constant = sql;
        if (is_constant && entry->constant == sql)
            add_constant(cache, entry);
        return use(cache, entry);
    }
    return NULL;
}

/* Double the number of buckets. If there is no memory for them, the chains grow longer. */
static void grow(struct statement_cache *cache)
{
    size_t count = cache->bucket_count * 2;
    struct cached_statement **buckets = calloc(count, sizeof(struct cached_statement *));

    if (buckets == NULL)
        return;
    free(cache->buckets);
    cache->buckets = buckets;
    cache->bucket_count = count;
    for (struct use_link *each = cache->by_use.newest; each != NULL; each = each->older) {
        struct cached_statement *entry = statement_of(each);
        entry->next_in_bucket = *bucket(cache, entry->hash);
        *bucket(cache, entry->hash) = entry;
    }
}

/* Evict handles until one of this size fits. */
static void evict(struct statement_cache *cache, size_t size)
{
    const struct statement_limits *limits = &cache->limits;

    while (cache->count > 0 && (cache->count >= limits->count || cache->memory + size > limits->memory))
        evict_oldest(cache);
}

bool ar_statement_cache_add(struct statement_cache *cache, const char *sql, bool is_constant, void *handle, size_t size)
{
    struct cached_statement *entry = malloc(sizeof *entry);
    size_t length = strlen(sql);

    if (entry == NULL)
        return false;
    *entry = (struct cached_statement){
        .sql = malloc(length + 1), .handle = handle, .size = size, .hash = ar_hash_bytes(sql, length)};
    if (entry->sql == NULL) {
        free(entry);
        return false;
    }
    memcpy(entry->sql, sql, length + 1);
    evict(cache, size);
    if (is_constant) {
        entry->constant = sql;
        add_constant(cache, entry);
    }
    if (cache->count > 0 && cache->count == cache->bucket_count)
        grow(cache);
    entry->next_in_bucket = *bucket(cache, entry->hash);
    *bucket(cache, entry->hash) = entry;
    ar_use_list_add(&cache->by_use, &entry->use);
    cache->count++;
    cache->memory += size;
    return true;
}
