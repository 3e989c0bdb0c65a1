/* Checksums of rows, to check that all sides of the benchmark read the same data. */
#include "checksum.h"

#include "lines_checksum.h"

static uint64_t add_byte(uint64_t sum, unsigned char byte)
{
    return (sum ^ byte) * 1099511628211U;
}

static uint64_t add_number(uint64_t sum, int64_t number)
{
    for (int shift = 0; shift < 64; shift += 8)
        sum = add_byte(sum, (unsigned char)((uint64_t)number >> shift));
    return sum;
}

/* Distinguish NULL from "". */
static uint64_t add_text(uint64_t sum, const char *text)
{
    sum = add_byte(sum, text != NULL);
    for (; text != NULL && *text != '\0'; text++)
        sum = add_byte(sum, (unsigned char)*text);
    return sum;
}

uint64_t checksum_user(uint64_t sum, const struct user *user)
{
    sum = add_number(sum, user->id);
    sum = add_text(sum, user->name);
    sum = add_text(sum, user->email);
    sum = add_text(sum, user->hair_color);
    sum = add_number(sum, user->age);
    sum = add_number(sum, (int64_t)(user->score * 1000));
    sum = add_number(sum, user->active);
    return add_number(sum, user->created_at);
}

uint64_t checksum_post(uint64_t sum, const struct post *post)
{
    sum = add_number(sum, post->id);
    sum = add_number(sum, post->user_id);
    sum = add_text(sum, post->title);
    sum = add_text(sum, post->body);
    sum = add_number(sum, post->views);
    return add_number(sum, post->created_at);
}

uint64_t checksum_tag(uint64_t sum, const struct tag *tag)
{
    sum = add_number(sum, tag->id);
    sum = add_text(sum, tag->name);
    return add_number(sum, tag->weight);
}

uint64_t checksum_tagging(uint64_t sum, const struct tagging *tagging)
{
    sum = add_number(sum, tagging->id);
    sum = add_number(sum, tagging->post_id);
    sum = add_number(sum, tagging->tag_id);
    return add_number(sum, tagging->added_at);
}

uint64_t checksum_comment(uint64_t sum, const struct comment *comment)
{
    sum = add_number(sum, comment->id);
    sum = add_number(sum, comment->post_id);
    sum = add_number(sum, comment->user_id);
    sum = add_text(sum, comment->text);
    return add_number(sum, comment->created_at);
}

uint64_t checksum_notice(uint64_t sum, const struct notice *notice)
{
    sum = add_number(sum, notice->id);
    sum = add_text(sum, notice->subject_type);
    sum = add_number(sum, notice->subject_id);
    return add_text(sum, notice->text);
}

uint64_t checksum_author(uint64_t sum, const struct author *author)
{
    sum = add_number(sum, author->id);
    sum = add_text(sum, author->name);
    return add_text(sum, author->hair_color);
}

uint64_t checksum_article(uint64_t sum, const struct article *article)
{
    sum = add_number(sum, article->id);
    sum = add_number(sum, article->author_id);
    sum = add_text(sum, article->title);
    return add_text(sum, article->body);
}

uint64_t checksum_remark(uint64_t sum, const struct remark *remark)
{
    sum = add_number(sum, remark->id);
    sum = add_number(sum, remark->article_id);
    return add_text(sum, remark->text);
}

uint64_t checksum_draft(uint64_t sum, const struct draft *draft)
{
    sum = add_number(sum, draft->id);
    sum = add_number(sum, draft->user_id);
    sum = add_text(sum, draft->title);
    sum = add_text(sum, draft->body);
    sum = add_number(sum, draft->views);
    return add_number(sum, draft->created_at);
}

uint64_t checksum_document(uint64_t sum, const struct document *document)
{
    sum = add_number(sum, document->id);
    return add_text(sum, document->body);
}

uint64_t checksum_topic(uint64_t sum, const struct topic *topic)
{
    sum = add_number(sum, topic->id);
    return add_text(sum, topic->name);
}

uint64_t checksum_entry(uint64_t sum, const struct entry *entry)
{
    sum = add_number(sum, entry->id);
    sum = add_number(sum, entry->topic_id);
    sum = add_number(sum, entry->score);
    return add_text(sum, entry->text);
}

uint64_t checksum_parcel(uint64_t sum, const struct parcel *parcel)
{
    sum = add_number(sum, parcel->id);
    sum = add_text(sum, parcel->code);
    return add_number(sum, (int64_t)(parcel->weight * 1000));
}

uint64_t checksum_item(uint64_t sum, const struct item *item)
{
    sum = add_number(sum, item->id);
    sum = add_number(sum, item->parcel_id);
    sum = add_text(sum, item->name);
    return add_number(sum, item->quantity);
}

uint64_t checksum_shelf(uint64_t sum, const struct shelf *shelf)
{
    sum = add_text(sum, shelf->room);
    sum = add_text(sum, shelf->code);
    return add_text(sum, shelf->title);
}

uint64_t checksum_book(uint64_t sum, const struct book *book)
{
    sum = add_number(sum, book->id);
    sum = add_text(sum, book->room);
    sum = add_text(sum, book->code);
    return add_text(sum, book->title);
}

uint64_t checksum_line(uint64_t sum, const struct line *line)
{
    sum = add_number(sum, line->post_id);
    sum = add_text(sum, line->title);
    sum = add_text(sum, line->name);
    sum = add_number(sum, line->views);
    sum = add_number(sum, (int64_t)(line->score * 1000));
    return add_number(sum, line->created_at);
}
