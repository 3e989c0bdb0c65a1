/* A column of every type, and statements with a parameter of every type. */
#ifndef TEST_STATEMENTS_SAMPLES_H
#define TEST_STATEMENTS_SAMPLES_H

#include <armature/annotations.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* clang-format off */

typedef uint32_t serial_number;
typedef enum { RED, GREEN = 7, BLUE = -2 } color_t;
enum level { LOW, HIGH };

struct AR_TABLE(samples)
  AR_SQL(add_sample, (int8_t tiny, int16_t small, int medium, int64_t large, uint8_t tiny_u, unsigned short small_u,
                      serial_number medium_u, uint64_t large_u, bool flag, float single, double real,
                      const char *string, struct ar_blob blob, const uint8_t hash[4], const uint8_t token[16] AR_UUID,
                      time_t at, struct timespec precisely, color_t color, enum level level AR_ENUM_TEXT),
         "INSERT INTO samples (tiny, small, medium, large, tiny_u, small_u, medium_u, large_u, flag, single, real_number,"
         "                     string, code, bytes, hash, token, at, precisely, color, level)"
         " VALUES (:tiny, :small, :medium, :large, :tiny_u, :small_u, :medium_u, :large_u, :flag, :single, :real,"
         "         :string, :string, :blob, :hash, :token, :at, :precisely, :color, :level)")
  AR_SQL(same_samples, (int8_t tiny, int16_t small, int medium, int64_t large, uint8_t tiny_u, unsigned short small_u,
                        serial_number medium_u, uint64_t large_u, bool flag, float single, double real,
                        const char *string, struct ar_blob blob, const uint8_t hash[4], const uint8_t token[16] AR_UUID,
                        time_t at, struct timespec precisely, color_t color, enum level level AR_ENUM_TEXT),
         "SELECT * FROM samples WHERE tiny = :tiny AND small = :small AND medium = :medium AND large = :large"
         "   AND tiny_u = :tiny_u AND small_u = :small_u AND medium_u = :medium_u AND large_u = :large_u"
         "   AND flag = :flag AND single = :single AND real_number = :real AND string = :string AND code = :string"
         "   AND bytes = :blob AND hash = :hash AND token = :token AND at = :at AND precisely = :precisely"
         "   AND color = :color AND level = :level")
  AR_SQL(samples_in, (const int8_t tiny[], const int16_t small[], const int medium[], const int64_t large[],
                      const uint8_t tiny_u[], const unsigned short small_u[], const serial_number medium_u[],
                      const uint64_t large_u[], const bool flag[], const float single[], const double real[],
                      const char *const string[], const struct ar_blob blob[], const uint8_t hash[][4],
                      const uint8_t token[][16] AR_UUID, const time_t at[], const struct timespec precisely[],
                      const color_t color[], const enum level level[] AR_ENUM_TEXT),
         "SELECT * FROM samples WHERE tiny IN (:tiny) AND small IN (:small) AND medium IN (:medium)"
         "   AND large IN (:large) AND tiny_u IN (:tiny_u) AND small_u IN (:small_u) AND medium_u IN (:medium_u)"
         "   AND large_u IN (:large_u) AND flag IN (:flag) AND single IN (:single) AND real_number IN (:real)"
         "   AND string IN (:string) AND code IN (:string) AND bytes IN (:blob) AND hash IN (:hash)"
         "   AND token IN (:token) AND at IN (:at) AND precisely IN (:precisely) AND color IN (:color)"
         "   AND level IN (:level) ORDER BY id")
  AR_SQL(samples_but, (const int64_t large[] AR_NULLABLE), "SELECT * FROM samples WHERE large NOT IN (:large)")
sample {
    int64_t id AR_PRIMARY_KEY;
    int8_t tiny;
    int16_t small;
    int medium;
    int64_t large;
    uint8_t tiny_u;
    uint16_t small_u;
    serial_number medium_u;
    uint64_t large_u;
    bool flag;
    float single;
    double real AR_COLUMN(real_number);
    const char *string;
    char code[8];
    struct ar_blob blob AR_COLUMN(bytes);
    uint8_t hash[4];
    uint8_t token[16] AR_UUID;
    time_t at;
    struct timespec precisely;
    color_t color;
    enum level level AR_ENUM_TEXT;
};

#endif
