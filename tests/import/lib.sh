# Functions that the tests of `armature import` share. They use $tool, $work, $root and $renew, and set $failed.
failed=0

fail() {
    echo "$*" >&2
    failed=$((failed + 1))
}

# compare <expected> <actual>: compare with a golden file, or replace it.
compare() {
    if [ "$renew" = yes ]; then
        cp "$2" "$1"
    elif ! diff -u "$1" "$2"; then
        failed=$((failed + 1))
    fi
}

# compile <header>: the tool accepts the header, and the code generated from it compiles without warnings.
compile() {
    local out=$work/generated
    rm -rf "$out"
    "$tool" check "$1" || fail "$1: check"
    "$tool" generate --output "$out" "$1" || fail "$1: generate"
    gcc -std=c11 -Wall -Wextra -Wpedantic -Wconversion -Werror -c -o /dev/null -I"$root/annotations" \
        -I"$root/runtime/include" -I"$(dirname "$1")" -I"$out" "$out/models.ar.c" || fail "$1: gcc"
}

# differences <header> <database>: print what diff reports, without the name of the folder.
differences() {
    "$tool" diff "$1" --db "$2" 2>&1 | sed "s|^[^ ]*/||; /^imported/d"
}
