/* Checksums of rows, by which both sides of the benchmark prove that they read the same. */
#include "workload.h"

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

/* NULL and "" differ. */
static uint64_t add_text(uint64_t sum, const char *text)
{
    sum = add_byte(sum, text != NULL);
    for (; text != NULL && *text != '\0'; text++)
        sum = add_byte(sum, (unsigned char)*text);
    return sum;
}

uint64_t checksum_person(uint64_t sum, const struct person *person)
{
    sum = add_number(sum, person->id);
    sum = add_text(sum, person->name);
    sum = add_text(sum, person->email);
    sum = add_number(sum, person->age);
    return add_number(sum, (int64_t)(person->score * 1000));
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

uint64_t checksum_board(uint64_t sum, const struct board *board)
{
    sum = add_number(sum, board->id);
    return add_text(sum, board->name);
}

uint64_t checksum_topic(uint64_t sum, const struct topic *topic)
{
    sum = add_number(sum, topic->id);
    sum = add_number(sum, topic->board_id);
    sum = add_text(sum, topic->title);
    sum = add_number(sum, topic->views);
    return add_number(sum, topic->created_at);
}

uint64_t checksum_message(uint64_t sum, const struct message *message)
{
    sum = add_number(sum, message->id);
    sum = add_number(sum, message->topic_id);
    sum = add_text(sum, message->author);
    sum = add_text(sum, message->text);
    return add_number(sum, message->created_at);
}

uint64_t checksum_draft(uint64_t sum, const struct draft *draft)
{
    sum = add_number(sum, draft->id);
    sum = add_number(sum, draft->user_id);
    return add_text(sum, draft->title);
}
