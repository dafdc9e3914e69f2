// Softmax over the entries of one row, and what follows from the choice of one of them.

static float masked_softmax(
    const float *scores, const bool *excluded, float *p, ptrdiff_t count) {
  float top = -INFINITY;
  for (ptrdiff_t i = 0; i < count; i++) {
    // An excluded entry stands so low that its exponential is lost, and is set to 0 below.
    p[i] = excluded[i] ? -INFINITY : scores[i];
    top = p[i] >= top ? p[i] : top;
  }
  if (!(top > -INFINITY)) {
    memset(p, 0, (size_t)count * sizeof(float));
    return 0;
  }
  // What is lost beside the highest is lost for good, not kept as a smallest number.
  MAP(p, p, count, a - top < -87 ? repeated(0) : exponential(a - top));
  for (ptrdiff_t i = 0; i < count; i++) {
    if (excluded[i]) p[i] = 0;
  }
  float partition = sum(p, count);
  float share = 1 / partition;
  MAP(p, p, count, a * share);
  return top + logf(partition);
}

static float entropy(const float *scores, const float *p, float partition, ptrdiff_t count) {
  lanes sums = repeated(0);
  for (ptrdiff_t i = 0; i < count; i += 16) {
    bool whole = i + 16 <= count;
    lanes share = whole ? load(p + i) : load_partly(p + i, count - i);
    lanes score = whole ? load(scores + i) : load_partly(scores + i, count - i);
    lanes term = share * (partition - score);
    sums += share == 0 ? repeated(0) : term;
  }
  return total(sums);
}

static void pick_back(
    const float *scores, const float *p, float slope, float shift, float *d, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) {
    lanes share = load(p + i);
    lanes back = share * fused(repeated(slope), load(scores + i), repeated(shift));
    store(load(d + i) - (share == 0 ? repeated(0) : back), d + i);
  }
  for (; i < count; i++) {
    if (p[i] != 0) d[i] -= p[i] * (slope * scores[i] + shift);
  }
}
