#include "CAllocationCounting.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define FADER_OTHER_ALLOCATOR 1
#endif
#endif

#if defined(__GLIBC__) && !defined(FADER_OTHER_ALLOCATOR)

// Definitions in an executable win over those of the libraries it loads, for the libraries' own
// calls too. `free` stays as it is: the memory is glibc's.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

// Initial-exec: reading another kind of thread-local variable may itself allocate.
#define THREAD_LOCAL static __thread __attribute__((tls_model("initial-exec")))
THREAD_LOCAL bool counting;
THREAD_LOCAL fader_allocation_count counted;

static inline void count(size_t bytes) {
  if (!counting) return;
  counted.calls += 1;
  counted.bytes += bytes;
}

void *malloc(size_t size) {
  count(size);
  return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
  // A product past the largest size fails below, whatever is counted.
  count(items * size);
  return __libc_calloc(items, size);
}

void *realloc(void *old, size_t size) {
  count(size);
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count(size);
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  if (alignment == 0 || alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0) {
    return EINVAL;
  }
  count(size);
  int before = errno;
  void *memory = __libc_memalign(alignment, size);
  errno = before;
  if (memory == NULL) return ENOMEM;
  *result = memory;
  return 0;
}

bool fader_allocations_are_counted(void) { return true; }

void fader_allocations_begin(void) {
  counted = (fader_allocation_count){0, 0};
  counting = true;
}

fader_allocation_count fader_allocations_end(void) {
  counting = false;
  fader_allocation_count result = counted;
  counted = (fader_allocation_count){0, 0};
  return result;
}

#else

bool fader_allocations_are_counted(void) { return false; }
void fader_allocations_begin(void) {}
fader_allocation_count fader_allocations_end(void) { return (fader_allocation_count){0, 0}; }

#endif
