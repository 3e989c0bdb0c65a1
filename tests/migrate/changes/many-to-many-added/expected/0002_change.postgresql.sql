-- Migration 2, change, for PostgreSQL. Review it, and edit it before it is applied; armature migrate lint
-- reports what loses data or disturbs running programs.

SET LOCAL lock_timeout = '5s';

CREATE TABLE notes_tags (
    note_id bigint NOT NULL,
    tag_id bigint NOT NULL,
    PRIMARY KEY (note_id, tag_id)
);
CREATE INDEX notes_tags_tag_id ON notes_tags (tag_id);

ALTER TABLE notes_tags ADD CONSTRAINT notes_tags_note_id_fkey FOREIGN KEY (note_id) REFERENCES notes (id) ON DELETE CASCADE;
ALTER TABLE notes_tags ADD CONSTRAINT notes_tags_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE;
