/* The rows of the property test, and the checks after each call. */
#include "property.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct ar_model *const models[] = {&tenant_model,  &project_model, &budget_model, &issue_model,
                                                &comment_model, &label_model,   &note_model,   &remark_model};
enum { MODEL_COUNT = sizeof models / sizeof *models };

/* ---- Drawing ----------------------------------------------------------------------------------------------------- */

uint64_t draw(struct world *w, uint64_t end)
{
    w->random ^= w->random << 13;
    w->random ^= w->random >> 7;
    w->random ^= w->random << 17;
    return w->random % end;
}

int64_t draw_tenant(struct world *w)
{
    int64_t tenant = draw(w, 4) > 0 ? w->tenant : (int64_t)draw(w, TENANT_COUNT + 2);

    w->names_other = w->names_other || tenant != w->tenant;
    return tenant;
}

const char *text_of(struct world *w, int64_t tenant)
{
    static char texts[64][24];
    static size_t next;
    char *text = texts[next++ % 64];

    snprintf(text, sizeof texts[0], "t%d-%d", (int)tenant, (int)draw(w, IDS));
    return text;
}

const struct ar_model *draw_model(struct world *w)
{
    return models[draw(w, MODEL_COUNT)];
}

const struct ar_relation *draw_relation(struct world *w)
{
    for (;;) {
        const struct ar_model *model = draw_model(w);
        if (model->relation_count > 0)
            return model->relations[draw(w, model->relation_count)];
    }
}

/* Set a field that is not part of the shard: texts and points show whose they are. */
static void set_field(struct world *w, const struct ar_column *column, int64_t tenant, void *record)
{
    char *field = (char *)record + column->offset;
    int64_t number = (int64_t)draw(w, IDS) + ((column->flags & AR_COLUMN_KEY) != 0 ? 1 : 0);

    if (column->type == AR_TYPE_TEXT)
        *(const char **)(void *)field = text_of(w, tenant);
    else if (column->type == AR_TYPE_INT64)
        *(int64_t *)(void *)field = number;
    else if (strcmp(column->name, "points") == 0)
        *(int32_t *)(void *)field = (int32_t)(1000 * tenant + number);
}

static void fill_record(struct world *w, const struct ar_model *model, int64_t tenant, void *record)
{
    memset(record, 0, model->size);
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        if (column == model->shard_key)
            *(int64_t *)(void *)((char *)record + column->offset) = tenant;
        else
            set_field(w, column, tenant, record);
    }
    if (model == &remark_model && ((struct remark *)record)->note_id != 0)
        ((struct remark *)record)->comment_id = 0;
}

enum { RECORDS = 64 };

void *draw_record(struct world *w, const struct ar_model *model)
{
    static _Alignas(16) char records[RECORDS][128];
    static size_t next;
    void *record = records[next++ % RECORDS];
    bool is_filled_in = draw(w, 4) == 0;
    int64_t tenant = is_filled_in ? w->tenant : 1 + (int64_t)draw(w, TENANT_COUNT + 1);

    assert_true(model->size <= sizeof records[0]);
    if (!is_filled_in && draw(w, 4) > 0)
        tenant = w->tenant;
    w->names_other = w->names_other || tenant != w->tenant;
    fill_record(w, model, tenant, record);
    if (is_filled_in)
        memset((char *)record + model->shard_key->offset, 0, sizeof(int64_t));
    return record;
}

void draw_key(struct world *w, const struct ar_model *model, struct ar_value *key)
{
    for (size_t i = 0; i < model->key_count; i++)
        key[i] = ar_value_integer(&model->columns[model->key[i]] == model->shard_key ? draw_tenant(w)
                                                                                     : (int64_t)draw(w, IDS) + 1);
}

static struct ar_condition draw_comparison(struct world *w, const struct ar_model *model)
{
    static const enum ar_operator operators[] = {AR_OP_EQ, AR_OP_NE, AR_OP_LT, AR_OP_LE, AR_OP_GT, AR_OP_GE};
    const struct ar_column *column = &model->columns[draw(w, model->column_count)];
    enum ar_operator op = operators[draw(w, 6)];

