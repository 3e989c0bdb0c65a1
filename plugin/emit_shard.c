/* The statement by which Citus distributes a table: by its shard key, or as a copy on each server. It follows CREATE
 * TABLE and precedes the foreign keys, which Citus accepts only between tables that it has distributed. */
#include "emit.h"
#include "sql.h"

#include <string.h>

/* Return true if rows of both tables with the same shard key are in shards on the same server. */
static bool can_be_colocated(const struct model *a, const struct model *b)
{
    const struct dialect *dialect = dialects[DIALECT_POSTGRESQL];
    return strcmp(dialect->column_type(model_shard_key(a)), dialect->column_type(model_shard_key(b))) == 0;
}

static bool is_sharded(const struct model *model)
{
    return model->main == model && !model->is_view && model_shard_key(model) != NULL;
}

const struct model *emit_colocated(const struct model_set *set, const struct model *model)
{
    if (!is_sharded(model->main))
        return NULL;
    for (size_t i = 0; i < set->model_count && set->models[i] != model->main; i++)
        if (is_sharded(set->models[i]) && can_be_colocated(set->models[i], model->main))
            return set->models[i];
    return NULL;
}

static const char *table_string(const struct model_set *set, const struct model *model)
{
    return sql_string(set->arena, sql_table(model, dialects[DIALECT_POSTGRESQL]));
}

void emit_distribution(struct text *out, const struct model_set *set, const struct model *model)
{
    const struct model *main = model->main, *colocated = emit_colocated(set, main);
    const char *table = table_string(set, main);
    if (main->is_view || (!main->is_reference && !is_sharded(main)))
        return;
    if (main->is_reference)
        text_print(out, "SELECT pg_catalog.create_reference_table(%s)\n", table);
    else
        text_print(out, "SELECT pg_catalog.create_distributed_table(%s, %s, colocate_with => %s)\n", table,
                   sql_string(set->arena, model_shard_key(main)->name),
                   colocated != NULL ? table_string(set, colocated) : "'default'");
    text_print(out,
               "WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_dist_partition\n"
               "                  WHERE logicalrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(%s));\n",
               table);
}
