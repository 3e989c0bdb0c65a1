/* Checks of models as a whole. Other files check columns, relations and generated names. */
#include "check.h"
#include "name.h"

#include <string.h>

/* Return the location of the first attribute of the struct or of its fields. */
static struct location first_attribute(const struct model *model)
{
    if (model->attributes.count > 0)
        return model->attributes.items[0].at;
    for (size_t i = 0; i < model->member_count; i++)
        if (model->members[i]->attributes.count > 0)
            return model->members[i]->attributes.items[0].at;
    return model->at;
}

static bool check_is_model(struct model_set *set, const struct model *model)
{
    if (strchr(model->c_type, '(') != NULL) {
        diagnostic_error(set->diagnostics, model->at, "a struct without a name cannot be a model");
        diagnostic_help(set->diagnostics, "give it a tag, or make it a typedef: typedef struct { ... } name_t;");
        return false;
    }
    if (!model->has_table) {
        diagnostic_error(set->diagnostics, first_attribute(model), "`%s` has attributes but no table", model->c_type);
        diagnostic_help(set->diagnostics, "write AR_TABLE(name) after the closing brace of the struct%s",
                        model->statement_count > 0 ? ", or AR_ROW if it is the result of the statements" : "");
        return false;
    }
    return true;
}

static void check_key(struct model_set *set, const struct model *model)
{
    if (model->key_count > AR_KEY_COLUMNS_MAX)
        diagnostic_error(set->diagnostics, model->keys[AR_KEY_COLUMNS_MAX]->at,
                         "the key of `%s` has %zu columns; the maximum is %d", model->name, model->key_count,
                         AR_KEY_COLUMNS_MAX);
    for (size_t i = 0; i < model->member_count; i++)
        if (member_has(model->members[i], ATTRIBUTE_PRIMARY_KEY))
            return;
    if (model->is_read_only)
        return;
    diagnostic_error(set->diagnostics, model->table_at, "AR_TABLE: `%s` has no primary key", model->name);
    const struct member *likely = model_member(model, "id");
    if (likely == NULL)
        likely = model_member(model, arena_print(set->arena, "%s_id", model->name));
    const char *where =
        likely != NULL ? arena_print(set->arena, "`%s`", likely->field) : "the field, or the fields, of the key";
    diagnostic_help(set->diagnostics,
                    "write AR_PRIMARY_KEY after %s; or AR_TABLE(%s, .read_only = true) if the table has no key", where,
                    model->table);
}

/* Models with the same name would generate the same functions. */
static void check_uniqueness(struct model_set *set, const struct model *model)
{
    const struct model *other = name_map_find(&set->models_by_name, model->name);
    if (other != model) {
        diagnostic_error(set->diagnostics, model->table_at, "AR_TABLE: the model `%s` already exists, at %s",
                         model->name, model_location(set, other->at));
        diagnostic_help(set->diagnostics, "AR_TABLE(%s, .prefix = other_name) renames the model", model->table);
        return;
    }
    if (model->main != model)
        check_shared_table(set, model);
}

/* A row of a model is one record at one address, which another struct cannot contain. */
static void check_embedded(struct model_set *set, const struct model *model)
{
    const struct member *member = name_map_find(&set->embedded, model->c_type);
    if (member == NULL)
        return;
    diagnostic_error(set->diagnostics, member->at, "AR_EMBED: the `%s` of `%s` is a model, at %s", model->c_type,
                     member->field, model_location(set, model->at));
    diagnostic_help(set->diagnostics, "embed a struct without AR_TABLE, or refer to the row by AR_BELONGS_TO");
}

/* If attributes are misplaced, report nothing else: most other errors would be consequences. */
static bool check_strays(struct model_set *set)
{
    for (size_t i = 0; i < set->stray_count; i++) {
        const struct stray_attribute *stray = &set->strays[i];
        struct annotation annotation;
        (void)annotation_parse(set->arena, stray->attribute.text, &annotation);
        diagnostic_error(set->diagnostics, stray->attribute.at, "%s is on %s",
                         annotation.attribute != NULL ? annotation.attribute->macro : "an attribute", stray->subject);
        diagnostic_help(set->diagnostics, "%s", stray->help);
    }
    return set->stray_count == 0;
}

static void check_any_model(struct model_set *set)
{
    if (set->model_count > 0 || set->row_count > 0 || set->diagnostics->count > 0)
        return;
    diagnostic_error(set->diagnostics, (struct location){0}, "no struct in these headers is a model");
    diagnostic_help(set->diagnostics, "write AR_TABLE(name) after the closing brace of a struct%s",
                    set->has_annotations ? "" : " and #include <armature/annotations.h>");
}

/* A table needs a column, and so does everything that is checked next. */
static bool check_has_column(struct model_set *set, const struct model *model)
{
    if (model->column_count == 0)
        diagnostic_error(set->diagnostics, model->at, "`%s` has no field that is a column", model->name);
    return model->column_count > 0;
}

static void check_model(struct model_set *set, const struct model *model)
{
    const char **rule = &set->diagnostics->rule;
    *rule = "model";
    if (model->is_broken || !check_is_model(set, model) || !check_has_column(set, model))
        return;
    check_model_name(set, model);
    check_embedded(set, model);
    check_table(set, model);
    check_uniqueness(set, model);
    check_key(set, model);
    if (check_counts(set, model)) {
        *rule = "column";
        check_columns(set, model);
    }
    *rule = "column";
    check_unique_keys(set, model);
    check_checks(set, model);
    check_was(set, model);
    check_generated_columns(set, model);
    check_identity(set, model);
    *rule = "relation";
    check_relations(set, model);
    check_unions(set, model);
    check_deletes(set, model);
    *rule = "shard";
    check_shards(set, model);
    *rule = "model";
    check_read_only(set, model);
    *rule = "sql";
    check_statements(set, model);
}

void check_models(struct model_set *set)
{
    const char **rule = &set->diagnostics->rule;
    *rule = "attribute";
    if (!check_strays(set))
        return;
    *rule = "model";
    check_any_model(set);
    for (size_t i = 0; i < set->model_count; i++)
        check_model(set, set->models[i]);
    *rule = "row";
    for (size_t i = 0; i < set->row_count; i++)
        check_row(set, set->rows[i]);
    *rule = "index";
    check_indexes(set);
    *rule = "hook";
    check_hooks(set);
    *rule = "column";
    check_defaults(set);
    check_enums(set);
    *rule = "name";
    check_generated_names(set);
}
