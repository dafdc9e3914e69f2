// Kernels over the rows of matrices.

static void add_rows(
    struct fader_rows x, struct fader_target_rows y, ptrdiff_t rows, ptrdiff_t columns) {
  for (ptrdiff_t i = 0; i < rows; i++) add(x.base + i * x.stride, y.base + i * y.stride, columns);
}

static void add_scaled_rows(
    float alpha, struct fader_rows x, struct fader_target_rows y, ptrdiff_t rows,
    ptrdiff_t columns) {
  for (ptrdiff_t i = 0; i < rows; i++) {
    add_scaled(alpha, x.base + i * x.stride, y.base + i * y.stride, columns);
  }
}

static void add_product_rows(
    struct fader_rows x, struct fader_rows z, struct fader_target_rows y, ptrdiff_t rows,
    ptrdiff_t columns) {
  for (ptrdiff_t i = 0; i < rows; i++) {
    add_product(
        x.base + i * x.stride, z.base + i * z.stride, y.base + i * y.stride, columns);
  }
}

static void gather_add(
    float alpha, const float *x, const int32_t *indices, ptrdiff_t count, float *y,
    ptrdiff_t columns) {
  for (ptrdiff_t i = 0; i < count; i++) {
    if (indices[i] >= 0) add_scaled(alpha, x + indices[i] * columns, y, columns);
  }
}

static void scatter_scaled(
    float alpha, const float *x, const int32_t *indices, ptrdiff_t count, float *y,
    ptrdiff_t columns) {
  for (ptrdiff_t i = 0; i < count; i++) {
    if (indices[i] >= 0) add_scaled(alpha, x, y + indices[i] * columns, columns);
  }
}

static void scatter_add(
    const float *x, const int32_t *indices, ptrdiff_t count, float *y, ptrdiff_t columns) {
  for (ptrdiff_t i = 0; i < count; i++) {
    if (indices[i] >= 0) add(x + i * columns, y + indices[i] * columns, columns);
  }
}

static void normalise(
    const float *x, float *y, float *inverse, ptrdiff_t rows, ptrdiff_t columns) {
  const float width = (float)columns;
  for (ptrdiff_t row = 0; row < rows; row++) {
    const float *source = x + row * columns;
    float *target = y + row * columns;
    float mean = sum(source, columns) / width;
    MAP(source, target, columns, a - mean);
    float variance = dot_inline(target, target, columns) / width;
    float factor = 1 / root(variance + 1e-5f);
    MAP(target, target, columns, a * factor);
    inverse[row] = factor;
  }
}

static void normalise_back(
    const float *gradient, const float *normalised, const float *inverse, float *dx,
    ptrdiff_t rows, ptrdiff_t columns) {
  const float width = (float)columns;
  for (ptrdiff_t row = 0; row < rows; row++) {
    const float *g = gradient + row * columns, *n = normalised + row * columns;
    float *target = dx + row * columns;
    float factor = inverse[row];
    float mean = sum(g, columns) / width;
    float slope = dot_inline(g, n, columns) / width;
    add_scaled(factor, g, target, columns);
    add_scaled(-factor * slope, n, target, columns);
    MAP(target, target, columns, a - factor * mean);
  }
}
