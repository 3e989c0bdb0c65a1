/* What the tool infers of the columns of user SQL: each statement with its columns, as `name class` and a mark: `?` if
 * the column can be NULL, `~` if that is unknown. */
#include "sql_infer.h"
#include "header.h"
#include "output.h"
#include "scan.h"
#include "sql_parse.h"

#include "unit.h"

#include <string.h>

static struct arena arena;
static struct diagnostics diagnostics;
static struct model_set set;
static struct name_map parameters;

static int read_models(void **state)
{
    static const char *const flags[] = {"-std=c11", "-I" ARMATURE_ANNOTATIONS_DIR};
    static const char *const header = SQL_MODELS_HEADER;
    static struct member number, text;
    (void)state;
    diagnostics.arena = &arena;
    set = (struct model_set){.arena = &arena, .diagnostics = &diagnostics};
    header_find_all(&set, &header, 1, NULL, 0);
    if (!scan_headers(&set, flags, sizeof flags / sizeof *flags))
        return -1;
    model_build(&set);
    model_resolve(&set);
    model_plan(&set);
    number = (struct member){.type = AR_TYPE_INT64, .field = "number"};
    text = (struct member){.type = AR_TYPE_TEXT, .field = "text"};
    name_map_add(&arena, &parameters, "number", &number);
    name_map_add(&arena, &parameters, "text", &text);
    return diagnostics.count == 0 ? 0 : -1;
}

static int free_models(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static const char *described(const struct sql_row *row)
{
    static const char *const marks[] = {[SQL_NULL_NEVER] = "", [SQL_NULL_UNKNOWN] = "~", [SQL_NULL_MAYBE] = "?"};
    static const char *const classes[] = {"", " null", " bool", " int", " real", " text", " blob", " time"};
    struct text text = {0};
    text_add(&text, row->is_unknown ? "unknown" : "");
    for (size_t i = 0; i < row->count && !row->is_unknown; i++)
        text_print(&text, "%s%s%s%s", i > 0 ? ", " : "", row->columns[i].name != NULL ? row->columns[i].name : "_",
                   classes[row->columns[i].value.class], marks[row->columns[i].value.null]);
    const char *copy = arena_text(&arena, text.data);
    text_free(&text);
    return copy;
}

static void assert_columns(const char *const cases[][2], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct sql_inference inference = sql_infer(&set, &parameters, cases[i][0], sql_parse(&arena, cases[i][0]));
        if (strcmp(described(&inference.row), cases[i][1]) != 0)
            print_error("%s\n", cases[i][0]);
        assert_string_equal(described(&inference.row), cases[i][1]);
    }
}

#define ASSERT_COLUMNS(...)                                                                                            \
    do {                                                                                                               \
        static const char *const cases[][2] = {__VA_ARGS__};                                                           \
        assert_columns(cases, sizeof cases / sizeof *cases);                                                           \
    } while (0)

static void test_columns(void **state)
{
    (void)state;
    ASSERT_COLUMNS({"SELECT id, name AS n, email, age, rating, is_active, created_at FROM users",
                    "id int, n text, email text?, age int?, rating real, is_active bool, created_at time"},
                   {"SELECT * FROM posts", "id int, author_id int, editor_id int?, title text, score int"},
                   {"SELECT p.*, u.name FROM posts p JOIN users AS u ON u.id = p.author_id",
                    "id int, author_id int, editor_id int?, title text, score int, name text"},
                   {"SELECT \"id\", users.\"name\" FROM \"users\"", "id int, name text"},
                   {"SELECT ID, Users.NAME FROM USERS", "ID int, NAME text"},
                   {"SELECT rowid, missing FROM users", "rowid~, missing~"}, {"SELECT id FROM users, posts", "id~"},
                   {"SELECT x FROM somewhere", "x~"}, {"SELECT * FROM json_each(:text)", "unknown"},
                   {"SELECT value FROM json_each(:text)", "value~"});
}

