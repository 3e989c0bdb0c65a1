# The command line, what is not a database, and hostile input. Sourced by run.

# expect <status> <text> <arguments...>: run import, and compare its status and a part of its error.
expect() {
    local status=$1 text=$2 actual
    shift 2
    "$tool" import "$@" >"$work/out" 2>"$work/error"
    actual=$?
    [ $actual -eq "$status" ] || fail "import $*: the status is $actual, not $status"
    grep -qF -- "$text" "$work/error" || fail "import $*: $(cat "$work/error") does not have: $text"
}

# S-367: what is not there, or is not a database.
expect 2 "no database is given"
expect 2 "not also b" a b
expect 2 '--split is `one` or `table`' --split two a
expect 2 "--split table needs --output" --split table a
expect 2 "--output and --split are for new ones" --merge a.h --output b c.db
expect 3 "none.db: No such file or directory" "$work/none.db"
[ ! -e "$work/none.db" ] || fail "a missing file was created"
expect 3 "sqlite:$work/none.db: No such file or directory" "sqlite:$work/none.db"
expect 3 "Is a directory" "$work"
expect 3 "postgresql://ada@/shop?host=/nowhere&port=1" "postgresql://ada:secret@/shop?host=/nowhere&port=1"
! grep -q secret "$work/error" || fail "the password was printed: $(cat "$work/error")"
expect 3 "the URL is malformed" "postgresql://ada:sec/ret@host/shop"
! grep -q 'sec\|ret@' "$work/error" || fail "the password was printed: $(cat "$work/error")"
expect 3 "password=***" "postgresql://nowhere.invalid:1/shop?password=secret"
! grep -q secret "$work/error" || fail "the password was printed: $(cat "$work/error")"

expect 3 "postgresql://ada@127.0.0.1:1/shop: connection to server" "postgresql://ada@127.0.0.1:1/shop"
expect 3 "postgresql://ada@nowhere.invalid/shop: " "postgresql://ada@nowhere.invalid/shop"
expect 0 "imported 24 tables" <(cat hostile.sql)

echo "Dear reader," >"$work/letter.txt"
expect 1 "neither an SQLite database nor a dump" "$work/letter.txt"
head -c 4096 "$work/hard.db" >"$work/cut.db"
expect 1 "malformed" "$work/cut.db"
{ printf 'SQLite format 3\0'; head -c 5000 /dev/zero | tr '\0' x; } >"$work/broken.db"
expect 1 "armature: error: $work/broken.db: " "$work/broken.db"
printf 'CREATE TABLE a (b)\0;' >"$work/zero.sql"
expect 1 "it has a zero byte" "$work/zero.sql"
printf 'CREATE TABLE a (id INT);\nDROP TABLE a;\nCREATE TABLE a (\nb INT;\n' >"$work/broken.sql"
expect 1 "line 3: " "$work/broken.sql"

# A dump of PostgreSQL that ends early has no indexes and foreign keys: in rows, a table, a string or a comment.
for end in 'COPY a (id) FROM stdin;\n1\n2\n' 'COPY a (id) FROM stdin' "COMMENT ON TABLE a IS E'it\\\\" 'CREATE TABLE b (id integer,\n    size' "COMMENT ON TABLE a IS 'it" '/* a comment'; do
    printf "SET search_path = '';\nCREATE TABLE a (id integer);\n$end" >"$work/early.sql"
    expect 1 "the dump ends within a statement" "$work/early.sql"
done

# Which database a dump is of is decided by a statement of one of them: at the end, or if there is none.
printf 'CREATE TABLE a (id integer);\nALTER TABLE a ADD b integer' >"$work/altered.sql"
expect 0 "imported 1 table" "$work/altered.sql"
{ echo 'CREATE TABLE a (id integer);'; yes 'INSERT INTO a VALUES (1);' | head -1000; echo 'COMMENT ON TABLE a IS NULL;'; } >"$work/long.sql"
expect 0 "imported 1 table" "$work/long.sql"

# S-368: an empty database, in each form.
: >"$work/empty.db"
expect 0 "imported 0 tables and 0 views, with 0 notes" "$work/empty.db"
printf -- '-- PostgreSQL database dump\nSET search_path = public;\n' >"$work/empty.sql"
expect 0 "imported 0 tables" "$work/empty.sql"

