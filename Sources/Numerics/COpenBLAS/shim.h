#pragma once
#include <cblas.h>
#include <malloc.h>
#include <unistd.h>

// Bits for the instruction sets that the including module was compiled for and that the running
// processor lacks: 1 AVX, 2 AVX2, 4 FMA, 8 AVX-512F.
static inline int fader_missing_features(void) {
  int missing = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
#ifdef __AVX__
  if (!__builtin_cpu_supports("avx")) missing |= 1;
#endif
#ifdef __AVX2__
  if (!__builtin_cpu_supports("avx2")) missing |= 2;
#endif
#ifdef __FMA__
  if (!__builtin_cpu_supports("fma")) missing |= 4;
#endif
#ifdef __AVX512F__
  if (!__builtin_cpu_supports("avx512f")) missing |= 8;
#endif
#endif
  return missing;
}

// 1 where a multiply-add is one instruction; elsewhere it would be a library call per number.
static inline int fader_fuses(void) {
#if defined(__FMA__) || defined(__aarch64__)
  return 1;
#else
  return 0;
#endif
}

// 1 where a vector register holds sixteen floats and there are 32 of them.
static inline int fader_wide_registers(void) {
#ifdef __AVX512F__
  return 1;
#else
  return 0;
#endif
}
