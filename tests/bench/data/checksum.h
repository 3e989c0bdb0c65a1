/* Checksums of rows, to check that all sides of the benchmark read the same data: FNV-1a over all fields of a row,
 * starting with the checksum of the previous rows. */
#ifndef BENCH_CHECKSUM_H
#define BENCH_CHECKSUM_H

#include "blog.h"
#include "shapes.h"

uint64_t checksum_user(uint64_t sum, const struct user *user);
uint64_t checksum_post(uint64_t sum, const struct post *post);
uint64_t checksum_tag(uint64_t sum, const struct tag *tag);
uint64_t checksum_tagging(uint64_t sum, const struct tagging *tagging);
uint64_t checksum_comment(uint64_t sum, const struct comment *comment);
uint64_t checksum_notice(uint64_t sum, const struct notice *notice);
uint64_t checksum_author(uint64_t sum, const struct author *author);
uint64_t checksum_article(uint64_t sum, const struct article *article);
uint64_t checksum_remark(uint64_t sum, const struct remark *remark);
uint64_t checksum_draft(uint64_t sum, const struct draft *draft);
uint64_t checksum_document(uint64_t sum, const struct document *document);
uint64_t checksum_topic(uint64_t sum, const struct topic *topic);
uint64_t checksum_entry(uint64_t sum, const struct entry *entry);
uint64_t checksum_parcel(uint64_t sum, const struct parcel *parcel);
uint64_t checksum_item(uint64_t sum, const struct item *item);
uint64_t checksum_shelf(uint64_t sum, const struct shelf *shelf);
uint64_t checksum_book(uint64_t sum, const struct book *book);

#endif
