// Additive attention of one request's queries against its keys; see AdditiveAttention.swift for the
// formula. tanh(q + k) = 1 - 2 / (1 + e^2q e^2k), so exponentials are taken once for a query and once for
// a key, and a pair costs a division.

// y = e^2x, with x held within 20, where the tangent has long been 1: no product of two leaves the
// range of a float.
static void additive_powers(const float *x, float *y, ptrdiff_t count) {
  const lanes most = repeated(20), least = repeated(-20);
  ptrdiff_t i = 0;
  for (; i + 16 <= count; i += 16) {
    lanes a = load(x + i);
    a = a > most ? most : a;
    a = a < least ? least : a;
    store(exponential(2 * a), y + i);
  }
  if (i == count) return;
  lanes a = load_partly(x + i, count - i);
  a = a > most ? most : a;
  a = a < least ? least : a;
  store_partly(exponential(2 * a), y + i, count - i);
}

static void additive_scores(const struct fader_additive *p, float *scores) {
  float whole = sum(p->v, p->a);
  for (ptrdiff_t t = 0; t < p->queries; t++) {
    const float *query = p->query + t * p->a;
    for (ptrdiff_t j = 0; j < p->keys; j++) {
      const float *key = p->key + j * p->a;
      lanes shares = repeated(0);
      ptrdiff_t column = 0;
      // v / x + w / y = (v y + w x) / (x y): one division for two. Where x y leaves the range of a float,
      // both parts are as good as 0, and so is the quotient.
      for (; column + 32 <= p->a; column += 32) {
        lanes x = 1 + load(query + column) * load(key + column);
        lanes y = 1 + load(query + column + 16) * load(key + column + 16);
        lanes both = load(p->v + column) * y;
        shares += fused(load(p->v + column + 16), x, both) / (x * y);
      }
      for (; column < p->a; column += 16) {
        lanes product = load(query + column) * load(key + column);
        shares += load(p->v + column) / (1 + product);
      }
      scores[t * p->keys + j] = whole - 2 * total(shares);
    }
  }
}

static void additive_back(
    const struct fader_additive *p, const float *gradient, struct fader_additive_gradient d) {
  for (ptrdiff_t t = 0; t < p->queries; t++) {
    for (ptrdiff_t column = 0; column < p->a; column += 16) {
      lanes query = load(p->query + t * p->a + column), v = load(p->v + column);
      lanes own = repeated(0), weights = repeated(0);
      for (ptrdiff_t j = 0; j < p->keys; j++) {
        lanes share = 1 / (1 + query * load(p->key + j * p->a + column));
        lanes g = repeated(gradient[t * p->keys + j]);
        weights = fused(g, 1 - 2 * share, weights);
        lanes slope = 4 * share * (1 - share) * v * g;
        own += slope;
        float *key = d.key + j * p->a + column;
        store(load(key) + slope, key);
      }
      store(load(d.query + t * p->a + column) + own, d.query + t * p->a + column);
      store(load(d.v + column) + weights, d.v + column);
    }
  }
}