# S-369: a database that is read-only stays as it is, and nothing is written next to it.
cp "$work/hard.db" "$work/read_only.db"
chmod 444 "$work/read_only.db"
expect 0 "imported" "$work/read_only.db"
cmp "$work/hard.db" "$work/read_only.db" || fail "import changed the database"

mkdir "$work/folder"
echo "PRAGMA journal_mode = WAL; CREATE TABLE a (id INTEGER PRIMARY KEY);" >"$work/log.sql"
"$make_database" "$work/folder/with%log?.db" "$work/log.sql" || fail "a database with a log"
expect 0 "imported 1 table" "$work/folder/with%log?.db"
[ "$(ls "$work/folder")" = "with%log?.db" ] || fail "import left files: $(ls "$work/folder")"

# S-370: --table and --skip, with patterns and repeated.
expect 0 "imported 2 tables and 0 views" --table 'person' --table 'pass*' "$work/hard.db"
expect 0 "imported 1 table and 0 views" --table 'p*' --skip 'person*' "$work/hard.db"
expect 0 "the foreign key (person_id) to \`person\`: the table is not imported" --table passport "$work/hard.db"

# S-371: --split table: all headers together are the models of one.
expect 0 "imported" --split table --output "$work/split" "$work/hard.db"
"$tool" check "$work"/split/*.h || fail "split headers: check"
"$tool" schema "$work"/split/*.h | sort >"$work/split.sql"
"$tool" schema "$work/headers/hard.h" | sort | cmp - "$work/split.sql" || fail "split headers have another schema"

# S-371: … with the enums in a header of their own, whose name no table has.
cat >"$work/moods.sql" <<'SQL'
CREATE TYPE public.mood AS ENUM ('sad', 'happy');
CREATE TABLE public.person (id bigint PRIMARY KEY, mood public.mood NOT NULL);
CREATE TABLE public.moods_enums (id bigint PRIMARY KEY, person_id bigint REFERENCES public.person (id));
SQL
expect 0 "imported 2 tables" --split table --output "$work/moods" "$work/moods.sql"
grep -q '#include "moods_enum_types.h"' "$work/moods/person.h" || fail "the header of the enums is not included"
grep -q include.*moods "$work/moods/moods_enums.h" && fail "the header of the enums is included without need"
expect 0 "imported 2 tables" --output "$work/one" "$work/moods.sql"
for folder in moods one; do
    "$tool" schema --dialect postgresql "$work/$folder"/*.h | sort >"$work/$folder.postgresql.sql"
done
cmp "$work/moods.postgresql.sql" "$work/one.postgresql.sql" || fail "headers with enums have another schema"
(cd "$work" && "$tool" import --output "$work/scheme" sqlite:hard.db 2>/dev/null)
[ -f "$work/scheme/hard.h" ] || fail "the header of sqlite:hard.db is not hard.h"

# S-372: a header that exists is not replaced, unless it is the same.
expect 0 "imported" --output "$work/headers" "$work/hard.db"
echo "/* mine */" >>"$work/headers/hard.h"
expect 1 "exists and differs" --output "$work/headers" "$work/hard.db"
grep -q mine "$work/headers/hard.h" || fail "a header that exists was replaced"
expect 1 "cannot create" --output /proc/none "$work/hard.db"

# S-366: a header that is not there, or has no line of its own for an #include.
expect 1 "cannot read $work/none.h: No such file or directory" --merge "$work/none.h" "$work/hard.db"
expect 1 "cannot read $work: Is a directory" --merge "$work" "$work/hard.db"
# … nor one that cannot be read as a whole, has an error, or cannot be checked: it stays as it is.
printf '// \0 is not text\nstruct person { int id; };\n' >"$work/zero.h"
printf 'struct person { int64_t id AR_PRIMARY_KEY } AR_TABLE(person);\n' >"$work/wrong.h"
printf '#pragma once\n#include <armature/annotations.h>\nstruct a {\n    int64_t id AR_PRIMARY_KEY;\n} AR_TABLE(a);\n' >"$work/right.h"
for name in zero wrong right; do
    cp "$work/$name.h" "$work/before.h"
    case $name in
    zero) expect 1 "cannot read $work/zero.h: it has a zero byte" --merge "$work/zero.h" "$work/hard.db" ;;
    wrong) expect 1 "$work/wrong.h:1:" --merge "$work/wrong.h" "$work/hard.db" ;;
    right) TMPDIR=/nonexistent expect 1 "cannot create a temporary" --merge "$work/right.h" "$work/hard.db" ;;
    esac
    cmp "$work/before.h" "$work/$name.h" || fail "$name.h was changed"
