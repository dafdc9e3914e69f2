#include "COpenBLAS.h"

#include <dlfcn.h>
#include <stdlib.h>

// The values of the reference's cblas.h.
enum { ROW_MAJOR = 101, STRAIGHT = 111, TRANSPOSED = 112 };

typedef void sgemm(
    int order, int a_form, int b_form, int m, int n, int k, float alpha, const float *a,
    int a_stride, const float *b, int b_stride, float beta, float *c, int c_stride);

static struct {
  sgemm *product;
  char *(*core)(void);
} library;

static void *open_library(void) {
  static const char *const names[] = {
#if defined(__APPLE__)
      "libopenblas.0.dylib", "libopenblas.dylib",
#else
      "libopenblas.so.0", "libopenblas.so",
#endif
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    void *handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (handle) return handle;
  }
  return NULL;
}

// Sets a variable that is not set; whether it did.
static bool suggest(const char *name, const char *value) {
  return value && !getenv(name) && setenv(name, value, 1) == 0;
}

// It reads its settings when it is loaded. By itself an old version takes the kernels of a 2004
// processor for one that it does not know, and it starts threads that nobody would use. Programs
// that this one starts inherit none of it.
static void *open_with_settings(const char *core) {
  bool core_set = suggest("OPENBLAS_CORETYPE", core);
  bool threads_set = suggest("OPENBLAS_NUM_THREADS", "1");
  void *handle = open_library();
  if (core_set) unsetenv("OPENBLAS_CORETYPE");
  if (threads_set) unsetenv("OPENBLAS_NUM_THREADS");
  return handle;
}

bool fader_blas_load(const char *core) {
  void *handle = open_with_settings(core);
  if (!handle) return false;
  sgemm *product = (sgemm *)dlsym(handle, "cblas_sgemm");
  void (*set_threads)(int) = (void (*)(int))dlsym(handle, "openblas_set_num_threads");
  char *(*name)(void) = (char *(*)(void))dlsym(handle, "openblas_get_corename");
  if (!product || !set_threads || !name) {
    dlclose(handle);
    return false;
  }
  // The work is split over shards of the batch above; threads on top of those would fight for the
  // same cores.
  set_threads(1);
  library.product = product;
  library.core = name;
  return true;
}

const char *fader_blas_core(void) { return library.core ? library.core() : ""; }

void fader_blas_product(
    ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, struct fader_blas_factor a,
    struct fader_blas_factor b, float *c, ptrdiff_t c_stride, bool accumulating) {
  library.product(
      ROW_MAJOR, a.transposed ? TRANSPOSED : STRAIGHT, b.transposed ? TRANSPOSED : STRAIGHT,
      (int)m, (int)n, (int)k, 1, a.base, (int)a.stride, b.base, (int)b.stride,
      accumulating ? 1 : 0, c, (int)c_stride);
}