static void test_conditions(void **state)
{
    (void)state;
    ASSERT_COLUMNS(
        {"SELECT age FROM users WHERE age IS NOT NULL", "age int"},
        {"SELECT age FROM users WHERE age NOTNULL", "age int"},
        {"SELECT age FROM users WHERE age > 18 AND rating > 1", "age int"},
        {"SELECT age FROM users WHERE NOT age > 18", "age int"},
        {"SELECT age FROM users WHERE age BETWEEN 1 AND 9", "age int"},
        {"SELECT age FROM users WHERE age IN (1, 2)", "age int"},
        {"SELECT age FROM users WHERE age IN (SELECT score FROM posts)", "age int"},
        {"SELECT age FROM users WHERE abs(age + 1) = rating", "age int"},
        {"SELECT email FROM users WHERE email LIKE '%@%'", "email text"},
        {"SELECT email FROM users WHERE lower(email) = 'a' AND (age = 1 OR age = 2)", "email text"},
        {"SELECT age FROM users WHERE rating > 1", "age int?"}, {"SELECT age FROM users WHERE age IS NULL", "age int?"},
        {"SELECT age FROM users WHERE age NOT IN (1, 2)", "age int~"},
        {"SELECT age FROM users WHERE age = 1 OR rating = 1", "age int~"},
        {"SELECT age FROM users WHERE coalesce(age, 1) = 1", "age int~"},
        {"SELECT age FROM users WHERE extract(year FROM age) = 1", "age int~"},
        {"SELECT age FROM users u WHERE EXISTS (SELECT 1 FROM posts WHERE score = u.age)", "age int~"},
        {"SELECT age FROM users WHERE age NOT NULL", "age int"}, {"SELECT age FROM users WHERE age ISNULL", "age int?"},
        {"SELECT age FROM users WHERE age IS UNKNOWN", "age int?"},
        {"SELECT age FROM users WHERE age IS NOT UNKNOWN", "age int"},
        {"SELECT age FROM users WHERE age IS DISTINCT FROM NULL", "age int"},
        {"SELECT age FROM users WHERE (age > 1) IS TRUE", "age int"},
        {"SELECT age FROM users WHERE (age > 1) IS NOT TRUE", "age int~"},
        {"SELECT age FROM users WHERE age<-1", "age int"},
        {"SELECT age FROM users WHERE age NOT BETWEEN SYMMETRIC 1 AND 2", "age int"},
        {"SELECT email FROM users WHERE email LIKE '!%' ESCAPE '!'", "email text"},
        {"SELECT age FROM users WHERE max(age, 1) = 1", "age int"},
        {"SELECT age FROM users WHERE percentile_cont(0.5) WITHIN GROUP (ORDER BY age) > 1", "age int~"},
        {"SELECT age FROM users WHERE \"age\" @> ARRAY[\"email\"]", "age int~"},
        {"SELECT age FROM users GROUP BY age HAVING age > 1", "age int"},
        {"SELECT age FROM users GROUP BY age HAVING max(age) > 1", "age int~"});
}

static void test_joins(void **state)
{
    (void)state;
    ASSERT_COLUMNS(
        {"SELECT u.id, p.id AS post FROM users u LEFT JOIN posts p ON p.author_id = u.id", "id int, post int?"},
        {"SELECT u.id, p.id AS post FROM users u RIGHT JOIN posts p ON p.editor_id = u.id", "id int?, post int"},
        {"SELECT u.id, p.id AS post FROM users u FULL OUTER JOIN posts p ON 1", "id int?, post int?"},
        {"SELECT p.id FROM users u LEFT JOIN posts p ON p.author_id = u.id WHERE p.id IS NOT NULL", "id int"},
        {"SELECT p.title FROM users u LEFT JOIN posts p ON p.author_id = u.id WHERE p.score > 3", "title text"},
        {"SELECT p.title FROM users u LEFT JOIN posts p ON 1 JOIN users e ON e.id = p.author_id", "title text"},
        {"SELECT p.title FROM users u JOIN posts p ON 1 RIGHT JOIN users e ON 1", "title text?"},
        {"SELECT u.id, p.id FROM users u, posts p RIGHT JOIN users e ON 1", "id int~, id int?"},
        {"SELECT p.editor_id, e.id FROM posts p JOIN users e ON e.id = p.editor_id, users u FULL JOIN users v ON 1",
         "editor_id int~, id int~"},
        {"SELECT u.id FROM users u, (posts p LEFT JOIN users e ON 1)", "id int"},
        {"SELECT p.editor_id FROM posts p JOIN users e ON e.id = p.editor_id", "editor_id int"},
        {"SELECT p.editor_id FROM users e LEFT JOIN posts p ON e.id = p.editor_id WHERE p.id = 1", "editor_id int"},
        {"SELECT p.editor_id FROM posts p LEFT JOIN users e ON e.id = p.editor_id", "editor_id int?"},
        {"SELECT p.editor_id FROM users e RIGHT JOIN posts p ON e.id = p.editor_id", "editor_id int?"},
        {"SELECT p.editor_id FROM posts p RIGHT JOIN users e ON e.id = p.editor_id WHERE p.id = 1", "editor_id int"},
        {"SELECT p.editor_id FROM posts p FULL JOIN users e ON e.id = p.editor_id WHERE p.id = 1", "editor_id int?"},
        {"SELECT p.editor_id FROM posts p JOIN users e ON e.id = p.editor_id FULL JOIN users u ON 1 WHERE p.id = 1",
         "editor_id int"},
        {"SELECT p.editor_id FROM users u LEFT JOIN (posts p JOIN users e ON e.id = p.editor_id) ON 1 WHERE p.id = 1",
         "editor_id int"},
        {"SELECT p.editor_id FROM users u LEFT JOIN posts p ON 1 LEFT JOIN users e ON e.id = p.editor_id"
         " WHERE p.id = 1",
         "editor_id int?"},
        {"SELECT u.id, p.id, e.id FROM users u LEFT JOIN (posts p JOIN users e ON e.id = p.author_id)"
         " ON p.author_id = u.id",
         "id int, id int?, id int?"},
        {"SELECT id, name, title FROM users JOIN posts USING (id)", "id~, name text, title text"},
        {"SELECT * FROM posts JOIN posts AS q USING (id, author_id, editor_id)",
         "id int, author_id int, editor_id int?, title text, score int, title text, score int"},
        {"SELECT * FROM posts RIGHT JOIN posts AS q USING (id, author_id, editor_id, title)",
         "id int~, author_id int~, editor_id int~, title text~, score int?, score int"},
        {"SELECT p.* FROM posts p RIGHT JOIN users USING (id)",
         "id int?, author_id int?, editor_id int?, title text?, score int?"},
        {"SELECT u.id FROM (users u CROSS JOIN posts p), LATERAL (SELECT 1) AS t", "id int"},
        {"SELECT id FROM users NOT INDEXED", "id int"},
        {"SELECT n FROM generate_series(1, 3) WITH ORDINALITY AS t (n, m)", "unknown"},
        {"SELECT x, y FROM (SELECT id FROM users) AS t (x, y)", "x~, y~"},
        {"SELECT * FROM posts NATURAL JOIN users", "unknown"},
        {"SELECT u.*, p.title FROM users u CROSS JOIN posts p INDEXED BY i",
         "id int, name text, email text?, age int?, rating real, is_active bool, created_at time, title text"});
}

