/* The report of `armature check --deletes`: what deleting a row of each model does to other rows, in the order in which
 * it happens. Rows that are deleted in turn are indented below the line that deletes them. */
#include "delete_rule.h"
#include "emit.h"

/* A model whose row is deleted. The rows of the outer ones lead to it. */
struct deletion {
    const struct model *model;
    bool by_database;          /* the rules of the model do not apply */
    bool is_kept;              /* the row gets the time of its deletion (AR_DELETED_AT) and stays in the database */
    const struct relation *by; /* that led to the row; NULL for the first one */
    const struct deletion *outer;
    unsigned depth;
};

static void add_deletion(struct text *out, struct arena *arena, const struct deletion *deletion);

static void add_indent(struct text *out, const struct deletion *deletion)
{
    text_print(out, "%*s", 4 * (int)(deletion->depth + 1), "");
}

static const char *foreign_key(struct arena *arena, const struct relation *relation)
{
    const char *names = relation->foreign_key[0]->field;
    for (size_t i = 1; i < relation->foreign_key_count; i++)
        names = arena_print(arena, "%s, %s", names, relation->foreign_key[i]->field);
    return relation->foreign_key_count > 1 ? arena_print(arena, "(%s)", names) : names;
}

/* Add the lines of the rows that are deleted in turn, unless they are those of an outer line again. */
static void add_inner(struct text *out, struct arena *arena, const struct deletion *outer,
                      const struct relation *relation, bool by_database, bool is_kept)
{
    struct deletion inner = {relation->holder, by_database, is_kept, relation, outer, outer->depth + 1};
    for (const struct deletion *each = outer; each != NULL; each = each->outer)
        if (each->model == inner.model && each->by_database == by_database && each->is_kept == is_kept) {
            add_indent(out, &inner);
            text_add(out, "and so on\n");
            return;
        }
    add_deletion(out, arena, &inner);
}

/* Return the condition of a scoped relation, as a part of a sentence. */
static const char *scope(struct arena *arena, const struct relation *relation)
{
    return relation->where_sql != NULL ? arena_print(arena, " where %s", relation->where_sql) : "";
}

static void add_restrict(struct text *out, struct arena *arena, const struct deletion *deletion,
                         const struct relation *relation)
{
    add_indent(out, deletion);
    text_print(out, "%s: refuses if any %s refers to it by %s%s\n", relation->name, relation->holder->name,
               foreign_key(arena, relation), scope(arena, relation));
}

static void add_dependent(struct text *out, struct arena *arena, const struct deletion *deletion,
                          const struct relation *relation)
{
    const char *name = relation->holder->name;
    const char *key = arena_print(arena, "%s%s", foreign_key(arena, relation), scope(arena, relation));
    bool is_kept = model_deleted_at(relation->holder) != NULL;
    const char *verb = is_kept ? "marks as deleted" : "deletes";
    switch (relation->dependent) {
    case AR_DEPENDENT_NONE:
    case AR_DEPENDENT_RESTRICT:
        break;
    case AR_DEPENDENT_DESTROY:
        add_indent(out, deletion);
        text_print(out, "%s: %s each %s with this %s, by the rules of %s\n", relation->name, verb, name, key, name);
        add_inner(out, arena, deletion, relation, false, is_kept);
        break;
    case AR_DEPENDENT_DELETE:
        add_indent(out, deletion);
        text_print(out, "%s: %s every %s with this %s, without the rules of %s\n", relation->name, verb, name, key,
                   name);
        add_inner(out, arena, deletion, relation, true, is_kept);
        break;
    case AR_DEPENDENT_NULLIFY:
        add_indent(out, deletion);
        text_print(out, "%s: sets %s of every %s to NULL%s\n", relation->name, foreign_key(arena, relation), name,
                   scope(arena, relation));
        break;
    }
}

/* Return true if the rule of the relation leaves no row that refers to the deleted one. */
static bool leaves_no_row(const struct relation *relation)
{
    switch (relation->dependent) {
    case AR_DEPENDENT_NONE:
        return false;
    case AR_DEPENDENT_DESTROY:
    case AR_DEPENDENT_DELETE:
        return relation->where_sql == NULL && model_deleted_at(relation->holder) == NULL;
    case AR_DEPENDENT_NULLIFY:
    case AR_DEPENDENT_RESTRICT:
        break;
    }
    return relation->where_sql == NULL;
}

