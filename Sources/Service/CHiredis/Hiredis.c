#include "CHiredis.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sys/time.h>

// What a reply looks like before version 1 and since then; see hiredis.h of each.
struct reply_0 {
  int type;
  long long integer;
  size_t length;
  char *text;
  size_t count;
  struct reply_0 **elements;
};
struct reply_1 {
  int type;
  long long integer;
  double number;
  size_t length;
  char *text;
  char kind[4];
  size_t count;
  struct reply_1 **elements;
};

enum { TEXT = 1, ARRAY = 2, STATUS = 5, ERROR = 6 };

static struct {
  bool is_loaded, is_new;
  void *(*connect)(const char *, int, struct timeval);
  int (*set_timeout)(void *, struct timeval);
  void *(*command)(void *, int, const char **, const size_t *);
  void (*free_reply)(void *);
  void (*free_context)(void *);
} library;

static void load(void) {
  static const struct {
    const char *name;
    bool is_new;
  } versions[] = {
      {"libhiredis.so.0.14", false}, {"libhiredis.so.1.0.0", true}, {"libhiredis.so.1.1.0", true},
      {"libhiredis.so.1.2.0", true}, {"libhiredis.so.1.3.0", true},
  };
  for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
    void *handle = dlopen(versions[i].name, RTLD_NOW | RTLD_LOCAL);
    if (!handle) continue;
    library.is_new = versions[i].is_new;
    library.connect = (void *(*)(const char *, int, struct timeval))dlsym(
        handle, "redisConnectWithTimeout");
    library.set_timeout = (int (*)(void *, struct timeval))dlsym(handle, "redisSetTimeout");
    library.command = (void *(*)(void *, int, const char **, const size_t *))dlsym(
        handle, "redisCommandArgv");
    library.free_reply = (void (*)(void *))dlsym(handle, "freeReplyObject");
    library.free_context = (void (*)(void *))dlsym(handle, "redisFree");
    library.is_loaded = library.connect && library.set_timeout && library.command
        && library.free_reply && library.free_context;
    return;
  }
}

bool fader_redis_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return library.is_loaded;
}

struct fader_redis_connection *fader_redis_connect(
    const char *host, int port, int milliseconds) {
  struct timeval limit = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
  void *context = library.connect(host, port, limit);
  // One that could not connect says so at its first command.
  if (context) library.set_timeout(context, limit);
  return context;
}

void fader_redis_close(struct fader_redis_connection *connection) {
  library.free_context(connection);
}

enum { MOST = 64 };

struct fader_redis_reply *fader_redis_command(
    struct fader_redis_connection *connection, int count, const char *bytes,
    const size_t *lengths) {
  const char *arguments[MOST];
  if (count > MOST) return NULL;
  for (int i = 0; i < count; i++) {
    arguments[i] = bytes;
    bytes += lengths[i];
  }
  return library.command(connection, count, arguments, lengths);
}

void fader_redis_free(struct fader_redis_reply *reply) { library.free_reply(reply); }

static int type_of(const struct fader_redis_reply *reply) { return *(const int *)(const void *)reply; }

bool fader_redis_is_error(const struct fader_redis_reply *reply) { return type_of(reply) == ERROR; }

const char *fader_redis_text(const struct fader_redis_reply *reply, size_t *length) {
  int type = type_of(reply);
  if (type != TEXT && type != STATUS && type != ERROR) return NULL;
  const void *any = reply;
  if (library.is_new) {
    const struct reply_1 *own = any;
    *length = own->length;
    return own->text;
  }
  const struct reply_0 *own = any;
  *length = own->length;
  return own->text;
}

size_t fader_redis_count(const struct fader_redis_reply *reply) {
  if (type_of(reply) != ARRAY) return 0;
  const void *any = reply;
  return library.is_new ? ((const struct reply_1 *)any)->count : ((const struct reply_0 *)any)->count;
}

const struct fader_redis_reply *fader_redis_element(
    const struct fader_redis_reply *reply, size_t index) {
  const void *any = reply;
  const void *element = library.is_new ? (const void *)((const struct reply_1 *)any)->elements[index]
                                       : (const void *)((const struct reply_0 *)any)->elements[index];
  return element;
}
