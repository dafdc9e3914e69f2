#pragma once

#include <stdbool.h>
#include <stdint.h>

/// What the calling thread asked the allocator for.
typedef struct {
  /// Calls of malloc, calloc, realloc, aligned_alloc and posix_memalign.
  uint64_t calls;
  /// Bytes asked for; of a realloc, the new size.
  uint64_t bytes;
} fader_allocation_count;

/// Whether this build counts: only with glibc and without a sanitizer's allocator.
bool fader_allocations_are_counted(void);

/// Counts the calling thread's allocations from here on, from 0.
void fader_allocations_begin(void);

/// Stops counting on the calling thread; 0 if nothing was begun.
fader_allocation_count fader_allocations_end(void);
