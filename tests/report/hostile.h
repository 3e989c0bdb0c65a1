/* Everything that a header can put into a page is markup here: it must be text in the page, and nothing else. */
#ifndef REPORT_HOSTILE_H
#define REPORT_HOSTILE_H

#include <armature/annotations.h>
#include <stdint.h>

/* clang-format off */

struct evil {
    int64_t id AR_PRIMARY_KEY;
    const char *name AR_COLUMN("<img src=x onerror=document.title='owned'>")
                     AR_DEFAULT("'</script><script>document.title=\"owned\"</script>'");
    int64_t other_id AR_NULLABLE;
    int64_t group_id;
} AR_TABLE("<script>")
  AR_INDEX("\"><script>document.title='owned'</script>", group_id)
  AR_BELONGS_TO(other, other_id, .target = evil)
  AR_HAS_MANY(evils, other_id, .target = evil, .order = "id",
              .where = "\"<img src=x onerror=document.title='owned'>\" <> '</style><script>document.title=1</script>'")
  AR_SQL(find_evil, (int64_t id),
         "SELECT * FROM \"<script>\" WHERE id = :id AND '</pre><script>document.title=2</script>' <> 'x'",
         .full_scan = "<script>document.title=3</script>");

#endif
