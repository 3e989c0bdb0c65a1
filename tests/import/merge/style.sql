-- PostgreSQL: a header without a guard, in an unusual style.
SET search_path = '';
CREATE TYPE public.mood AS ENUM ('sad');
CREATE TABLE public.a (id bigint PRIMARY KEY, first public.mood NOT NULL, mood public.mood, n bigint, code text, t timestamp with time zone);
CREATE TABLE public.b (id bigint PRIMARY KEY, a_id bigint REFERENCES public.a, mood public.mood);
CREATE INDEX a_n ON public.a (n, id) WHERE n > 1;
CREATE INDEX a_code ON public.a (code, n DESC);
CREATE INDEX a_lower ON public.a (lower(code));