static void test_references(void **state)
{
    (void)state;
    ASSERT_COLUMNS(
        {"SELECT u.id FROM posts p LEFT JOIN users u ON u.id = p.author_id", "id int~"},
        {"SELECT u.id FROM users u RIGHT JOIN posts ON author_id = u.id", "id int~"},
        {"SELECT u.id FROM posts p LEFT JOIN users u ON u.id = p.editor_id", "id int?"},
        {"SELECT u.id FROM posts p LEFT JOIN users u ON u.id = p.author_id AND u.age > 1", "id int?"},
        {"SELECT u.id, p.id FROM users v LEFT JOIN posts p ON p.id = v.id LEFT JOIN users u ON u.id = p.author_id",
         "id int?, id int?"},
        {"SELECT (SELECT id FROM users WHERE id = p.author_id) AS id FROM posts p", "id int~"},
        {"SELECT (SELECT id FROM users WHERE id = p.author_id AND age > 1) AS id FROM posts p", "id int?"},
        {"SELECT (SELECT age FROM users WHERE id = p.author_id) AS age FROM posts p", "age int?"},
        {"SELECT t.n FROM users u LEFT JOIN LATERAL (SELECT count(*) AS n FROM posts) AS t ON TRUE", "n int~"});
}

static void test_aggregates(void **state)
{
    (void)state;
    ASSERT_COLUMNS(
        {"SELECT count(*) AS n, count(age) AS m FROM users", "n int, m int"},
        {"SELECT sum(score) AS s FROM posts", "s int?"},
        {"SELECT max(created_at) AS t, min(name) AS n FROM users", "t time?, n text?"},
        {"SELECT author_id, sum(score) AS s, avg(score) AS a FROM posts GROUP BY author_id",
         "author_id int, s int, a real"},
        {"SELECT id, count(*) AS n FROM posts", "id int~, n int"}, /* SQLite: NULL if there is no row */
        {"SELECT array_agg(id) AS a, sum(name) AS b, max(age, 1) AS c, abs(name) AS d FROM users", "a~, b?, c int?, d"},
        {"SELECT group_concat(title ORDER BY id) AS g FROM posts GROUP BY author_id", "g text"},
        {"SELECT max(editor_id) AS e FROM posts GROUP BY author_id", "e int?"},
        {"SELECT sum(score) FILTER (WHERE score > 1) AS s FROM posts GROUP BY author_id", "s int?"},
        {"SELECT coalesce(sum(score), 0) AS s FROM posts", "s int"}, {"SELECT total(score) AS s FROM posts", "s real"},
        {"SELECT sum(score) AS s FROM posts HAVING count(*) > 0", "s int~"},
        {"SELECT sum(score) + 1 AS s FROM posts", "s int?"},
        {"SELECT sum(rating) AS r FROM users GROUP BY is_active", "r real"});
}

static void test_expressions(void **state)
{
    (void)state;
    ASSERT_COLUMNS(
        {"SELECT 1, 1.5, 'a', x'00', NULL, TRUE", "_ int, _ real, _ text, _ blob, _ null?, _ bool"},
        {"SELECT id + 1 AS a, id * 1.5 AS b, -id AS c, name || '!' AS d, id = 1 AS e FROM users",
         "a int, b real, c int, d text, e bool"},
        {"SELECT age + 1 AS a, name || email AS b FROM users", "a int?, b text?"},
        {"SELECT id / 2 AS a, id / score AS b, id % score AS c FROM posts", "a int, b int~, c int~"},
        {"SELECT age > 1 AS a, age > 1 AND id > 1 AS b, age IS NULL AS c, age IN (1) AS d FROM users",
         "a bool?, b bool~, c bool, d bool?"},
        {"SELECT CASE WHEN id > 1 THEN 1 ELSE 2 END AS a, CASE id WHEN 1 THEN 'x' END AS b FROM users",
         "a int, b text?"},
        {"SELECT CASE WHEN age IS NULL THEN 0 ELSE age END AS a FROM users", "a int~"},
        {"SELECT CASE WHEN id = 1 THEN 0 ELSE age END AS a, iif(id = 1, age, 1) AS b FROM users", "a int?, b int?"},
        {"SELECT coalesce(age, id) AS a, ifnull(age, NULL) AS b, nullif(id, 1) AS c FROM users",
         "a int, b int?, c int?"},
        {"SELECT CAST(id AS text) AS a, id::double precision AS b, CAST(age AS varchar(10)) AS c FROM users",
         "a text, b real, c text?"},
        {"SELECT id::numeric(10, 2) AS a, name::timestamp(3) with time zone AS b, id::bytea AS c FROM users",
         "a, b, c blob"},
        {"SELECT CAST(name AS int[]) AS a, name::int[] AS b, name::sprint_state AS c FROM users", "a~, b~, c"},
        {"SELECT CASE age WHEN 1 THEN age ELSE 1 END AS a, CASE id WHEN 1 THEN age ELSE 1 END AS b FROM users",
         "a int~, b int?"},
        {"SELECT length(name) AS a, upper(email) AS b, date(name) AS c, nobody_knows(id) AS d FROM users",
         "a int, b text?, c~, d~"},
        {"SELECT :number AS a, :text AS b, :unknown AS c", "a int, b text?, c~"},
        {"SELECT name COLLATE nocase AS a, name @> email AS b, (id, age) AS c FROM users", "a text, b~, c~"},
        {"SELECT interval '1 day' AS a, ARRAY[1, 2] AS b, position('a' IN name) AS c FROM users", "a, b~, c~"},
        {"SELECT CURRENT_TIMESTAMP AS a, now() AS b", "a, b time"});
}

