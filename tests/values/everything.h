/* A model with a column of every type, rows of user SQL with them, and statements with parameters of each. */
#ifndef TEST_VALUES_EVERYTHING_H
#define TEST_VALUES_EVERYTHING_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

enum grade { GRADE_A AR_LABEL("A+"), GRADE_B, GRADE_C AR_LABEL("c c") };

struct size {
    int64_t width AR_DECIMAL(8, 2);
    struct ar_date measured;
    enum grade grade AR_ENUM_TYPE(grade);
    const char *note AR_JSON;
};

struct thing {
    int64_t id AR_PRIMARY_KEY;
    int64_t price AR_DECIMAL(10, 2);
    const char *balance AR_DECIMAL(30, 3);
    int64_t duration AR_INTERVAL;
    struct ar_date day;
    struct ar_time_of_day hour;
    struct timespec local AR_WITHOUT_ZONE;
    time_t noted AR_STORED_AS(text);
    struct timespec sent AR_STORED_AS(iso);
    time_t due AR_STORED_AS(date);
    const char *settings AR_JSON;
    const char *address AR_SQL_TYPE("inet");
    enum grade grade AR_ENUM_TYPE(grade);
    enum grade mark AR_ENUM_TEXT;
    uint8_t hash[4];
    uint8_t token[16] AR_UUID;
    uint8_t code[16] AR_UUID AR_STORED_AS(text);
    struct ar_int64s numbers;
    struct ar_texts tags;
    struct size box AR_EMBED(box_);
} AR_TABLE(things)
  AR_SQL(things_with, (struct ar_texts tags, struct ar_int64s numbers, const char *balance AR_DECIMAL(30, 3)),
         "SELECT * FROM things WHERE tags = :tags AND numbers = :numbers AND balance = :balance",
         .postgresql = "SELECT id, price, balance, duration, day, hour, local, noted, sent, due, settings,"
                       " abbrev(address) AS address, grade, mark, hash, token, code, numbers, tags,"
                       " box_width, box_measured, box_grade, box_note FROM things"
                       " WHERE tags = :tags AND numbers = :numbers AND balance = :balance")
  AR_SQL(all_things, (), "SELECT * FROM things ORDER BY id",
         .postgresql = "SELECT id, price, balance, duration, day, hour, local, noted, sent, due, settings,"
                       " abbrev(address) AS address, grade, mark, hash, token, code, numbers, tags,"
                       " box_width, box_measured, box_grade, box_note FROM things ORDER BY id");

struct thing_row {
    int64_t id;
    int64_t price AR_DECIMAL(10, 2);
    const char *balance AR_DECIMAL(30, 3);
    int64_t duration AR_INTERVAL;
    struct ar_date day;
    struct ar_time_of_day hour;
    struct timespec local AR_WITHOUT_ZONE;
    time_t noted AR_STORED_AS(text);
    struct timespec sent AR_STORED_AS(iso);
    time_t due AR_STORED_AS(date);
    const char *settings AR_JSON;
    const char *address AR_SQL_TYPE("inet");
    enum grade grade AR_ENUM_TYPE(grade);
    enum grade mark AR_ENUM_TEXT;
    uint8_t hash[4];
    uint8_t token[16] AR_UUID;
    uint8_t code[16] AR_UUID AR_STORED_AS(text);
    struct ar_int64s numbers;
    struct ar_texts tags;
    struct size box AR_EMBED(box_);
} AR_ROW
  AR_SQL(thing_rows, (), "SELECT * FROM things ORDER BY id",
         .postgresql = "SELECT id, price, balance, duration, day, hour, local, noted, sent, due, settings,"
                       " abbrev(address) AS address, grade, mark, hash, token, code, numbers, tags,"
                       " box_width, box_measured, box_grade, box_note FROM things ORDER BY id");

