// Kernels over whole arrays. Where the tail of an array goes through a padded register, it gets the
// bits that it would get in the middle.

INLINE float sum(const float *x, ptrdiff_t count) {
  lanes sums = repeated(0);
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) sums += load(x + i);
  float rest = 0;
  for (; i < count; i++) rest += x[i];
  return total(sums) + rest;
}

INLINE float dot_inline(const float *a, const float *b, ptrdiff_t count) {
  lanes sums = repeated(0);
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) sums = fused(load(a + i), load(b + i), sums);
  float rest = 0;
  for (; i < count; i++) rest += a[i] * b[i];
  return total(sums) + rest;
}

// y += x
INLINE void add(const float *x, float *y, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) store(load(x + i) + load(y + i), y + i);
  for (; i < count; i++) y[i] += x[i];
}

// y += alpha x
INLINE void add_scaled(float alpha, const float *x, float *y, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) {
    store(fused(repeated(alpha), load(x + i), load(y + i)), y + i);
  }
  for (; i < count; i++) y[i] = fused_one(alpha, x[i], y[i]);
}

// y += x z
INLINE void add_product(const float *x, const float *z, float *y, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) store(fused(load(x + i), load(z + i), load(y + i)), y + i);
  for (; i < count; i++) y[i] += x[i] * z[i];
}

// y = EXPRESSION of the lanes `a` of x, sixteen at a time.
#define MAP(x, y, count, EXPRESSION)             \
  do {                                           \
    ptrdiff_t i_ = 0;                            \
    for (; i_ + 16 <= (count); i_ += 16) {       \
      lanes a = load((x) + i_);                  \
      store((EXPRESSION), (y) + i_);             \
    }                                            \
    if (i_ < (count)) {                          \
      lanes a = load_partly((x) + i_, (count) - i_); \
      store_partly((EXPRESSION), (y) + i_, (count) - i_); \
    }                                            \
  } while (0)

// The same of the lanes `a` of x and `b` of z.
#define MAP_TWO(x, z, y, count, EXPRESSION)      \
  do {                                           \
    ptrdiff_t i_ = 0;                            \
    for (; i_ + 16 <= (count); i_ += 16) {       \
      lanes a = load((x) + i_), b = load((z) + i_); \
      store((EXPRESSION), (y) + i_);             \
    }                                            \
    if (i_ < (count)) {                          \
      lanes a = load_partly((x) + i_, (count) - i_); \
      lanes b = load_partly((z) + i_, (count) - i_); \
      store_partly((EXPRESSION), (y) + i_, (count) - i_); \
    }                                            \
  } while (0)

static float dot(const float *a, const float *b, ptrdiff_t count) {
  return dot_inline(a, b, count);
}

static void scale(float alpha, float *y, ptrdiff_t count) { MAP(y, y, count, a * alpha); }

static void multiply(const float *x, const float *z, float *y, ptrdiff_t count) {
  MAP_TWO(x, z, y, count, a * b);
}

static void activate(enum fader_activation f, const float *x, float *y, ptrdiff_t count) {
  switch (f) {
    case FADER_RELU: MAP(x, y, count, rectified(a)); break;
    case FADER_TANH: MAP(x, y, count, hyperbolic_tangent(a)); break;
    case FADER_SIGMOID: MAP(x, y, count, logistic(a)); break;
  }
}

static void activate_back(
    enum fader_activation f, const float *dy, const float *y, float *dx, ptrdiff_t count) {
  switch (f) {
    case FADER_RELU: MAP_TWO(dy, y, dx, count, b <= 0 ? repeated(0) : a); break;
    case FADER_TANH: MAP_TWO(dy, y, dx, count, a * (1 - b * b)); break;
    case FADER_SIGMOID: MAP_TWO(dy, y, dx, count, a * b * (1 - b)); break;
  }
}

static void adam(
    const struct fader_adam *step, float *p, float *m, float *v, const float *g,
    ptrdiff_t count) {
  const struct fader_adam s = *step;
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) {
    lanes gradient = load(g + i) * s.scale;
    lanes mean = load(m + i) * s.first + gradient * (1 - s.first);
    lanes square = load(v + i) * s.second + gradient * gradient * (1 - s.second);
    store(mean, m + i);
    store(square, v + i);
    lanes old = load(p + i);
    lanes deviation = __builtin_elementwise_sqrt(square) * s.root_correction + s.epsilon;
    store(old - (s.step * mean / deviation + s.decay * old), p + i);
  }
  for (; i < count; i++) {
    float gradient = g[i] * s.scale;
    m[i] = m[i] * s.first + gradient * (1 - s.first);
    v[i] = v[i] * s.second + gradient * gradient * (1 - s.second);
    p[i] -= s.step * m[i] / (root(v[i]) * s.root_correction + s.epsilon) + s.decay * p[i];
  }
}