static void test_queries(void **state)
{
    (void)state;
    ASSERT_COLUMNS(
        {"SELECT (SELECT name FROM users WHERE id = 1) AS a, (SELECT count(*) FROM posts) AS b,"
         " (SELECT sum(score) FROM posts) AS c, EXISTS (SELECT 1 FROM posts) AS d",
         "a text?, b int, c int?, d bool"},
        {"SELECT (SELECT p.score + u.age FROM posts p LIMIT 1) AS a FROM users u", "a int?"},
        {"SELECT (SELECT 1) AS a, (SELECT 1 WHERE id = 2) AS b, (VALUES (1)) AS c, (VALUES (1), (2)) AS d FROM users",
         "a int, b int?, c int, d int?"},
        {"SELECT (SELECT count(*) FROM posts GROUP BY id) AS a, (SELECT count(*) FROM posts HAVING count(*) > 1) AS b,"
         " (SELECT count(*) FROM posts OFFSET 1) AS c, (SELECT 1 UNION SELECT 2) AS d, (SELECT id, name FROM users) AS e",
         "a int?, b int?, c int?, d int?, e~"},
        {"SELECT a, b FROM (SELECT id AS a, email AS b FROM users) AS t WHERE b > ''", "a int, b text"},
        {"SELECT t.x FROM (VALUES (1), (2)) AS t (x)", "x int"},
        {"VALUES (1, 'a'), (2, NULL)", "column1 int, column2 text?"},
        {"WITH t AS (SELECT id, age FROM users) SELECT id, age FROM t", "id int, age int?"},
        {"WITH t (a, b) AS (SELECT id, age FROM users), u AS (SELECT a FROM t) SELECT u.a, t.b FROM t, u",
         "a int, b int?"},
        {"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n", "i int"},
        {"WITH RECURSIVE n (i, j) AS (SELECT 1, 1 UNION ALL SELECT i + 1, NULL FROM n WHERE i < 9) SELECT i, j FROM n",
         "i int, j int?"},
        {"WITH RECURSIVE t AS (SELECT id, editor_id FROM posts UNION SELECT p.id, p.editor_id FROM t JOIN posts p"
         " ON p.id = t.editor_id) SELECT * FROM t",
         "id int, editor_id int?"},
        {"SELECT id, age FROM users UNION SELECT id, score FROM posts", "id int, age int?"},
        {"SELECT age FROM users INTERSECT SELECT score FROM posts", "age int"},
        {"SELECT score FROM posts EXCEPT SELECT age FROM users ORDER BY 1 LIMIT 3 OFFSET 1", "score int"},
        {"(SELECT id FROM users) UNION ALL (SELECT author_id FROM posts)", "id int"},
        {"SELECT age AS 'a b', age AS select FROM users", "a b int?, select int?"},
        {"SELECT id FROM users ORDER BY age DESC NULLS LAST, id NULLS FIRST LIMIT 1, 2", "id int"},
        {"SELECT id FROM users OFFSET 1 ROWS FETCH FIRST 3 ROWS ONLY", "id int"},
        {"SELECT DISTINCT ON (age) id FROM users FOR UPDATE", "id int"},
        {"WITH t AS NOT MATERIALIZED (SELECT id FROM users), u AS (DELETE FROM posts RETURNING id)"
         " SELECT t.id, u.id FROM t, u",
         "id int, id~"},
        {"SELECT id, name FROM users UNION SELECT id FROM posts", "unknown"});
}

