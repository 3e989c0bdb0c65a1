/* The calls by which Citus distributes tables. */
#include "shard.h"
#include "sql.h"

#include <string.h>

/* Return true if rows of both tables with the same shard key can be in shards on the same server. */
static bool has_same_type(const struct model *a, const struct model *b)
{
    const struct dialect *dialect = dialects[DIALECT_POSTGRESQL];
    return strcmp(dialect->column_type(model_shard_key(a)), dialect->column_type(model_shard_key(b))) == 0;
}

static bool is_sharded(const struct model *model)
{
    return model->main == model && !model->is_view && model_shard_key(model) != NULL;
}

const struct model *shard_colocated(const struct model_set *set, const struct model *model)
{
    if (!is_sharded(model->main))
        return NULL;
    for (size_t i = 0; i < set->model_count && set->models[i] != model->main; i++)
        if (is_sharded(set->models[i]) && has_same_type(set->models[i], model->main))
            return set->models[i];
    return NULL;
}

static const char *table_string(const struct model_set *set, const struct model *model)
{
    return sql_string(set->arena, sql_table(model, dialects[DIALECT_POSTGRESQL]));
}

const char *shard_distribution(const struct model_set *set, const struct model *model)
{
    const struct model *main = model->main, *colocated = shard_colocated(set, main);
    if (main->is_reference)
        return arena_print(set->arena, "pg_catalog.create_reference_table(%s)", table_string(set, main));
    if (!is_sharded(main))
        return NULL;
    return arena_print(set->arena, "pg_catalog.create_distributed_table(%s, %s, colocate_with => %s)",
                       table_string(set, main), sql_string(set->arena, model_shard_key(main)->name),
                       colocated != NULL ? table_string(set, colocated) : "'default'");
}
