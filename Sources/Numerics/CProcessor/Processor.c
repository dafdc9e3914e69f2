#include "CProcessor.h"

#include <stdlib.h>
#include <unistd.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

enum fader_level fader_processor_level(void) {
#if defined(__x86_64__)
  // These ask the operating system, too: a register that it does not save must not be used.
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return FADER_LEVEL_AVX512;
  if (__builtin_cpu_supports("x86-64-v3")) return FADER_LEVEL_AVX2;
#endif
  return FADER_LEVEL_BASELINE;
}

ptrdiff_t fader_processor_count(void) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? count : 1;
}

void fader_keep_freed_memory(void) {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 0x7fffffff);
  mallopt(M_TOP_PAD, 64 << 20);
  mallopt(M_ARENA_MAX, 8);
#endif
}
