/* Run a fuzz target without libFuzzer, on each file of a corpus and on random changes of these files.
 *
 *     fuzz_postgresql_decode [--first <seed>] [--seeds <count>] <folder>
 */
#include "../random.h"

#include <dirent.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 256, SIZE_MAX_OF_INPUT = 512 };

struct input {
    size_t size;
    uint8_t bytes[SIZE_MAX_OF_INPUT];
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct input corpus[FILES_MAX];
static size_t corpus_count;

static void read_file(const char *folder, const char *name)
{
    char path[1024];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (file == NULL || corpus_count == FILES_MAX)
        exit(2);
    corpus[corpus_count].size = fread(corpus[corpus_count].bytes, 1, SIZE_MAX_OF_INPUT, file);
    corpus_count++;
    fclose(file);
}

static void read_corpus(const char *folder)
{
    DIR *directory = opendir(folder);
    const struct dirent *entry;

    while (directory != NULL && (entry = readdir(directory)) != NULL)
        if (entry->d_name[0] != '.')
            read_file(folder, entry->d_name);
    if (corpus_count == 0) {
        fprintf(stderr, "no corpus in %s\n", folder);
        exit(2);
    }
    closedir(directory);
}

/* Change the size, or set bytes to random values or common limits. */
static void change(uint64_t *seed, struct input *input)
{
    static const uint8_t limits[] = {0, 1, 0x7f, 0x80, 0xc0, 0xd0, 0xf0, 0xff};

    for (uint32_t changes = random_below(seed, 8); changes > 0; changes--) {
        if (random_one_in(seed, 4)) {
            input->size = random_below(seed, random_one_in(seed, 8) ? SIZE_MAX_OF_INPUT : 40);
            continue;
        }
        if (input->size == 0)
            continue;
        uint8_t *byte = &input->bytes[random_below(seed, (uint32_t)input->size)];
        *byte = random_one_in(seed, 2) ? limits[random_below(seed, sizeof limits)] : (uint8_t)random_next(seed);
    }
}

int main(int count, char **arguments)
{
    uint64_t first = 1, seeds = 1000;

    for (int i = 1; i + 1 < count; i += 2) {
        uint64_t number = strtoull(arguments[i + 1], NULL, 10);
        if (strcmp(arguments[i], "--first") == 0)
            first = number;
        else if (strcmp(arguments[i], "--seeds") == 0)
            seeds = number;
    }
    read_corpus(arguments[count - 1]);
    for (size_t i = 0; i < corpus_count; i++)
        (void)LLVMFuzzerTestOneInput(corpus[i].bytes, corpus[i].size);
    for (uint64_t seed = first; seed < first + seeds; seed++) {
        uint64_t state = seed;
        struct input input = corpus[random_below(&state, (uint32_t)corpus_count)];
        change(&state, &input);
        (void)LLVMFuzzerTestOneInput(input.bytes, input.size);
    }
    printf("%zu inputs, and seeds %llu to %llu\n", corpus_count, (unsigned long long)first,
           (unsigned long long)(first + seeds - 1));
    return 0;
}