static void test_windows(void **state)
{
    (void)state;
    ASSERT_COLUMNS(
        {"SELECT row_number() OVER (ORDER BY id) AS n, rank() OVER w AS r FROM users WINDOW w AS (ORDER BY id)",
         "n int, r int"},
        {"SELECT rank() OVER v AS r, rank() OVER w AS s FROM users WINDOW v AS (ORDER BY id), w AS (ORDER BY age)",
         "r int, s int"},
        {"SELECT sum(score) OVER (PARTITION BY author_id) AS s, sum(editor_id) OVER () AS e FROM posts",
         "s int, e int?"},
        {"SELECT sum(score) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS s FROM posts", "s int~"},
        {"SELECT sum(score) OVER (PARTITION BY r, g RANGE CURRENT ROW) AS a, sum(score) OVER (PARTITION BY r, g) AS b"
         " FROM posts",
         "a int~, b int"},
        {"SELECT sum(score) OVER (PARTITION BY id GROUPS CURRENT ROW) AS a,"
         " sum(editor_id) FILTER (WHERE id = 1) OVER () AS b, sum(score) FILTER (WHERE id = 1) OVER () AS c FROM posts",
         "a int~, b int?, c int~"},
        {"SELECT lag(score) OVER (ORDER BY id) AS a, lead(score, 1, 0) OVER (ORDER BY id) AS b FROM posts",
         "a int?, b int"},
        {"SELECT first_value(title) OVER (ORDER BY id) AS a, nth_value(title, 2) OVER () AS b FROM posts",
         "a text, b text?"});
}

static void test_writes(void **state)
{
    (void)state;
    ASSERT_COLUMNS(
        {"INSERT INTO users (id, name, age) VALUES (1, 'a', 3) RETURNING id, age, email",
         "id int, age int, email text~"},
        {"INSERT INTO users (id, name, age) SELECT id, title, editor_id FROM posts RETURNING *",
         "id int, name text, email text~, age int?, rating real, is_active bool, created_at time"},
        {"INSERT INTO users (id, age) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET age = excluded.age RETURNING age",
         "age int~"},
        {"INSERT OR REPLACE INTO main.users AS u (age) VALUES (1) ON CONFLICT DO NOTHING RETURNING u.age", "age int"},
        {"REPLACE INTO users VALUES (1, 'a', NULL, 2, 1, 1, 1) RETURNING age, email", "age int, email text?"},
        {"INSERT INTO users DEFAULT VALUES RETURNING id, age", "id int, age int~"},
        {"WITH t AS (SELECT age FROM users WHERE age > 1) INSERT INTO users (age) SELECT age FROM t RETURNING age",
         "age int"},
        {"WITH t AS (SELECT 1 AS a) INSERT INTO users (age) WITH u AS (SELECT a FROM t) SELECT u.a FROM t, u"
         " RETURNING age",
         "age int"},
        {"INSERT INTO users (id) VALUES (1) ON CONFLICT (id) WHERE id > 1 DO UPDATE SET (age, email) = (1, 'a')"
         " WHERE users.id > 1 RETURNING age, email",
         "age int~, email text~"},
        {"UPDATE OR IGNORE main.users SET (age, email) = (1, NULL) RETURNING age, email", "age int, email text?"},
        {"UPDATE users SET (age, email) = (SELECT score, title FROM posts) RETURNING age, email",
         "age int~, email text~"},
        {"UPDATE users SET age = p.score FROM posts p WHERE p.id = users.id RETURNING age, p.title",
         "age int, title text"},
        {"DELETE FROM users USING posts p WHERE p.id = users.id RETURNING age, p.title", "age int?, title text"},
        {"UPDATE users SET age = NULL WHERE age > 1 RETURNING age", "age int?"},
        {"UPDATE users SET age = 1 RETURNING id, age", "id int, age int"},
        {"UPDATE users SET rating = 1 WHERE age > 1 RETURNING age", "age int"},
        {"DELETE FROM users WHERE age IS NOT NULL RETURNING age, email", "age int, email text?"},
        {"WITH old AS (SELECT id FROM posts) DELETE FROM users WHERE id IN (SELECT id FROM old) RETURNING id",
         "id int"},
        {"DELETE FROM users", ""}, {"CREATE TABLE t (a)", "unknown"}, {"SELECT FROM WHERE", "unknown"});
}

