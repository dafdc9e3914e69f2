// A gated recurrent unit's step; see GatedRecurrence.swift for the formula.

// The gates of up to sixteen units, and what the state becomes.
struct gate_lanes {
  lanes r, z, n, state;
};

INLINE struct gate_lanes gate_lanes(
    lanes xr, lanes ur, lanes xz, lanes uz, lanes xn, lanes un, lanes h) {
  struct gate_lanes g;
  g.r = logistic(xr + ur);
  g.z = logistic(xz + uz);
  g.n = hyperbolic_tangent(fused(un, g.r, xn));
  g.state = fused(g.z, h - g.n, g.n);
  return g;
}

INLINE void gates_row(
    const float *x, const float *u, const float *h, ptrdiff_t width, float *gates,
    float *state) {
  ptrdiff_t j = 0;
  for (; j + 16 <= width; j += 16) {
    struct gate_lanes g = gate_lanes(
        load(x + j), load(u + j), load(x + width + j), load(u + width + j),
        load(x + 2 * width + j), load(u + 2 * width + j), load(h + j));
    store(g.r, gates + j);
    store(g.z, gates + width + j);
    store(g.n, gates + 2 * width + j);
    store(g.state, state + j);
  }
  if (j == width) return;
  ptrdiff_t rest = width - j;
  struct gate_lanes g = gate_lanes(
      load_partly(x + j, rest), load_partly(u + j, rest), load_partly(x + width + j, rest),
      load_partly(u + width + j, rest), load_partly(x + 2 * width + j, rest),
      load_partly(u + 2 * width + j, rest), load_partly(h + j, rest));
  store_partly(g.r, gates + j, rest);
  store_partly(g.z, gates + width + j, rest);
  store_partly(g.n, gates + 2 * width + j, rest);
  store_partly(g.state, state + j, rest);
}

static void gates(
    const float *x, const float *u, const float *h, ptrdiff_t rows, ptrdiff_t width, float *gates,
    float *state) {
  for (ptrdiff_t row = 0; row < rows; row++) {
    ptrdiff_t at = row * 3 * width;
    gates_row(x + at, u + at, h + row * width, width, gates + at, state + row * width);
  }
}

// The gradients of `count` units from `base` of the gates and `at` of the state on. The six sums are
// separate arrays, which the compiler must know to take several units at a time.
INLINE void gates_back_row(
    const float *restrict gradient, const float *restrict gates, const float *restrict u,
    const float *restrict h, ptrdiff_t width, float *restrict dx, float *restrict du,
    float *restrict dh) {
  for (ptrdiff_t j = 0; j < width; j++) {
    float r = gates[j], z = gates[j + width], n = gates[j + 2 * width];
    float g = gradient[j];
    float dn = g * (1 - z) * (1 - n * n);
    float dz = g * (h[j] - n) * z * (1 - z);
    float dr = dn * u[j + 2 * width] * r * (1 - r);
    dx[j] += dr;
    dx[j + width] += dz;
    dx[j + 2 * width] += dn;
    du[j] += dr;
    du[j + width] += dz;
    du[j + 2 * width] += dn * r;
    dh[j] += g * z;
  }
}

static void gates_back(
    const float *gradient, const float *gates, const float *u, const float *h, ptrdiff_t rows,
    ptrdiff_t width, float *dx, float *du, float *dh) {
  for (ptrdiff_t row = 0; row < rows; row++) {
    ptrdiff_t at = row * 3 * width, own = row * width;
    gates_back_row(
        gradient + own, gates + at, u + at, h + own, width, dx + at, du + at, dh + own);
  }
}
