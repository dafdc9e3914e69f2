// Attention inside one list, head by head, in small panels: rows of whole registers, zeros past the
// end.

// One head of one list. Queries lie at qkv + row * stride, keys and values `width` and 2 `width`
// further; `padded` and `wide` are the slots and the head in whole registers.
struct head {
  const struct fader_attention *list;
  ptrdiff_t offset, stride, width, length, size, padded, wide;
  float scale;
};

static struct head head_of(const struct fader_attention *list, ptrdiff_t index) {
  struct head h = {
      .list = list,
      .offset = index * list->head,
      .width = list->heads * list->head,
      .length = list->length,
      .size = list->head,
      .padded = (list->slots + 15) / 16 * 16,
      .wide = (list->head + 15) / 16 * 16,
      .scale = 1 / root((float)list->head),
  };
  h.stride = 3 * h.width;
  return h;
}

// Where a slot's query of this head lies in qkv.
INLINE ptrdiff_t place(const struct head *h, ptrdiff_t slot) {
  ptrdiff_t row = h->list->picked ? h->list->picked[slot] : slot;
  return row * h->stride + h->offset;
}

// One row of a panel: `count` numbers and zeros behind them.
INLINE void pack_row(const float *x, ptrdiff_t count, float *y, ptrdiff_t padded) {
  for (ptrdiff_t j = 0; j < count; j++) y[j] = x[j];
  for (ptrdiff_t j = count; j < padded; j++) y[j] = 0;
}

// Rows of one head side by side: [length, wide]. `part` 0 is queries, 1 keys, 2 values.
static void pack_part(const struct head *h, int part, float *y) {
  for (ptrdiff_t i = 0; i < h->length; i++) {
    const float *x = h->list->qkv + place(h, i) + part * h->width;
    pack_row(x, h->size, y + i * h->wide, h->wide);
  }
}

// The same transposed: [size, padded].
static void pack_part_transposed(const struct head *h, int part, float *y) {
  for (ptrdiff_t i = 0; i < h->length; i++) {
    const float *x = h->list->qkv + place(h, i) + part * h->width;
    for (ptrdiff_t j = 0; j < h->size; j++) y[j * h->padded + i] = x[j];
  }
  for (ptrdiff_t j = 0; j < h->size; j++) {
    for (ptrdiff_t i = h->length; i < h->padded; i++) y[j * h->padded + i] = 0;
  }
}

// y_i = sum_p left_ip right_p for `length` rows: rows of right and y are `width` numbers wide.
static void combine(
    const struct head *h, struct fader_left left, ptrdiff_t inner, const float *right,
    ptrdiff_t width, float *y) {
  for (ptrdiff_t column = 0; column < width; column += 16) {
    struct fader_result c = {.base = y + column, .stride = width, .start = FADER_START_ZERO};
    strip_of_one(h->length, inner, left, right + column, width, c);
  }
}

// Rows of scores become shares that sum to 1 over the first `length` entries.
static void softmax_rows(const struct head *h, float *scores) {
  for (ptrdiff_t i = 0; i < h->length; i++) {
    float *row = scores + i * h->padded;
    float top = row[0];
    for (ptrdiff_t j = 1; j < h->length; j++) top = row[j] >= top ? row[j] : top;
    for (ptrdiff_t j = 0; j < h->padded; j += 16) {
      store(exponential((load(row + j) - top) * h->scale), row + j);
    }
    for (ptrdiff_t j = h->length; j < h->padded; j++) row[j] = 0;
    float share = 1 / sum(row, h->padded);
    for (ptrdiff_t j = 0; j < h->padded; j += 16) store(load(row + j) * share, row + j);
  }
}

