#pragma once
#include <stdbool.h>
#include <stddef.h>

#pragma clang assume_nonnull begin

// hiredis, the C client of Redis, looked up when the program runs: nothing is linked, so a service that
// keeps its users' histories to itself does not need it.

// Loads it; false where there is none of a known version.
bool fader_redis_load(void);

struct fader_redis_connection;
struct fader_redis_reply;

// A connection whose every command gives up after so many milliseconds; NULL when there is none to be had.
struct fader_redis_connection *_Nullable fader_redis_connect(
    const char *host, int port, int milliseconds);
void fader_redis_close(struct fader_redis_connection *connection);

// Runs a command of `count` arguments, which lie one behind the other in `bytes`. NULL when the connection
// is of no more use.
struct fader_redis_reply *_Nullable fader_redis_command(
    struct fader_redis_connection *connection, int count, const char *bytes, const size_t *lengths);
void fader_redis_free(struct fader_redis_reply *reply);

// Whether the server refused the command; its words are the text.
bool fader_redis_is_error(const struct fader_redis_reply *reply);
// The text of a reply, NULL for one without.
const char *_Nullable fader_redis_text(const struct fader_redis_reply *reply, size_t *length);
// Replies inside of a reply, 0 for one without.
size_t fader_redis_count(const struct fader_redis_reply *reply);
const struct fader_redis_reply *fader_redis_element(
    const struct fader_redis_reply *reply, size_t index);

#pragma clang assume_nonnull end
