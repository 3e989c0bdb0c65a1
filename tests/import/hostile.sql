CREATE TABLE "a*/ int x; /*" (id INTEGER PRIMARY KEY, "b""; } evil" TEXT DEFAULT '*/ "); system("x' /* */);
CREATE TABLE "int" ("return" INTEGER PRIMARY KEY, "struct" TEXT, "bool" INT, "NULL" TEXT, "errno" TEXT, "class" TEXT, "linux" INT);
CREATE TABLE ar (ar INTEGER PRIMARY KEY);
CREATE TABLE ar_session (id INTEGER PRIMARY KEY, s INT, q TEXT, out TEXT);
CREATE TABLE s (id INTEGER PRIMARY KEY, s_id INT REFERENCES s);
CREATE TABLE q (id INTEGER PRIMARY KEY, s_id INT REFERENCES s, out_id INT REFERENCES out);
CREATE TABLE out (id INTEGER PRIMARY KEY);
CREATE TABLE "select" ("from" INTEGER PRIMARY KEY, "where" TEXT REFERENCES "group" ("by"), "x y" INT, "x-y" INT, x_y INT);
CREATE TABLE "group" ("by" TEXT PRIMARY KEY, has_x INT, x INT);
CREATE TABLE "new
line" (id INTEGER PRIMARY KEY);
CREATE TABLE control ("tab	tab" INTEGER PRIMARY KEY, "a
b" TEXT);
CREATE TABLE direction (id INTEGER PRIMARY KEY, "a‮b" TEXT DEFAULT '‮', c TEXT CHECK (c <> '⁦'));
CREATE TABLE ctid (id INTEGER PRIMARY KEY, ctid INT, xmin INT);
CREATE TABLE "this_is_a_name_with_more_than_sixty_three_bytes_which_postgresql_truncates" (id INTEGER PRIMARY KEY);
CREATE TABLE trigraph (id INTEGER PRIMARY KEY, a TEXT DEFAULT '??/' CHECK (a <> '??=\'));
CREATE TABLE "日本" ("名前" INTEGER PRIMARY KEY, "名" TEXT, "前" TEXT);
CREATE TABLE "" ("" INTEGER PRIMARY KEY);
CREATE TABLE user (id INTEGER PRIMARY KEY);
CREATE TABLE user_find (id INTEGER PRIMARY KEY);
CREATE TABLE user_posts (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INT REFERENCES user, user_id2 INT REFERENCES user, find INT REFERENCES user);
CREATE TABLE a_table (id INTEGER PRIMARY KEY, value_a DECIMAL);
CREATE TABLE a_table_pkey (id INTEGER PRIMARY KEY);
CREATE INDEX a_table_id_seq ON a_table (value_a);
CREATE TABLE many (k1 INT, k2 INT, k3 INT, k4 INT, k5 INT, k6 INT, k7 INT, k8 INT, k9 INT, PRIMARY KEY (k1, k2, k3, k4, k5, k6, k7, k8, k9));
CREATE TABLE checked ("tab	x" INT CHECK ("tab	x" > 0), id INTEGER PRIMARY KEY, b TEXT DEFAULT '*\ int injected; /\*');
CREATE TABLE armature_made (id INTEGER PRIMARY KEY);
CREATE TABLE refers (id INTEGER PRIMARY KEY, line INT REFERENCES "new
line", tab INT REFERENCES control ("tab	tab"), k1 INT, k2 INT, k3 INT, k4 INT, k5 INT, k6 INT, k7 INT, k8 INT, k9 INT, FOREIGN KEY (k1, k2, k3, k4, k5, k6, k7, k8, k9) REFERENCES many);
CREATE TABLE invisible (id INTEGER PRIMARY KEY, "ab" TEXT, c TEXT DEFAULT '‰⁪⁄' CHECK (c <> '/*'));
CREATE TABLE macros (id INTEGER PRIMARY KEY, AR_UUID INT, INT8_MAX INT, INT16_MAX INT, INT32_MAX INT, INT64_MAX INT, UINT8_MAX INT, UINT16_MAX INT, UINT32_MAX INT, UINT64_MAX INT, SIZE_MAX INT, INTPTR_MAX INT);
CREATE TABLE "import.h" (id INTEGER PRIMARY KEY, a TEXT CHECK (a <> "import.h" || abs(1)));