    if (column == model->shard_key)
        return ar_condition_of(op, column, ar_value_integer(draw_tenant(w)));
    if (column->type == AR_TYPE_TEXT)
        return ar_condition_of(op, column, ar_value_text(text_of(w, 1 + (int64_t)draw(w, TENANT_COUNT))));
    if (strcmp(column->name, "points") == 0)
        return ar_condition_of(op, column, ar_value_integer((int64_t)draw(w, 4000)));
    if (column->type != AR_TYPE_INT64 && column->type != AR_TYPE_INT32)
        return ar_condition_of(AR_OP_IS_NOT_NULL, column, ar_value_null());
    return ar_condition_of(op, column, ar_value_integer((int64_t)draw(w, IDS)));
}

struct ar_condition draw_condition(struct world *w, const struct ar_model *model, unsigned depth)
{
    uint64_t kind = depth > 0 ? draw(w, 6) : 0;
    struct ar_condition operands[2];

    if (kind == 1 && model->relation_count > 0) {
        const struct ar_relation *relation = model->relations[draw(w, model->relation_count)];
        operands[0] = draw_condition(w, relation->target, depth - 1);
        return draw(w, 2) == 0 || relation->kind == AR_RELATION_BELONGS_TO
                   ? ar_has(relation, &operands[0])
                   : ar_has_count(relation, AR_GE, (int64_t)draw(w, 3), &operands[0]);
    }
    if (kind == 2 || kind == 3) {
        operands[0] = draw_comparison(w, model);
        operands[1] = draw_condition(w, model, depth - 1);
        return ar_condition_join(kind == 2 ? AR_OP_AND : AR_OP_OR, operands, 2);
    }
    if (kind == 4) {
        operands[0] = draw_condition(w, model, depth - 1);
        return ar_not(operands[0]);
    }
    return draw_comparison(w, model);
}

/* ---- Checks ------------------------------------------------------------------------------------------------------ */

void expect_refused(struct world *w, enum ar_status status)
{
    w->refused += status == AR_MISUSE;
    w->allowed += status == AR_OK;
    if (w->names_other && status == AR_OK)
        fail_msg("%s: something of another tenant than %d was accepted", w->call, (int)w->tenant);
}

static int64_t integer_at(const void *record, const struct ar_column *column)
{
    int64_t integer;
    memcpy(&integer, (const char *)record + column->offset, sizeof integer);
    return integer;
}

void check_record(const struct world *w, const struct ar_model *model, const void *record)
{
    char prefix[8];

    if (record == NULL || model->shard_key == NULL)
        return;
    snprintf(prefix, sizeof prefix, "t%d-", (int)w->tenant);
    if (integer_at(record, model->shard_key) != w->tenant)
        fail_msg("%s: tenant %d got a %s of tenant %d", w->call, (int)w->tenant, model->name,
                 (int)integer_at(record, model->shard_key));
    for (size_t i = 0; i < model->column_count; i++) {
        const struct ar_column *column = &model->columns[i];
        const char *text = NULL;
        if (column->type == AR_TYPE_TEXT && ar_record_is_loaded(w->f->s, model, record, column))
            text = *(const char *const *)((const char *)record + column->offset);
        if (text != NULL && strncmp(text, prefix, strlen(prefix)) != 0)
            fail_msg("%s: tenant %d got the text %s in a %s", w->call, (int)w->tenant, text, model->name);
    }
}

void check_list(const struct world *w, const struct ar_model *model, struct ar_list list)
{
    for (size_t i = 0; i < list.count; i++)
        check_record(w, model, list.items[i]);
}

/* Add a SELECT of all rows of a table that belong to the other tenants, each as one text. */
static void add_rows(const struct world *w, const struct ar_model *model, char *sql, size_t size)
{
    size_t length = strlen(sql);

    length +=
        (size_t)snprintf(sql + length, size - length, "%sSELECT '%s'", length > 0 ? " UNION ALL " : "", model->table);
    for (size_t i = 0; i < model->column_count; i++)
        length += (size_t)snprintf(sql + length, size - length, " || '|' || coalesce(CAST(%s AS text), '~')",
                                   model->columns[i].sql);
    snprintf(sql + length, size - length, " AS line FROM %s WHERE %s <> %d", model->sql, model->shard_key->sql,
             (int)w->tenant);
}

