#!/bin/sh
# released.sh PROGRAM SANITIZERS: run a program that uses memory freed by its session. The memory checker must report
# it.
program=$1
sanitizers=$2
watch=
case $sanitizers in
*address*) ;;
*)
    command -v valgrind >/dev/null && [ -e /usr/include/valgrind/memcheck.h ] || {
        echo "neither AddressSanitizer nor valgrind with its headers is available"
        exit 77
    }
    watch="valgrind -q --error-exitcode=9"
    ;;
esac

failed=0
for way in record text list query; do
    if $watch "$program" $way >/dev/null 2>&1; then
        echo "use of a $way after ar_session_clear was not reported"
        failed=1
    fi
done
if ! $watch "$program" nothing; then
    echo "use of valid session memory was reported"
    failed=1
fi
exit $failed