/* Queries whose rows are not understood in full, and parts of no interest. */
static void test_unusual(void **state)
{
    (void)state;
    ASSERT_COLUMNS(
        {"SELECT id FROM users WHERE name LIKE 'a' ESCAPE", "id int"}, {"SELECT name COLLATE 1 AS a FROM users", "a~"},
        {"SELECT id FROM users ORDER BY id ASC", "id int"},
        {"INSERT INTO users (id) VALUES (1) RETURNING id,", "id int, _~"},
        {"SELECT DISTINCT ON id FROM users", "id int"}, {"SELECT DISTINCT id FROM users", "id int"},
        {"SELECT ALL id FROM users", "id int"}, {"SELECT id FROM users WHERE id IN (SELECT )", "id int"},
        {"SELECT id FROM users WHERE id IN ()", "id int"},
        {"SELECT sum(DISTINCT id) AS a, sum(ALL id) AS b FROM users", "a int?, b int?"},
        {"SELECT iif(age > 1, age, 2) AS a, iif(id, 1) AS b, iif(age + age > 1, 2, age + age) AS c FROM users",
         "a~, b~, c~"},
        {"SELECT max() AS m, sum() AS s, first_value() OVER () AS f FROM users", "m?, s?, f~"},
        {"SELECT date(email) AS a, date(id) AS b FROM users", "a?, b~"},
        {"SELECT age % 2 AS a, age / id AS b FROM users", "a int?, b int?"},
        {"SELECT CASE WHEN id = 1 THEN age END AS a FROM users", "a int?"},
        {"SELECT (SELECT * FROM json_each('')) AS a, (SELECT count(*) FROM posts LIMIT 1) AS b FROM users",
         "a~, b int?"},
        {"SELECT t.n FROM users u LEFT JOIN (SELECT score AS n FROM posts) AS t ON TRUE", "n int?"},
        {"SELECT n FROM users LEFT JOIN (SELECT score AS n FROM posts) ON TRUE", "n int?"},
        {"SELECT u.age FROM (SELECT 1), users u", "age int?"},
        {"SELECT u.* FROM posts u, (SELECT 1)", "id int, author_id int, editor_id int?, title text, score int"},
        {"WITH t AS (WITH u AS (SELECT 1 AS a) SELECT a FROM u UNION SELECT 2) SELECT a FROM t", "a int"},
        {"SELECT u.age FROM users u, (SELECT 1) WHERE u.age > 1", "age int"},
        {"SELECT age FROM users, (SELECT 1) WHERE age > 1", "age int"},
        {"SELECT t.a FROM (SELECT age AS a, 1 FROM users) AS t WHERE a > 1", "a int"},
        {"SELECT age FROM users WHERE age @> ARRAY[\"\"]", "age int~"},
        {"SELECT age FROM users WHERE age @> ARRAY[\"age\"]", "age int~"},
        {"INSERT INTO somewhere VALUES (1, 2) RETURNING a", "a~"},
        {"INSERT INTO users VALUES (1, 2, 3, 4, 5, 6, 7, 8, 9) RETURNING id", "id int"},
        {"INSERT INTO users (id, name) VALUES (1, 'a', 3) RETURNING id, email", "id int, email text~"},
        {"INSERT INTO users (id) SELECT 1 UNION SELECT 2 RETURNING id", "id int"},
        {"SELECT (SELECT id FROM users WHERE id = p.author_id GROUP BY id) AS a FROM posts p", "a int?"},
        {"SELECT (SELECT id FROM users WHERE id = p.author_id HAVING 1) AS a FROM posts p", "a int?"},
        {"SELECT (SELECT id FROM users WHERE id = p.author_id OFFSET 1) AS a FROM posts p", "a int?"},
        {"SELECT (WITH x AS (SELECT 1) SELECT id FROM users WHERE id = p.author_id) AS a FROM posts p", "a int?"},
        {"SELECT (SELECT id FROM users) AS a, (SELECT 1 WHERE 1 = p.author_id) AS b FROM posts p", "a int?, b int?"},
        {"SELECT (SELECT u.id FROM users u, posts WHERE u.id = p.author_id) AS a FROM posts p", "a int?"},
        {"SELECT (SELECT id FROM users WHERE id > p.author_id) AS a, (SELECT id FROM users WHERE id IS p.author_id) AS b FROM posts p",
         "a int?, b int?"},
        {"SELECT (SELECT id FROM users WHERE id = p.score) AS a, (SELECT id FROM users WHERE age = p.author_id) AS b FROM posts p",
         "a int?, b int?"},
        {"SELECT (SELECT t.id FROM (SELECT 1 AS id) AS t WHERE id = p.author_id) AS a FROM posts p", "a int?"},
        {"SELECT u.id FROM posts p LEFT JOIN users u ON u.id = p.score", "id int?"},
        {"SELECT u.id FROM posts p LEFT JOIN posts u ON u.id = p.author_id", "id int?"},
        {"SELECT p.week FROM notes n LEFT JOIN pages p ON p.week = n.page_week", "week int?"},
        {"SELECT u.id FROM posts p LEFT JOIN users u ON u.name = p.author_id", "id int?"},
        {"SELECT x.id FROM posts p, users u", "id~"},
        {"SELECT id, title FROM posts JOIN (SELECT 1 AS id, 2) AS t USING (id)", "id~, title text"},
        {"SELECT * FROM (SELECT 1 AS id) JOIN (SELECT 1 AS id, 2) AS t USING (id)", "id~, _ int"},
        {"SELECT p.id FROM posts p NATURAL JOIN users u JOIN users v ON 1", "id int"},
        {"SELECT p.id FROM posts p JOIN users u ON 1 NATURAL JOIN users v", "id int"},
        {"SELECT id FROM users ORDER BY 1 NULLS LAST, 2 DESC, 3 ASC", "id int"},
        {"SELECT id FROM users WHERE id IN users OR id IN :number", "id int"},
        {"SELECT id FROM users WHERE CAST(id int) = 1", "id int"},
        {"SELECT date '2026-01-01' AS a, x'00' AS b", "a, b blob"}, {"SELECT id FROM ONLY users", "id int"},
        {"SELECT u.rowid, u.nothing FROM users u", "rowid~, nothing~"},
        {"SELECT main.users.id FROM main.users", "id int"}, {"SELECT CAST(1 AS) AS a", "a~"}, {"SELECT NOT AS a", "a~"},
        {"SELECT - AS a", "a~"}, {"SELECT id FROM users WHERE id BETWEEN 1 OR 2", "id int"},
        {"SELECT id FROM users WHERE id BETWEEN AND", "id int"}, {"SELECT id NOT FROM users", "_~"},
        {"SELECT id IS FROM users", "_~"});
}

