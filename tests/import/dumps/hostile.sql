-- Names and comments of PostgreSQL that could end a literal, a comment or an attribute, and what no model can have.
SET search_path = '';
CREATE TYPE public.left_to_right AS ENUM ('a', 'b‮c');
CREATE TYPE public.none AS ENUM ();
CREATE TYPE public.blank AS ENUM ('', 'a b');
CREATE TYPE public."mood	x" AS ENUM ('a');
CREATE TABLE app."t); int injected; struct x { int a AR_PRIMARY_KEY; } AR_TABLE(y" (id integer PRIMARY KEY);
CREATE TABLE "a b".things (id integer PRIMARY KEY);
CREATE TABLE app."the things" (id integer PRIMARY KEY);
CREATE TABLE app."" (id integer PRIMARY KEY);
CREATE TABLE "a b".links (thing_id integer REFERENCES app.things, parent_id integer REFERENCES public.parent, PRIMARY KEY (thing_id, parent_id));
CREATE TABLE app.things (id integer PRIMARY KEY, c citext("x"" ) int injected; (y"), note text);
COMMENT ON TABLE app.things IS 'ends *\ int injected; /* *// **/ /*/ \*';
COMMENT ON COLUMN app.things.note IS 'one word that is longer than a line: .....................................................................................................................; and more';
CREATE TABLE public.sqlite_words (id integer);
CREATE TABLE public.empty ();
CREATE TABLE public.moods (
    id integer PRIMARY KEY,
    b public.left_to_right DEFAULT 'a'::public.left_to_right UNIQUE CHECK (b <> 'a'::public.left_to_right),
    n public.none,
    t public."mood	x",
    p integer NOT NULL REFERENCES public.parent ON DELETE SET NULL,
    k public.blank DEFAULT ''::public.blank NOT NULL
);
CREATE TABLE public.parent (id integer PRIMARY KEY, code text UNIQUE, "Id" text);
CREATE TABLE public.copied (
    LIKE public.parent INCLUDING ALL,
    x integer,
    UNIQUE (id),
    UNIQUE (id, x),
    UNIQUE (x),
    FOREIGN KEY (id) REFERENCES public.parent,
    FOREIGN KEY (x) REFERENCES public.parent (id)
);
CREATE INDEX copied_code ON public.copied (code);
CREATE TABLE public.odd_key (n numeric(2,-3) PRIMARY KEY, x integer, CHECK (x > 0));
CREATE TABLE public.child (x integer, y integer, CHECK (id > 0), PRIMARY KEY (id), FOREIGN KEY (y) REFERENCES public.copied (id))
INHERITS (public.parent);
CREATE TABLE public.types (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    other uuid DEFAULT gen_random_uuid(),
    third uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'::uuid,
    t timestamp with time zone DEFAULT '2020-01-01 00:00:00+00'::timestamp with time zone,
    t0 timestamp(0) without time zone DEFAULT '2020-01-01 00:00:00'::timestamp(0) without time zone,
    e text DEFAULT E'a\\b'::text,
    c "char" DEFAULT 'x'::"char",
    v character varying(10)[] DEFAULT '{}'::character varying(10)[],
    n1 numeric(3,5),
    n2 numeric(2,-3),
    n3 numeric(0),
    n4 numeric(4),
    n5 numeric(30,2),
    i integer DEFAULT 'x'::integer,
    j integer DEFAULT ''::text,
    q numeric(5,2) DEFAULT '-1.50'::numeric(5,2),
    m integer DEFAULT '1'::integer + 2,
    d date DEFAULT CURRENT_DATE
);