// Gradients of the shares become those of the scores before scaling.
static void softmax_rows_back(const struct head *h, float *slopes, const float *shares) {
  for (ptrdiff_t i = 0; i < h->length; i++) {
    float *row = slopes + i * h->padded;
    const float *share = shares + i * h->padded;
    float mean = dot_inline(row, share, h->padded);
    for (ptrdiff_t j = 0; j < h->padded; j += 16) {
      store((load(row + j) - mean) * load(share + j) * h->scale, row + j);
    }
  }
}

static void copy_rows(
    const float *x, ptrdiff_t padded, ptrdiff_t count, ptrdiff_t rows, float *y,
    ptrdiff_t stride) {
  for (ptrdiff_t i = 0; i < rows; i++) {
    memcpy(y + i * stride, x + i * padded, (size_t)count * sizeof(float));
  }
}

static void attend(
    const struct fader_attention *list, float *scratch, float *output, float *shares) {
  ptrdiff_t size = fader_panel_size(list->slots, list->head), n = list->slots;
  float *queries = scratch, *keys = scratch + size, *values = scratch + 2 * size;
  float *scores = scratch + 3 * size, *mixed = scratch + 4 * size;
  for (ptrdiff_t index = 0; index < list->heads; index++) {
    struct head h = head_of(list, index);
    pack_part(&h, 0, queries);
    pack_part_transposed(&h, 1, keys);
    pack_part(&h, 2, values);
    struct fader_left q = {.base = queries, .row = h.wide, .step = 1};
    combine(&h, q, h.size, keys, h.padded, scores);
    softmax_rows(&h, scores);
    struct fader_left s = {.base = scores, .row = h.padded, .step = 1};
    combine(&h, s, h.length, values, h.wide, mixed);
    copy_rows(mixed, h.wide, h.size, h.length, output + h.offset, h.width);
    copy_rows(scores, h.padded, h.length, h.length, shares + index * n * n, n);
  }
}

// Adds the rows of a panel to the gradient of one part of qkv.
static void add_part(const struct head *h, const float *x, int part, float *dqkv) {
  for (ptrdiff_t i = 0; i < h->length; i++) {
    add(x + i * h->wide, dqkv + place(h, i) + part * h->width, h->size);
  }
}

static void attend_head_back(
    const struct head *h, const float *gradient, const float *shares, float *scratch,
    float *dqkv) {
  ptrdiff_t size = fader_panel_size(h->list->slots, h->size);
  float *queries = scratch, *keys = scratch + size, *values = scratch + 2 * size;
  float *slopes = scratch + 3 * size, *share = scratch + 4 * size;
  float *g = scratch + 5 * size, *result = scratch + 6 * size;
  pack_part(h, 0, queries);
  pack_part(h, 1, keys);
  pack_part_transposed(h, 2, values);
  for (ptrdiff_t i = 0; i < h->length; i++) {
    pack_row(gradient + i * h->width + h->offset, h->size, g + i * h->wide, h->wide);
    pack_row(shares + i * h->list->slots, h->length, share + i * h->padded, h->padded);
  }
  struct fader_left from = {.base = g, .row = h->wide, .step = 1};
  combine(h, from, h->size, values, h->padded, slopes);
  softmax_rows_back(h, slopes, share);
  // dQ = S K, dK = S' Q, dV = P' G
  from = (struct fader_left){.base = slopes, .row = h->padded, .step = 1};
  combine(h, from, h->length, keys, h->wide, result);
  add_part(h, result, 0, dqkv);
  from = (struct fader_left){.base = slopes, .row = 1, .step = h->padded};
  combine(h, from, h->length, queries, h->wide, result);
  add_part(h, result, 1, dqkv);
  from.base = share;
  combine(h, from, h->length, g, h->wide, result);
  add_part(h, result, 2, dqkv);
}

static void attend_back(
    const struct fader_attention *list, const float *gradient, const float *shares,
    float *scratch, float *dqkv) {
  for (ptrdiff_t index = 0; index < list->heads; index++) {
    struct head h = head_of(list, index);
    attend_head_back(&h, gradient, shares + index * list->slots * list->slots, scratch, dqkv);
  }
}