/* A statement with a mistake, which the database will report, has unknown columns. */
static void test_malformed(void **state)
{
    static const char *const cases[] = {
        "SELECT id FROM users ORDER id",
        "SELECT id FROM users GROUP id",
        "INSERT OR",
        "INSERT INTO users (id VALUES (1) RETURNING id",
        "INSERT INTO users DEFAULT",
        "INSERT INTO users DEFAULT RETURNING id",
        "UPDATE users SET (age, email = (1, 2) RETURNING id",
        "UPDATE users SET (age, 1) = (1, 2) RETURNING id",
        "UPDATE users SET () = () RETURNING id",
        "UPDATE users SET age = (VALUES 1), email = '' RETURNING id",
        "DELETE FROM users RETURNING (VALUES 1)",
        "UPDATE users SET 1 = 2 RETURNING id",
        "UPDATE users SET age 2 RETURNING id",
        "UPDATE users age = 2",
        "INSERT INTO users (id) VALUES (1) ON CONFLICT (id)",
        "INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE age = 1",
        "INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET 1",
        "INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO DELETE",
        "SELECT id FROM users u (a",
        "SELECT id FROM (SELECT id FROM users AS t",
        "SELECT id FROM (SELECT id FROM users) AS",
        "(SELECT 1",
        "SELECT id FROM users INDEXED i",
        "VALUES 1",
        "VALUES (1",
        "VALUES (1), 2",
        "VALUES ((VALUES 1), 2)",
        "SELECT id FROM (VALUES 1) AS t",
        "SELECT id FROM (SELECT id FROM users LIMIT 1 2) AS t",
        "SELECT id FROM users WHERE id IN (VALUES 1)",
        "SELECT id FROM users WHERE id IN (1, (VALUES 1), 2)",
        "SELECT abs((VALUES 1), 2) AS a FROM users",
        "SELECT (1, (VALUES 1), 2) AS a FROM users",
        "SELECT CASE WHEN 1 THEN (VALUES 1) WHEN 2 THEN 3 END AS a FROM users",
        "SELECT id FROM users WINDOW w (a)",
        "SELECT CASE WHEN id ELSE 1 END AS a FROM users",
        "SELECT CASE id WHEN 1 THEN 2 AS a FROM users",
        "SELECT id FROM users WHERE id IN (1",
        "SELECT abs(1, ",
        "SELECT sum(id) FILTER id FROM users",
        "SELECT count(*) within FROM users",
        "SELECT count(*) within group FROM users",
        "SELECT id::timestamp with time FROM users",
        "SELECT 1 AS 'a",
        "SELECT E'a\\",
        "SELECT id FROM users WITH ORDINALITY",
        "SELECT id FROM users WITH t",
        "SELECT * FROM json_each('') UNION SELECT 1",
        "SELECT 1 UNION SELECT * FROM json_each('')",
        "WITH RECURSIVE n (a, b, c, d) AS (SELECT 1, 1, 1, 1 UNION ALL SELECT NULL, a, b, c FROM n) SELECT * FROM n",
        "SELECT id FROM users WHERE id IS DISTINCT 3",
        "SELECT 'a b' 'c' AS d",
        "SELECT count(*) FILTER AS a FROM users",
        "SELECT id FROM users u JOIN posts p USING id",
        "SELECT id FROM users LEFT posts",
        "SELECT EXISTS (SELECT 1 AS a",
        "SELECT ((1) AS a",
        "SELECT (1, 2 AS a"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_columns((const char *const[][2]){{cases[i], "unknown"}}, 1);
}

/* ---- Parameters -------------------------------------------------------------------------------------------------- */

static void assert_use(const char *sql, const char *parameter, enum sql_class class, const char *column)
{
    struct sql_inference inference = sql_infer(&set, &parameters, sql, sql_parse(&arena, sql));
    assert_int_equal(inference.use_count, 1);
    assert_string_equal(inference.uses[0].parameter, parameter);
    assert_int_equal(inference.uses[0].value.class, class);
    assert_memory_equal(sql + inference.uses[0].start + 1, parameter, strlen(parameter));
    if (column != NULL)
        assert_string_equal(inference.uses[0].value.column->name, column);
}

static void test_uses(void **state)
{
    (void)state;
    assert_use("SELECT 1 FROM users WHERE name = :text", "text", SQL_CLASS_TEXT, "name");
    assert_use("SELECT 1 FROM users WHERE :text = created_at AND id = 1", "text", SQL_CLASS_TIME, "created_at");
    assert_use("SELECT 1 FROM users WHERE id IN (:number)", "number", SQL_CLASS_INTEGER, "id");
    assert_use("SELECT 1 FROM users WHERE rating BETWEEN 1 AND :number", "number", SQL_CLASS_REAL, "rating");
    assert_use("SELECT 1 FROM users WHERE id IN (SELECT id FROM posts WHERE score > :number)", "number",
               SQL_CLASS_INTEGER, "score");
    assert_use("SELECT CASE WHEN age > :number THEN 1 END FROM users", "number", SQL_CLASS_INTEGER, "age");
    assert_use("SELECT 1 FROM users LIMIT :text", "text", SQL_CLASS_INTEGER, NULL);
    assert_use("SELECT 1 FROM users LIMIT 1, :number", "number", SQL_CLASS_INTEGER, NULL);
    assert_use("UPDATE users SET name = :text", "text", SQL_CLASS_TEXT, "name");
    assert_use("UPDATE users SET (id, name) = (1, :text)", "text", SQL_CLASS_TEXT, "name");
    assert_use("INSERT INTO users (name, id) VALUES (:text, 1)", "text", SQL_CLASS_TEXT, "name");
    assert_use("WITH RECURSIVE n (i) AS (SELECT id FROM users WHERE id > :number UNION SELECT i + 1 FROM n)"
               " SELECT i FROM n",
               "number", SQL_CLASS_INTEGER, "id");
}

/* ---- Any text ---------------------------------------------------------------------------------------------------- */

enum { MANY = 20000, DEEP = 2000 };

/* Return `middle` with what opens before it and what closes after it, each that number of times. */
static const char *nested(const char *opening, const char *middle, const char *closing, int times)
{
    struct text text = {0};
    for (int i = 0; i < times; i++)
        text_add(&text, opening);
    text_add(&text, middle);
    for (int i = 0; i < times; i++)
        text_add(&text, closing);
    const char *copy = arena_text(&arena, text.data);
    text_free(&text);
    return copy;
}

/* Return `part` many times. */
static const char *repeated(const char *before, const char *part, const char *after)
{
    return arena_print(&arena, "%s%s%s", before, nested(part, "", "", MANY), after);
}

/* Deep and long statements are unknown, and take neither stack nor time. */
static void test_any_text(void **state)
{
    static const char *const parts[] = {"(",  "1 + ",     "- ", "NOT ",   "CASE WHEN ",
                                        "a.", "(SELECT ", "f(", "x IN (", "1 IS "};
    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *sql = repeated("SELECT ", parts[i], "1 FROM users WHERE age > 1");
        sql_infer(&set, &parameters, sql, sql_parse(&arena, sql));
        sql = repeated("SELECT id FROM users WHERE age > ", parts[i], "1");
        sql_infer(&set, &parameters, sql, sql_parse(&arena, sql));
    }
    const char *sql = repeated("SELECT age FROM users WHERE age > 1", " AND rating > 1", "");
    struct sql_inference inference = sql_infer(&set, &parameters, sql, sql_parse(&arena, sql));
    assert_string_equal(described(&inference.row), "age int");
}

