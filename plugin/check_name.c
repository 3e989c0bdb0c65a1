/* Checks that generated names are unique and differ from those of the user's headers, the system and Armature. The
 * names are those of the generated header and source; tests/compile compares them. */
#include "check.h"
#include "emit.h"
#include "name.h"
#include "union.h"

#include <stdlib.h>
#include <string.h>

struct generated_name {
    const char *name;
    bool is_tag;                           /* of a struct: a separate namespace from functions */
    const struct model *model;             /* NULL if the user declared it */
    const struct relation *relation;       /* NULL if it is generated for the model itself */
    const struct model_hook *hook;         /* of the model, if the name is that of its function */
    const struct sql_statement *statement; /* of the model, if it is generated for it */
    const struct header *header;           /* of the model, if it is generated for the list of its models */
    struct location at;
};

struct name_list {
    struct model_set *set;
    struct generated_name *items;
    size_t count;
};

static const char *const model_tags[] = {"query", "list", "columns"};

static const char *const model_names[] = {
    "query", "where",      "order_by", "limit", "offset",       "strict",     "all",       "first",
    "one",   "count",      "exists",   "sum",   "avg",          "min",        "max",       "only",
    "model", "query_base", "column",   "lock",  "column_table", "for_update", "is_loaded", "clear_relation_cache",
};

/* Names that are generated for a model with a key. */
static const char *const key_names[] = {"find", "find_for_update", "reload", "after", "before", "each", "each_chunk"};

/* Names that are generated for a model whose rows are deleted by a time. */
static const char *const deleted_names[] = {"restore", "erase", "with_deleted", "erase_all"};

/* Those of writes. */
static const char *const write_names[] = {"save",       "insert",     "insert_many", "update", "delete", "upsert",
                                          "delete_all", "update_all", "upsert_many", "put",    "assign"};

/* Names of functions that write through a relation: for an owner with the foreign key, for one without it, and for a
 * list that records can be added to. */
static const char *const owning_names[] = {"set_%s"};
static const char *const child_names[] = {"%s_build"};
static const char *const linking_names[] = {"%s_add", "%s_remove", "%s_replace"};

/* Names that are generated for a relation: %s is its name; the model's name precedes all. */
static const char *const relation_names[] = {"%s",          "%s_query", "with_%s", "load_%s", "%s_clear_cache",
                                             "%s_relation", "has_%s"};

/* That of a relation with links: to one record, or a list. */
static const char *const link_names[] = {"%s_link", "%s_links"};

/* Those of a relation that leads to a list, and of one that leads to one record. */
static const char *const list_names[] = {
    "has_%s_count",  "by_%s_count",       "%s_count",      "%s_exists",         "%s_aggregate",
    "with_%s_count", "with_%s_aggregate", "load_%s_count", "load_%s_aggregate",
};
static const char *const one_names[] = {"by_%s"};

/* Names that are generated for a relation with a counter. */
static const char *const counter_names[] = {"recount_%s"};

/* Those of a has_many, or belongs_to, of a model to itself. */
static const char *const tree_names[] = {"%s_tree", "load_%s_tree"};
static const char *const path_names[] = {"%s_path", "load_%s_path"};

/* Likewise for a union: types, and functions and variables. */
static const char *const union_tags[] = {"%s", "%s_kind"};
static const char *const union_names[] = {"%s", "set_%s", "with_%s", "load_%s", "%s_clear_cache", "%s_union"};

static bool is_reserved(const struct model *model)
{
    return strncmp(model->name, "ar_", 3) == 0 || strcmp(model->name, "ar") == 0;
}

