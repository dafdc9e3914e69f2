#pragma once
#include <stddef.h>

// What the running processor can do. A higher level has all of a lower one.
enum fader_level {
  // What every processor of the architecture has: SSE2 on x86-64, NEON on arm64.
  FADER_LEVEL_BASELINE = 0,
  // x86-64-v3: registers of eight floats, and fused multiply-add.
  FADER_LEVEL_AVX2 = 1,
  // x86-64-v4: 32 registers of sixteen floats.
  FADER_LEVEL_AVX512 = 2,
};

// The highest level that this processor and its operating system support.
enum fader_level fader_processor_level(void);

// Processors that may run at the same time, at least 1.
ptrdiff_t fader_processor_count(void);

// Makes the C library keep large blocks that are freed, for the next request of that size, and give
// threads arenas of their own. Does nothing where the C library has no such setting.
void fader_keep_freed_memory(void);
