-- Tables that only join two others, and tables that nearly do.
CREATE TABLE post (id INTEGER PRIMARY KEY, code TEXT UNIQUE);
CREATE TABLE tag (id INTEGER PRIMARY KEY, word TEXT);
CREATE TABLE tenant_post (tenant INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (tenant, id));
CREATE TABLE tenant_tag (tenant INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (tenant, number));

CREATE TABLE "post tags" (post_id INTEGER NOT NULL REFERENCES post, tag_id INTEGER NOT NULL REFERENCES tag ON DELETE CASCADE, PRIMARY KEY (post_id, tag_id));
CREATE UNIQUE INDEX post_tags_unique ON "post tags" (tag_id);
CREATE TABLE answers (id INTEGER NOT NULL REFERENCES post ON DELETE CASCADE, answer_id INTEGER NOT NULL REFERENCES post ON DELETE CASCADE, PRIMARY KEY (id, answer_id), UNIQUE (answer_id, id));
CREATE TABLE tenant_post_tags (
    tenant INTEGER NOT NULL,
    post INTEGER NOT NULL,
    tag_tenant INTEGER NOT NULL,
    number INTEGER NOT NULL,
    FOREIGN KEY (tenant, post) REFERENCES tenant_post ON DELETE CASCADE,
    FOREIGN KEY (tag_tenant, number) REFERENCES tenant_tag (tenant, number) ON DELETE CASCADE,
    PRIMARY KEY (tenant, post, tag_tenant, number)
);
CREATE INDEX tenant_post_tags_tag ON tenant_post_tags (tag_tenant, number);

CREATE TABLE is_referred (post_id INTEGER NOT NULL REFERENCES post, tag_id INTEGER NOT NULL REFERENCES tag, PRIMARY KEY (post_id, tag_id));
CREATE TABLE remark (id INTEGER PRIMARY KEY, post_id INTEGER, tag_id INTEGER, FOREIGN KEY (post_id, tag_id) REFERENCES is_referred);
CREATE TABLE has_spaces ("post id" INTEGER NOT NULL REFERENCES post, tag_id INTEGER NOT NULL REFERENCES tag, PRIMARY KEY ("post id", tag_id));
CREATE TABLE has_other_type (post_id INT NOT NULL REFERENCES post, tag_id INTEGER NOT NULL REFERENCES tag, PRIMARY KEY (post_id, tag_id));
CREATE TABLE has_default (post_id INTEGER NOT NULL REFERENCES post, tag_id INTEGER NOT NULL DEFAULT 1 REFERENCES tag, PRIMARY KEY (post_id, tag_id));
CREATE TABLE has_check (post_id INTEGER NOT NULL REFERENCES post CHECK (post_id > 1), tag_id INTEGER NOT NULL REFERENCES tag, PRIMARY KEY (post_id, tag_id));
CREATE TABLE has_no_rowid (post_id INTEGER NOT NULL REFERENCES post, tag_id INTEGER NOT NULL REFERENCES tag, PRIMARY KEY (post_id, tag_id)) WITHOUT ROWID;
CREATE TABLE is_of_three (post_id INTEGER NOT NULL REFERENCES post, tag_id INTEGER NOT NULL REFERENCES tag, n INTEGER NOT NULL, PRIMARY KEY (post_id, tag_id, n));
CREATE TABLE is_of_one (post_id INTEGER NOT NULL REFERENCES post REFERENCES tag, n INTEGER NOT NULL, PRIMARY KEY (post_id, n));
CREATE TABLE is_mixed (
    tenant INTEGER NOT NULL,
    tag_id INTEGER NOT NULL REFERENCES tag,
    post INTEGER NOT NULL,
    FOREIGN KEY (post, tenant) REFERENCES tenant_post (id, tenant),
    PRIMARY KEY (tenant, tag_id, post)
);
CREATE TABLE is_of_code (code TEXT NOT NULL REFERENCES post (code), tag_id INTEGER NOT NULL REFERENCES tag, PRIMARY KEY (code, tag_id));
CREATE TABLE is_of_none (post_id INTEGER NOT NULL REFERENCES post, gone_id INTEGER NOT NULL REFERENCES gone, PRIMARY KEY (post_id, gone_id));
CREATE TABLE is_backwards (tag_id INTEGER NOT NULL REFERENCES tag, post_id INTEGER NOT NULL REFERENCES post, PRIMARY KEY (tag_id, post_id));
CREATE INDEX post_tags_post ON "post tags" (post_id);
CREATE INDEX post_tags_some ON "post tags" (tag_id) WHERE tag_id > 1;