void check_model_name(struct model_set *set, const struct model *model)
{
    if (emit_hides_type(model->c_type)) {
        diagnostic_error(set->diagnostics, model->at,
                         "generated functions have a variable with the name of the typedef `%s`", model->c_type);
        diagnostic_help(set->diagnostics, "rename the type, for example to `%s_t`, or give the struct a tag",
                        model->c_type);
    }
    if (!is_reserved(model))
        return;
    diagnostic_error(set->diagnostics, model->table_at,
                     "AR_TABLE: the names generated for the model `%s` would be reserved for Armature", model->name);
    diagnostic_help(set->diagnostics, "AR_TABLE(%s, .prefix = other_name) renames the model", model->table);
}

static void add_name(struct name_list *list, const char *name, bool is_tag, const struct model *model,
                     const struct relation *relation)
{
    list_add(list->set->arena, list->items, list->count) = (struct generated_name){
        .name = name,
        .is_tag = is_tag,
        .model = model,
        .relation = relation,
        .at = relation != NULL ? relation->at : model->table_at,
    };
}

static void add_model(struct name_list *list, const struct model *model)
{
    struct arena *arena = list->set->arena;
    for (size_t i = 0; i < sizeof model_tags / sizeof *model_tags; i++)
        add_name(list, arena_print(arena, "%s_%s", model->name, model_tags[i]), true, model, NULL);
    for (size_t i = 0; i < sizeof model_names / sizeof *model_names; i++)
        add_name(list, arena_print(arena, "%s_%s", model->name, model_names[i]), false, model, NULL);
    for (size_t i = 0; model_deleted_at(model) != NULL && i < sizeof deleted_names / sizeof *deleted_names; i++)
        add_name(list, arena_print(arena, "%s_%s", model->name, deleted_names[i]), false, model, NULL);
    for (size_t i = 0; model->key_count > 0 && i < sizeof key_names / sizeof *key_names; i++)
        add_name(list, arena_print(arena, "%s_%s", model->name, key_names[i]), false, model, NULL);
    for (size_t i = 0; !model->is_read_only && i < sizeof write_names / sizeof *write_names; i++)
        add_name(list, arena_print(arena, "%s_%s", model->name, write_names[i]), false, model, NULL);
    for (size_t i = 0; i < model->column_count; i++)
        if (model->columns[i]->is_enum)
            add_name(list, arena_print(arena, "%s_%s_names", model->name, model->columns[i]->identifier), false, model,
                     NULL);
    add_name(list, arena_print(arena, "ARMATURE_LIST_%s", name_upper(arena, model->name)), false, model, NULL);
}

/* Add names in which %s is the name of a relation or union. */
static void add_names(struct name_list *list, const char *const *names, size_t count, bool is_tag,
                      const struct relation *relation)
{
    struct arena *arena = list->set->arena;
    for (size_t i = 0; i < count; i++) {
        const char *hole = strstr(names[i], "%s");
        add_name(list,
                 arena_print(arena, "%s_%.*s%s%s", relation->owner->name, (int)(hole - names[i]), names[i],
                             relation->name, hole + 2),
                 is_tag, relation->owner, relation);
    }
}

/* A hook is declared by the generated header. The user's header may declare it too. */
static void add_hook(struct name_list *list, const struct model *model, const struct model_hook *hook)
{
    list_add(list->set->arena, list->items, list->count) =
        (struct generated_name){.name = hook->function, .model = model, .hook = hook, .at = hook->at};
}

/* Add the names of functions that write through the relation. */
static void add_writes(struct name_list *list, const struct relation *relation)
{
    if (relation->kind->owner_has_key && !relation->owner->is_read_only)
        add_names(list, owning_names, sizeof owning_names / sizeof *owning_names, false, relation);
    else if (!relation->kind->owner_has_key && !relation_has_path(relation) && relation->target != NULL &&
             !relation->target->is_read_only)
        add_names(list, child_names, sizeof child_names / sizeof *child_names, false, relation);
    if (relation_can_link(relation))
        add_names(list, linking_names, sizeof linking_names / sizeof *linking_names, false, relation);
}