/* Return the rows of the other tenants as one text, to be freed. */
static char *read_others(const struct world *w)
{
    static char sql[16384];
    struct ar_list list;
    size_t size = 1;
    char *text, *end;

    sql[0] = '\0';
    for (size_t i = 0; i < MODEL_COUNT; i++)
        add_rows(w, models[i], sql, sizeof sql);
    add_rows(w, issue_labels_relation.path[0]->target, sql, sizeof sql);
    strcat(sql, " ORDER BY line");
    ok(w->f->other, ar_sql_all(w->f->other, &line_row, sql, NULL, 0, &list));
    for (size_t i = 0; i < list.count; i++)
        size += strlen(((const struct line *)list.items[i])->line) + 1;
    text = end = malloc(size);
    assert_non_null(text);
    *end = '\0';
    for (size_t i = 0; i < list.count; i++)
        end += sprintf(end, "%s\n", ((const struct line *)list.items[i])->line);
    ar_session_clear(w->f->other);
    return text;
}

void check_others(struct world *w)
{
    char *now = read_others(w);

    if (strcmp(now, w->others) != 0)
        fail_msg("%s: tenant %d changed rows of others:\n%s\nbefore:\n%s", w->call, (int)w->tenant, now, w->others);
    free(now);
}

void remember_others(struct world *w)
{
    free((char *)(uintptr_t)w->others);
    w->others = read_others(w);
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static void add(struct world *w, const struct ar_model *model, int64_t tenant, int64_t id)
{
    _Alignas(16) char record[128];

    fill_record(w, model, tenant, record);
    if (model->key_count == 2)
        memcpy(record + model->columns[model->key[1]].offset, &id, sizeof id);
    if (model == &issue_model)
        ((struct issue *)(void *)record)->project_id = 1 + id % 3;
    if (model == &issue_model)
        ((struct issue *)(void *)record)->parent_id = id > 2 ? id - 2 : 0;
    if (model == &comment_model)
        ((struct comment *)(void *)record)->issue_id = id;
    add_row(w->f, model, record);
}

void fill_world(struct world *w)
{
    for (int64_t tenant = 1; tenant <= TENANT_COUNT; tenant++) {
        char names[IDS + 1][24];
        struct tenant own = {.id = tenant, .name = text_of(w, tenant)};
        add_row(w->f, &tenant_model, &own);
        for (int64_t id = 1; id <= IDS; id++) {
            snprintf(names[id], sizeof names[id], "t%d-%d", (int)tenant, (int)id);
            add_row(w->f, &project_model, &(struct project){.tenant_id = tenant, .id = id, .name = names[id]});
            add_row(w->f, &label_model, &(struct label){.tenant_id = tenant, .id = id, .name = names[id]});
        }
        for (int64_t id = 1; id <= IDS; id++) {
            add(w, &issue_model, tenant, id);
            add(w, &comment_model, tenant, id);
            add(w, &note_model, tenant, id);
            add_row(w->f, &remark_model,
                    &(struct remark){.tenant_id = tenant, .id = id, .note_id = id, .text = names[id]});
        }
        add_row(w->f, &budget_model,
                &(struct budget){.tenant_id = tenant, .project_id = 1, .points = (int32_t)(1000 * tenant)});
        for (int64_t id = 1; id <= IDS; id++) {
            struct issue issue = {.tenant_id = tenant, .id = id};
            struct label label = {.tenant_id = tenant, .id = 1 + id % 3};
            void *const records[] = {&label};
            w->f->is_paused = true;
            ok(w->f->other, ar_relation_add(w->f->other, &issue_labels_relation, &issue, records, 1, NULL));
            w->f->is_paused = false;
        }
    }
    ar_session_clear(w->f->other);
}