struct found { int64_t id; } AR_ROW
  AR_SQL(by_price, (int64_t price AR_DECIMAL(10, 2)), "SELECT id FROM things WHERE price = :price ORDER BY id")
  AR_SQL(by_balance, (const char *balance AR_DECIMAL(30, 3)),
         "SELECT id FROM things WHERE balance = :balance ORDER BY id")
  AR_SQL(by_duration, (int64_t duration AR_INTERVAL), "SELECT id FROM things WHERE duration = :duration ORDER BY id")
  AR_SQL(by_day, (struct ar_date day), "SELECT id FROM things WHERE day = :day ORDER BY id")
  AR_SQL(by_hour, (struct ar_time_of_day hour), "SELECT id FROM things WHERE hour = :hour ORDER BY id")
  AR_SQL(by_local, (struct timespec local AR_WITHOUT_ZONE), "SELECT id FROM things WHERE local = :local ORDER BY id")
  AR_SQL(by_noted, (time_t noted AR_STORED_AS(text)), "SELECT id FROM things WHERE noted = :noted ORDER BY id")
  AR_SQL(by_sent, (struct timespec sent AR_STORED_AS(iso)), "SELECT id FROM things WHERE sent = :sent ORDER BY id")
  AR_SQL(by_due, (time_t due AR_STORED_AS(date)), "SELECT id FROM things WHERE due = :due ORDER BY id")
  AR_SQL(by_settings, (const char *settings AR_JSON), "SELECT id FROM things WHERE settings = :settings ORDER BY id")
  AR_SQL(by_address, (const char *address AR_SQL_TYPE("inet")),
         "SELECT id FROM things WHERE address = :address ORDER BY id")
  AR_SQL(by_grade, (enum grade grade AR_ENUM_TYPE(grade)), "SELECT id FROM things WHERE grade = :grade ORDER BY id")
  AR_SQL(by_mark, (enum grade mark AR_ENUM_TEXT), "SELECT id FROM things WHERE mark = :mark ORDER BY id")
  AR_SQL(by_hash, (const uint8_t hash[4]), "SELECT id FROM things WHERE hash = :hash ORDER BY id")
  AR_SQL(by_token, (const uint8_t token[16] AR_UUID), "SELECT id FROM things WHERE token = :token ORDER BY id")
  AR_SQL(by_code, (const uint8_t code[16] AR_UUID AR_STORED_AS(text)),
         "SELECT id FROM things WHERE code = :code ORDER BY id")
  AR_SQL(by_numbers, (struct ar_int64s numbers), "SELECT id FROM things WHERE numbers = :numbers ORDER BY id")
  AR_SQL(by_tags, (struct ar_texts tags), "SELECT id FROM things WHERE tags = :tags ORDER BY id")
  AR_SQL(in_prices, (const int64_t prices[] AR_DECIMAL(10, 2)),
         "SELECT id FROM things WHERE price IN (:prices) ORDER BY id")
  AR_SQL(in_balances, (const char *const balances[] AR_DECIMAL(30, 3)),
         "SELECT id FROM things WHERE balance IN (:balances) ORDER BY id")
  AR_SQL(in_durations, (const int64_t durations[] AR_INTERVAL),
         "SELECT id FROM things WHERE duration IN (:durations) ORDER BY id")
  AR_SQL(in_days, (const struct ar_date days[]), "SELECT id FROM things WHERE day IN (:days) ORDER BY id")
  AR_SQL(in_hours, (const struct ar_time_of_day hours[]), "SELECT id FROM things WHERE hour IN (:hours) ORDER BY id")
  AR_SQL(in_locals, (const struct timespec locals[] AR_WITHOUT_ZONE),
         "SELECT id FROM things WHERE local IN (:locals) ORDER BY id")
  AR_SQL(in_noted, (const time_t times[] AR_STORED_AS(text)),
         "SELECT id FROM things WHERE noted IN (:times) ORDER BY id")
  AR_SQL(in_sent, (const struct timespec times[] AR_STORED_AS(iso)),
         "SELECT id FROM things WHERE sent IN (:times) ORDER BY id")
  AR_SQL(in_due, (const time_t times[] AR_STORED_AS(date)), "SELECT id FROM things WHERE due IN (:times) ORDER BY id")
  AR_SQL(in_settings, (const char *const documents[] AR_JSON),
         "SELECT id FROM things WHERE settings IN (:documents) ORDER BY id")
  AR_SQL(in_addresses, (const char *const addresses[] AR_SQL_TYPE("inet")),
         "SELECT id FROM things WHERE address IN (:addresses) ORDER BY id")
  AR_SQL(not_in_addresses, (const char *const addresses[] AR_SQL_TYPE("inet")),
         "SELECT id FROM things WHERE address NOT IN (:addresses) ORDER BY id")
  AR_SQL(in_grades, (const enum grade grades[] AR_ENUM_TYPE(grade)),
         "SELECT id FROM things WHERE grade IN (:grades) ORDER BY id")
  AR_SQL(in_marks, (const enum grade marks[] AR_ENUM_TEXT), "SELECT id FROM things WHERE mark IN (:marks) ORDER BY id")
  AR_SQL(in_hashes, (const uint8_t hashes[][4]), "SELECT id FROM things WHERE hash IN (:hashes) ORDER BY id")
  AR_SQL(in_tokens, (const uint8_t tokens[][16] AR_UUID), "SELECT id FROM things WHERE token IN (:tokens) ORDER BY id")
  AR_SQL(in_codes, (const uint8_t codes[][16] AR_UUID AR_STORED_AS(text)),
         "SELECT id FROM things WHERE code IN (:codes) ORDER BY id");

/* A join table with a key that PostgreSQL casts. */
struct tariff {
    const char *rate AR_DECIMAL(20, 2) AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(tariffs)
  AR_MANY_TO_MANY(networks, network_tariffs, rate, network, tariffs);

struct network {
    const char *address AR_SQL_TYPE("cidr") AR_PRIMARY_KEY;
    const char *name;
} AR_TABLE(networks)
  AR_MANY_TO_MANY(tariffs, network_tariffs, network, rate, networks);

#endif
