// Which level's kernels are in use.
#include <stdatomic.h>
#include <stdlib.h>

#include "Tables.h"

static const struct {
  const char *name;
  const struct fader_kernel_table *kernels;
} levels[] = {
    {"baseline", &fader_baseline_kernels},
#if defined(__x86_64__)
    {"avx2", &fader_avx2_kernels},
    {"avx512", &fader_avx512_kernels},
#endif
};

enum { LEVELS = sizeof levels / sizeof *levels };

// Threads that find it empty all come to the same choice.
static _Atomic(const struct fader_kernel_table *) used;

const char *fader_requested_kernels(void) { return getenv("FADER_KERNELS"); }

// The named level, or -1 when this processor does not have it.
static int level_of(const char *name) {
  for (int i = 0; i < LEVELS; i++) {
    if (strcmp(levels[i].name, name) == 0) return i <= (int)fader_processor_level() ? i : -1;
  }
  return -1;
}

bool fader_use_kernels(enum fader_level level) {
  if ((int)level >= LEVELS || level > fader_processor_level()) return false;
  atomic_store_explicit(&used, levels[level].kernels, memory_order_relaxed);
  return true;
}

static const struct fader_kernel_table *choose(void) {
  const char *name = fader_requested_kernels();
  int level = name ? level_of(name) : -1;
  // What cannot be had is no reason to crash; a program asks Processor.complaint and says so.
  if (level < 0) level = (int)fader_processor_level();
  atomic_store_explicit(&used, levels[level].kernels, memory_order_relaxed);
  return levels[level].kernels;
}

const struct fader_kernel_table *fader_kernels(void) {
  const struct fader_kernel_table *kernels = atomic_load_explicit(&used, memory_order_relaxed);
  return kernels ? kernels : choose();
}
