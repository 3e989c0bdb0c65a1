# Write the C snippets of a document into files that compile, one folder for each `##` section, named by its line:
#
#   awk -v folder=FOLDER -f extract.awk DOCUMENT
#
# A snippet with AR_TABLE, AR_VIEW or AR_ROW is part of models.h of its section. Any other becomes a file LINE.c:
# definitions of functions as they are, statements within a function. A line `…` separates the two. What a snippet needs
# and a reader does not, such as declarations of variables, is in a comment before it, `<!-- given: … -->`, which may
# also contain models.

# add_models(line, text): append the text to the models of the section.
function add_models(line, text,    file) {
    file = section "/models.h"
    if (!(file in started)) {
        printf "#include <armature/annotations.h>\n#include <stdbool.h>\n#include <stdint.h>\n#include <time.h>\n" > file
        started[file] = 1
    }
    printf "#line %d \"%s\"\n%s", line, FILENAME, text > file
}

# add_code(line, text): append the text to the file of the snippet.
function add_code(line, text) {
    if (text ~ /(^|\n)[a-z][^\n;]*\)\n\{\n/)
        printf "#line %d \"%s\"\n%s", line, FILENAME, text > code
    else
        printf "void snippet_%d(void)\n{\n#line %d \"%s\"\n%s}\n", line, line, FILENAME, text > code
}

function end_snippet() {
    if (text ~ /AR_TABLE\(|AR_VIEW\(|AR_ROW/) {
        add_models(line, text)
        return
    }
    code = section "/" line ".c"
    printf "#include \"models.ar.h\"\n#include <stdio.h>\n#include <string.h>\n" > code
    printf "struct ar_session *s;\nenum ar_status status;\n" > code
    if (given != "")
        printf "#line %d \"%s\"\n%s", given_line, FILENAME, given > code
    for (i = 1; i <= parts; i++)
        add_code(part_line[i], part[i])
    close(code)
    given = ""
}

# begin_part(): begin the next part of a snippet in the next line.
function begin_part() {
    part_line[++parts] = FNR + 1
    part[parts] = ""
}

function begin_section() {
    section = sprintf("%s/%04d", folder, FNR)
    system("mkdir -p '" section "'")
}

function end_given() {
    if (comment ~ /AR_TABLE\(/) {
        add_models(comment_line, comment)
    } else {
        given = given comment
        given_line = comment_line
    }
    in_comment = 0
}

FNR == 1 { begin_section() }
/^## / { begin_section() }

/^<!-- given:/ {
    in_comment = 1
    comment = ""
    comment_line = FNR
    sub(/^<!-- given: ?/, "")
}
in_comment {
    is_last = sub(/ ?-->$/, "")
    comment = comment $0 "\n"
    if (is_last)
        end_given()
    next
}

/^<!-- file:/ { is_file = 1 }
/^```/ && is_file { is_file = 0; next } # another test compiles the whole files of the README
/^```c$/ { in_snippet = 1; line = FNR + 1; text = ""; parts = 0; begin_part(); next }
/^```/ && in_snippet { in_snippet = 0; end_snippet(); next }
in_snippet {
    text = text $0 "\n"
    if ($0 == "…")
        begin_part()
    else
        part[parts] = part[parts] $0 "\n"
}