/* Return true if the rules of the model leave no row for the database to act on. */
static bool is_done_before(const struct deletion *deletion, const struct relation *reference)
{
    const struct model *model = deletion->model;
    for (size_t i = 0; !deletion->by_database && i < model->relation_count; i++)
        if (leaves_no_row(model->relations[i]) && delete_has_same_key(model->relations[i], reference))
            return true;
    return false;
}

static void add_reference(struct text *out, struct arena *arena, const struct deletion *deletion,
                          const struct relation *reference)
{
    const struct model *owner = reference->owner;
    const char *name = owner->is_join ? owner->table : owner->name, *key = foreign_key(arena, reference);
    add_indent(out, deletion);
    switch (reference->on_delete) {
    case ON_DELETE_CASCADE:
        text_print(out, "the database deletes every %s with this %s\n", name, key);
        add_inner(out, arena, deletion, reference, true, false);
        break;
    case ON_DELETE_SET_NULL:
        text_print(out, "the database sets %s of every %s to NULL\n", key, name);
        break;
    case ON_DELETE_UNSET:
    case ON_DELETE_RESTRICT:
    case ON_DELETE_NO_ACTION:
        text_print(out, "the database refuses if any %s refers to it by %s\n", name, key);
        break;
    }
}

static void add_references(struct text *out, struct arena *arena, const struct deletion *deletion)
{
    const struct model *model = deletion->model;
    for (size_t i = 0; i < model->referrer_count; i++) {
        const struct relation *relation = model->referrers[i];
        /* Of several relations over one foreign key, only one is a reference. */
        if (relation->constraint != NULL && !is_done_before(deletion, relation))
            add_reference(out, arena, deletion, relation);
    }
}

static void add_parents(struct text *out, const struct deletion *deletion)
{
    const struct model *model = deletion->model;
    for (size_t i = 0; i < model->relation_count; i++) {
        const struct relation *relation = model->relations[i];
        if (relation->counter == NULL && !relation->touches)
            continue;
        /* It is deleted as well, and no longer counts anything unless its row stays. */
        if (deletion->by != NULL && delete_has_same_key(deletion->by, relation) && !deletion->outer->is_kept)
            continue;
        add_indent(out, deletion);
        text_print(out, "%s: %s%s%s%s of its %s\n", relation->name, relation->counter != NULL ? "decrements " : "",
                   relation->counter != NULL ? relation->counter->field : "",
                   relation->counter != NULL && relation->touches ? " and " : "",
                   relation->touches ? "sets the time" : "", relation->target->name);
    }
}

static void add_deletion(struct text *out, struct arena *arena, const struct deletion *deletion)
{
    const struct model *model = deletion->model;
    for (size_t i = 0; !deletion->by_database && i < model->relation_count; i++)
        if (model->relations[i]->dependent == AR_DEPENDENT_RESTRICT)
            add_restrict(out, arena, deletion, model->relations[i]);
    for (size_t i = 0; !deletion->by_database && i < model->relation_count; i++)
        if (!relation_has_path(model->relations[i]))
            add_dependent(out, arena, deletion, model->relations[i]);
    if (!deletion->is_kept)
        add_references(out, arena, deletion);
    if (!deletion->by_database)
        add_parents(out, deletion);
}

static void add_section(struct text *out, struct arena *arena, const struct deletion *deletion)
{
    size_t start = out->length;
    add_deletion(out, arena, deletion);
    if (out->length == start)
        text_add(out, "    leaves all other rows as they are\n");
}

void emit_deletes(struct text *out, const struct model_set *set)
{
    for (size_t i = 0; i < set->model_count; i++) {
        const struct model *model = set->models[i];
        const struct member *time = model_deleted_at(model);
        if (model->is_join) /* rows are deleted with those that they connect */
            continue;
        text_print(out, "%sA deleted %s:\n", i > 0 ? "\n" : "", model->name);
        if (time != NULL)
            text_print(out, "    keeps its row, with the time in %s\n", time->field);
        add_section(out, set->arena, &(const struct deletion){.model = model, .is_kept = time != NULL});
        if (time == NULL)
            continue;
        text_print(out, "\nAn erased %s:\n", model->name);
        add_section(out, set->arena, &(const struct deletion){.model = model});
    }
}
