// Sixteen floats: one AVX-512 register, two AVX2 ones, four of the baseline. Every level computes in
// the same lanes, so that a sum has one order everywhere.

typedef float lanes __attribute__((ext_vector_type(16)));
typedef float eight_lanes __attribute__((ext_vector_type(8)));
typedef float four_lanes __attribute__((ext_vector_type(4)));
typedef uint32_t words __attribute__((ext_vector_type(16)));
// The same where they lie in memory: anywhere.
typedef float loose_lanes __attribute__((ext_vector_type(16), aligned(4), may_alias));
typedef uint32_t loose_words __attribute__((ext_vector_type(16), aligned(4), may_alias));

#define INLINE static inline __attribute__((always_inline))

INLINE lanes load(const float *x) { return *(const loose_lanes *)x; }

INLINE void store(lanes x, float *y) { *(loose_lanes *)y = x; }

INLINE lanes repeated(float x) { return (lanes)(x); }

// The first `count` numbers, zeros behind them.
INLINE lanes load_partly(const float *x, ptrdiff_t count) {
  lanes result = repeated(0);
  for (ptrdiff_t i = 0; i < count; i++) result[i] = x[i];
  return result;
}

INLINE void store_partly(lanes x, float *y, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) y[i] = x[i];
}

// a * b + c with one rounding, or with two at the level that has no such instruction: the exact one
// would be a call of the library per number.
INLINE lanes fused(lanes a, lanes b, lanes c) {
#if LEVEL_FUSES
  return __builtin_elementwise_fma(a, b, c);
#else
  return c + a * b;
#endif
}

INLINE float fused_one(float a, float b, float c) {
#if LEVEL_FUSES
  return __builtin_elementwise_fma(a, b, c);
#else
  return c + a * b;
#endif
}

INLINE float root(float x) { return __builtin_elementwise_sqrt(x); }

// Negative lanes become 0; NaN stays.
INLINE lanes rectified(lanes x) { return x < 0 ? repeated(0) : x; }

// Sum of the lanes, by halves: a fixed order.
INLINE float total(lanes x) {
  eight_lanes eight = x.lo + x.hi;
  four_lanes four = eight.lo + eight.hi;
  return (four.x + four.z) + (four.y + four.w);
}