done
printf 'struct person {\n    int64_t id AR_PRIMARY_KEY;\n\t} AR_TABLE(person);' >"$work/bare.h"
expect 0 "added 1 table, 1 column and 2 relations" --merge "$work/bare.h" "$work/moods.sql" -- -include armature/annotations.h
compare bare.expected "$work/bare.h"
(cd "$work" && "$tool" import --merge bare.h moods.sql -- -include armature/annotations.h 2>notes && grep -q "added 0 tables" notes) ||
    fail "a header in the current folder: merge again"

# S-366: a header that begins with its first struct.
printf 'struct person { int64_t id AR_PRIMARY_KEY; } AR_TABLE(person);\n' >"$work/start.h"
expect 0 "added 1 table, 1 column" --merge "$work/start.h" "$work/moods.sql" -- -include armature/annotations.h -include stdbool.h -include time.h
[ "$(grep -c '#include' "$work/start.h")" = 0 ] || fail "an #include was added without need"
[ "$(sed -n 2p "$work/start.h")" = "enum mood {" ] || fail "the enum is not before the structs: $(cat "$work/start.h")"

TMPDIR=/nonexistent expect 1 "cannot create a temporary directory" "$work/hard.db"

TMPDIR='' expect 0 "imported" "$work/hard.db"
# S-367: a struct that the flags include has its name.
echo 'struct person { int a; };' >"$work/person.h"
expect 0 "imported" --table person "$work/hard.db" -- -include "$work/person.h"
grep -q '^struct person_row {' "$work/out" || fail "the name of a declared struct was used again"
# S-367: an error of the flags is about no table.
expect 1 "armature: error: 'none.h' file not found" "$work/hard.db" -- -include none.h

# S-373: names that could end a comment or a literal, or look like something else.
"$tool" import hostile.sql >"$work/hostile.h" 2>"$work/notes" || fail "hostile: import"
compare hostile.h "$work/hostile.h"
compare hostile.notes "$work/notes"
compile "$work/hostile.h"

# S-374: statements of a dump that reach beyond it, or never end.
printf "CREATE TABLE a (b);\nATTACH '%s/made.db' AS made;\nVACUUM INTO '%s/made.db';\n" "$work" "$work" >"$work/attach.sql"
expect 0 "imported 1 table" "$work/attach.sql"
[ ! -e "$work/made.db" ] || fail "a dump has written a file"
echo "CREATE TABLE a AS SELECT * FROM pragma_database_list;" >"$work/pragma.sql"
expect 1 "line 1: not authorized" "$work/pragma.sql"
echo "CREATE TABLE a AS SELECT load_extension('a');" >"$work/extension.sql"
expect 1 "not authorized to use function: load_extension" "$work/extension.sql"
echo "CREATE TABLE a AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;" >"$work/endless.sql"
expect 1 "interrupted" "$work/endless.sql"

# The virtual tables of a dump are named, and the tables of their modules are left out.
cat >"$work/virtual.sql" <<'EOT'
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','words','words',0,'CREATE VIRTUAL TABLE words USING fts5(a)');
INSERT INTO sqlite_master SELECT * FROM nothing;
INSERT INTO sqlite_master VALUES (1);
CREATE TABLE 'words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE words_other (id INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE IF NOT EXISTS places USING rtree(id, a, b);
EOT
expect 0 "note: the virtual table \`words\`" "$work/virtual.sql"
expect 0 "note: the virtual table \`places\`" "$work/virtual.sql"
expect 0 "imported 1 table and 0 views" "$work/virtual.sql"
