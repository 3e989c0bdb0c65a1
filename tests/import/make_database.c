/* Create an SQLite database by a script: make_database FILE.db SCRIPT.sql. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    static char script[1 << 20];
    char *error = NULL;
    sqlite3 *database;
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    if (file == NULL || sqlite3_open(argv[1], &database) != SQLITE_OK)
        return EXIT_FAILURE;
    script[fread(script, 1, sizeof script - 1, file)] = '\0';
    fclose(file);
    int code = sqlite3_exec(database, script, NULL, NULL, &error);
    if (code != SQLITE_OK)
        fprintf(stderr, "%s: %s\n", argv[2], error);
    sqlite3_free(error);
    sqlite3_close(database);
    return code == SQLITE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