static void assert_nested(const char *format, const char *opening, const char *closing, const char *columns)
{
    const char *sql = arena_print(&arena, format, nested(opening, "id", closing, DEEP));
    struct sql_inference inference = sql_infer(&set, &parameters, sql, sql_parse(&arena, sql));
    assert_string_equal(described(&inference.row), columns);
}

/* So are statements in which every parenthesis is closed. */
static void test_deep_nesting(void **state)
{
    (void)state;
    static const char expression[] = "SELECT %s AS a FROM users", source[] = "SELECT * FROM %s AS t",
                      common[] = "WITH t AS (SELECT %s) INSERT INTO users (age) SELECT 1 RETURNING id",
                      write[] = "UPDATE users SET age = %s RETURNING id";
    static const char *const parts[][2] = {{"(", ")"},
                                           {"- (", ")"},
                                           {"- - (", ")"},
                                           {"(SELECT ", ")"},
                                           {"- (SELECT ", ")"},
                                           {"f(", ")"},
                                           {"1 IN (", ")"},
                                           {"1 IN (SELECT ", ")"},
                                           {"EXISTS (SELECT ", ")"},
                                           {"CAST(", " AS int)"},
                                           {"(1, ", ")"},
                                           {"CASE WHEN 1 THEN ", " END"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        assert_nested(expression, parts[i][0], parts[i][1], "unknown");
        assert_nested(common, parts[i][0], parts[i][1], "unknown");
        assert_nested(write, parts[i][0], parts[i][1], "unknown");
    }
    assert_nested(source, "(", ")", "unknown");
    assert_nested(source, "(SELECT * FROM ", ")", "unknown");
    assert_nested(source, "(VALUES (", "))", "unknown");
}

/* An operand that is too deep in a chain of operators is unknown. */
static void test_deep_operands(void **state)
{
    (void)state;
    static const char first[] = "SELECT (SELECT count(*) FROM users WHERE age > 1)";
    const char *known = "_ int";
    for (int count = 380; count < 420; count++) {
        const char *sql = nested("", first, " + 1", count);
        struct sql_inference inference = sql_infer(&set, &parameters, sql, sql_parse(&arena, sql));
        known = strcmp(described(&inference.row), known) == 0 ? known : "_~";
        assert_string_equal(described(&inference.row), known);
    }
    assert_string_equal(known, "_~");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),    cmocka_unit_test(test_conditions),   cmocka_unit_test(test_joins),
        cmocka_unit_test(test_references), cmocka_unit_test(test_aggregates),   cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_queries),    cmocka_unit_test(test_windows),      cmocka_unit_test(test_writes),
        cmocka_unit_test(test_unusual),    cmocka_unit_test(test_malformed),    cmocka_unit_test(test_uses),
        cmocka_unit_test(test_any_text),   cmocka_unit_test(test_deep_nesting), cmocka_unit_test(test_deep_operands),
    };
    return cmocka_run_group_tests(tests, read_models, free_models);
}
