#!/bin/sh
# Run a program that uses memory which its session has freed: the memory checker must report it.
#
#   released.sh PROGRAM SANITIZERS
program=$1
sanitizers=$2
watch=
case $sanitizers in
*address*) ;;
*)
    command -v valgrind >/dev/null && [ -e /usr/include/valgrind/memcheck.h ] || {
        echo "no AddressSanitizer, and no valgrind with its headers"
        exit 77
    }
    watch="valgrind -q --error-exitcode=9"
    ;;
esac

failed=0
for way in record text list query; do
    if $watch "$program" $way >/dev/null 2>&1; then
        echo "the use of a $way after ar_session_clear is not reported"
        failed=1
    fi
done
if ! $watch "$program" nothing; then
    echo "the use of valid memory of the session is reported"
    failed=1
fi
exit $failed
