#pragma once
#include <stdbool.h>
#include <stddef.h>

#pragma clang assume_nonnull begin

// OpenBLAS, looked up when the program runs: nothing is linked, so a program that does not ask for
// it does not need it, and its choice of a core can be made before it starts.

// Loads it, single-threaded, with the kernels of `core` (SKYLAKEX, HASWELL ...) unless
// OPENBLAS_CORETYPE says another; false where there is none. To be called once, before other
// threads read the environment.
bool fader_blas_load(const char *_Nullable core);

// The kernels that it runs, "" when it is not loaded.
const char *fader_blas_core(void);

struct fader_blas_factor {
  const float *base;
  ptrdiff_t stride;
  bool transposed;
};

// c = a b, or c += a b when accumulating: [m, k] x [k, n], row-major. It must be loaded, and every
// size and stride fit an int.
void fader_blas_product(
    ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, struct fader_blas_factor a,
    struct fader_blas_factor b, float *c, ptrdiff_t c_stride, bool accumulating);

#pragma clang assume_nonnull end