static void add_relation(struct name_list *list, const struct relation *relation)
{
    add_writes(list, relation);
    add_names(list, relation_names, sizeof relation_names / sizeof *relation_names, false, relation);
    if (relation->kind->is_list)
        add_names(list, list_names, sizeof list_names / sizeof *list_names, false, relation);
    else
        add_names(list, one_names, sizeof one_names / sizeof *one_names, false, relation);
    if (relation->counter != NULL)
        add_names(list, counter_names, sizeof counter_names / sizeof *counter_names, false, relation);
    if (relation_hierarchy(relation) != NULL)
        add_names(list, relation->kind->is_list ? tree_names : path_names, 2, false, relation);
    if (relation->path != NULL && relation_has_links(relation))
        add_names(list, &link_names[relation->kind->is_list], 1, false, relation);
}

static void add_union(struct name_list *list, const struct relation_union *each)
{
    struct arena *arena = list->set->arena;
    const struct model *owner = each->self.owner;
    const char *stem = name_upper(arena, arena_print(arena, "%s_%s", owner->name, each->self.name));
    add_names(list, union_tags, sizeof union_tags / sizeof *union_tags, true, &each->self);
    add_names(list, union_names, sizeof union_names / sizeof *union_names, false, &each->self);
    add_name(list, arena_print(arena, "%s_NONE", stem), false, owner, &each->self);
    for (size_t i = 0; i < each->variant_count; i++) /* check_unions reports a repeated variant, and one named none */
        if (union_variant(each, each->variants[i].name) == &each->variants[i] &&
            strcmp(each->variants[i].name, "none") != 0)
            add_name(list, arena_print(arena, "%s_%s", stem, name_upper(arena, each->variants[i].name)), false, owner,
                     &each->self);
}

static void add_statement_name(struct name_list *list, const struct sql_statement *statement, const char *suffix,
                               bool is_tag)
{
    list_add(list->set->arena, list->items, list->count) = (struct generated_name){
        .name = arena_print(list->set->arena, "%s%s", statement->name, suffix),
        .is_tag = is_tag,
        .model = statement->model,
        .statement = statement,
        .at = statement->at,
    };
}

static void add_statements(struct name_list *list, const struct model *model)
{
    static const char *const suffixes[] = {"", "_arguments", "_statement", "_parameters", "_explain"};
    for (size_t i = 0; i < model->statement_count; i++) {
        for (size_t j = 0; j < sizeof suffixes / sizeof *suffixes; j++)
            add_statement_name(list, &model->statements[i], suffixes[j], false);
        if (!model->is_row)
            add_statement_name(list, &model->statements[i], "_query", false);
        add_statement_name(list, &model->statements[i], "_arguments", true);
    }
}

static void add_row(struct name_list *list, const struct model *row)
{
    struct arena *arena = list->set->arena;
    const char *const names[] = {"row", "column_table"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        list_add(arena, list->items, list->count) = (struct generated_name){
            .name = arena_print(arena, "%s_%s", row->name, names[i]), .model = row, .at = row->at};
    list_add(arena, list->items, list->count) = (struct generated_name){
        .name = arena_print(arena, "%s_list", row->name), .is_tag = true, .model = row, .at = row->at};
    add_statements(list, row);
}

/* Add the names of the list of a header's models. */
static void add_list(struct name_list *list, const struct header *header)
{
    static const char *const suffixes[] = {"s", "_count"};
    struct arena *arena = list->set->arena;
    bool has_list = header->model_count > 0 && header->output != NULL;
    for (size_t i = 0; has_list && i < sizeof suffixes / sizeof *suffixes; i++)
        list_add(arena, list->items, list->count) = (struct generated_name){
            .name = arena_print(arena, "%s%s", emit_list_name(list->set, header), suffixes[i]),
            .model = header->models[0],
            .header = header,
            .at = header->models[0]->table_at,
        };
}

static bool is_repeated_relation(const struct relation *relation)
{
    return model_relation(relation->owner, relation->name) != relation;
}

static void collect_names(struct name_list *list)
{
    const struct model_set *set = list->set;
    for (size_t i = 0; i < set->model_count; i++) {
        const struct model *model = set->models[i];
        if (!model->has_table || model->name[0] == '\0' || is_reserved(model))
            continue;
        add_model(list, model);
        for (size_t j = 0; j < model->relation_count; j++)
            if (!is_repeated_relation(model->relations[j]))
                add_relation(list, model->relations[j]);
        for (size_t j = 0; j < model->hook_count; j++)
            add_hook(list, model, &model->hooks[j]);
        for (size_t j = 0; j < model->union_count; j++)
            add_union(list, model->unions[j]);
        add_statements(list, model);
    }
    for (size_t i = 0; i < set->header_count; i++)
        add_list(list, &set->headers[i]);
    for (size_t i = 0; i < set->row_count; i++)
        if (set->rows[i]->name[0] != '\0')
            add_row(list, set->rows[i]);
    for (size_t i = 0; i < set->declared_count; i++)
        list_add(set->arena, list->items, list->count) = (struct generated_name){
            .name = set->declared[i].name, .is_tag = set->declared[i].is_tag, .at = set->declared[i].at};
}

/* Sort declared names first, then models, then relations, hooks, statements and lists of models: the error is reported
 * for the later one. */
static int rank(const struct generated_name *name)
{
    if (name->header != NULL)
        return 5;
    if (name->statement != NULL)
        return 4;
    return name->model == NULL ? 0 : name->hook != NULL ? 3 : name->relation == NULL ? 1 : 2;
}

static int compare_names(const void *left, const void *right)
{
    const struct generated_name *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    if (order == 0)
        order = a->is_tag - b->is_tag;
    if (order == 0)
        order = rank(a) - rank(b);
    if (order == 0)
        order = (a->at.order > b->at.order) - (a->at.order < b->at.order);
    if (order == 0)
        order = (a->at.line > b->at.line) - (a->at.line < b->at.line);
    return order != 0 ? order : (a->at.column > b->at.column) - (a->at.column < b->at.column);
}

static const char *owner_of(struct model_set *set, const struct generated_name *name)
{
    if (name->model == NULL)
        return arena_print(set->arena, "is declared at %s:%u", name->at.file, name->at.line);
    if (name->header != NULL)
        return arena_print(set->arena, "is generated for the list of the models of %s", name->header->relative);
    const char *location = model_location(set, name->at);
    if (name->statement != NULL)
        return arena_print(set->arena, "is generated for the statement `%s` (%s)", name->statement->name, location);
    if (name->relation == NULL)
        return arena_print(set->arena, "is generated for the model `%s` (%s)", name->model->name, location);
    return arena_print(set->arena, "is generated for the relation `%s` of `%s` (%s)", name->relation->name,
                       name->model->name, location);
}

static void report_hook(struct model_set *set, const struct generated_name *first, const struct generated_name *second)
{
    diagnostic_error(set->diagnostics, second->at, "%s: the function `%s` %s",
                     attribute_table[second->hook->kind->attribute].macro, second->name, owner_of(set, first));
    diagnostic_help(set->diagnostics, "give the function another name");
}

static void report_statement(struct model_set *set, const struct generated_name *first,
                             const struct generated_name *second)
{
    diagnostic_error(set->diagnostics, second->at, "AR_SQL: `%s` would be generated for the statement, but it %s",
                     second->name, owner_of(set, first));
    diagnostic_help(set->diagnostics, "rename the statement `%s`", second->statement->name);
}

static void report_row(struct model_set *set, const struct generated_name *first, const struct generated_name *second)
{
    diagnostic_error(set->diagnostics, second->at, "AR_ROW: `%s` would be generated for `%s`, but it %s", second->name,
                     second->model->name, owner_of(set, first));
    diagnostic_help(set->diagnostics, "rename the struct `%s`", second->model->name);
}

static void report_list(struct model_set *set, const struct generated_name *first, const struct generated_name *second)
{
    diagnostic_error(set->diagnostics, second->at,
                     "AR_TABLE: `%s` would be generated for the list of the models of %s, but it %s", second->name,
                     second->header->relative, owner_of(set, first));
    diagnostic_help(set->diagnostics, "rename the header %s", second->header->relative);
}

static void report(struct model_set *set, const struct generated_name *first, const struct generated_name *second)
{
    if (second->header != NULL) {
        report_list(set, first, second);
        return;
    }
    if (second->hook != NULL) {
        report_hook(set, first, second);
        return;
    }
    if (second->statement != NULL) {
        report_statement(set, first, second);
        return;
    }
    if (second->model->is_row) {
        report_row(set, first, second);
        return;
    }
    const struct relation *relation = second->relation;
    const char *rename_model = "";
    if (relation == NULL)
        diagnostic_error(set->diagnostics, second->at,
                         "AR_TABLE: `%s` would be generated for the model `%s`, but it %s", second->name,
                         second->model->name, owner_of(set, first));
    else
        diagnostic_error(set->diagnostics, second->at, "%s(%s): `%s` would be generated for the relation, but it %s",
                         relation_macro(relation), relation->name, second->name, owner_of(set, first));
    const struct model *model = relation == NULL ? second->model : first->model;
    if (model != NULL && (relation == NULL || model != second->model))
        rename_model = arena_print(set->arena, "AR_TABLE(%s, .prefix = other_name) renames the model `%s`",
                                   model->table, model->name);
    if (relation == NULL)
        diagnostic_help(set->diagnostics, "%s", rename_model);
    else if (relation->variant_of != NULL)
        diagnostic_help(set->diagnostics, "rename `%s`%s%s", relation->variant_of->self.name,
                        rename_model[0] != '\0' ? "; or " : "", rename_model);
    else
        check_help_rename(set, relation, "rename the relation", rename_model);
}

/* Two names that are the same. */
struct collision {
    const struct generated_name *first;
    const struct generated_name *second;
};

static bool is_same_owner(const struct generated_name *a, const struct generated_name *b)
{
    return a->model == b->model && a->relation == b->relation && a->hook == b->hook && a->statement == b->statement &&
           a->header == b->header;
}

/* Report a single error for two owners, which may share several names. Declared names are reported one by one, because
 * each has its own location. */
static bool is_reported(const struct collision *collisions, size_t count, const struct generated_name *first,
                        const struct generated_name *second)
{
    for (size_t i = 0; first->model != NULL && i < count; i++)
        if (is_same_owner(collisions[i].first, first) && is_same_owner(collisions[i].second, second))
            return true;
    return false;
}

/* A function of the user's header may be a hook, and a hook may have several attributes; check_hooks checks those. */
static bool is_hook_without_collision(const struct generated_name *first, const struct generated_name *each)
{
    return each->hook != NULL && (first->model == NULL || first->hook != NULL);
}

/* Two models with the same name share all names; check_models reports that. */
static bool is_model_twice(const struct generated_name *a, const struct generated_name *b)
{
    return a->model != NULL && a->model != b->model && strcmp(a->model->name, b->model->name) == 0;
}

void check_generated_names(struct model_set *set)
{
    struct name_list list = {.set = set};
    struct collision *collisions = NULL;
    size_t count = 0;
    collect_names(&list);
    if (list.count == 0)
        return;
    qsort(list.items, list.count, sizeof *list.items, compare_names);
    const struct generated_name *first = list.items;
    for (const struct generated_name *each = first; each < list.items + list.count; each++) {
        if (strcmp(each->name, first->name) != 0 || each->is_tag != first->is_tag)
            first = each;
        if (each == first || each->model == NULL || is_model_twice(first, each) ||
            is_hook_without_collision(first, each) || is_reported(collisions, count, first, each))
            continue;
        report(set, first, each);
        list_add(set->arena, collisions, count) = (struct collision){first, each};
    }
}
