import RandomStreams

extension FeedWorld {
  /// Candidates of a request in no meaningful order, and the nearest to the user's taste.
  ///
  /// Shares of the campaign and of cold items are drawn for the request. Of what they leave, two
  /// sevenths are popular and a fifth random; the rest is the nearest to the user's taste, as a
  /// noisy retrieval finds them, of six times as many random items.
  func retrieve(
    for user: FeedUser, at time: Double, _ stream: inout RandomStream
  ) -> (items: [Int], nearest: Int) {
    let c = configuration
    let wanted = candidateCount(&stream) - c.mostInserts
    var picked = PickedItems(capacity: wanted, of: items.count)
    // Of a mixed feed these are the organic items: products.
    func take(_ item: Int) {
      if c.inserts == 0 || items[item].kind == .product { picked.add(item) }
    }
    let campaign = share(mean: c.campaignShare, spread: c.campaignSpread, &stream)
    if campaign > 0 {
      let shop = itemsOfShops[items[popular.pick(stream.uniform())].shop]
      for _ in 0..<Int(campaign * Double(wanted)) { take(shop[stream.below(shop.count)]) }
    }
    let cold = share(mean: c.coldShare, spread: c.coldSpread, &stream)
    let room = wanted - picked.list.count
    for _ in 0..<Int(cold * Double(room)) { take(coldItem(at: time, &stream)) }
    let rest = wanted - picked.list.count
    for _ in 0..<rest * 2 / 7 { take(popular.pick(stream.uniform())) }
    for _ in 0..<rest / 5 { take(stream.below(items.count)) }

    let pool = (0..<6 * (wanted - picked.list.count)).map { _ in
      let item = stream.below(items.count)
      // Half a standard deviation of uniform error: the retrieval model is coarse.
      let error = 1.7 * (stream.uniform() - 0.5)
      return (item: item, match: tasteMatch(user.taste, items[item].topic) + error)
    }.sorted { ($0.match, $0.item) > ($1.match, $1.item) }
    for near in pool where picked.list.count < wanted { take(near.item) }
    // A small world can run out of distinct items in the pool.
    while picked.list.count < wanted { take(stream.below(items.count)) }
    return (picked.list.shuffled(using: &stream), pool.first?.item ?? picked.list[0])
  }

  /// A share of one request: Beta-distributed around its mean, or the mean when there is no spread.
  ///
  /// With variance `spread^2 mean (1 - mean)` the two parameters sum to `1 / spread^2 - 1`.
  private func share(
    mean: Double, spread: Double, _ stream: inout RandomStream
  ) -> Double {
    guard spread > 0, mean > 0, mean < 1 else { return mean }
    let concentration = 1 / (spread * spread) - 1
    return stream.dirichlet([mean * concentration, (1 - mean) * concentration])[0]
  }

  private func candidateCount(_ stream: inout RandomStream) -> Int {
    let c = configuration
    guard c.varyCandidates else { return c.candidates }
    let fewest = max(c.listLength + c.mostInserts, c.candidates / 2)
    return fewest + stream.below(c.mostCandidates - fewest + 1)
  }

  /// An item launched within the last `coldDays`: launches are in the order of the numbers.
  private func coldItem(at time: Double, _ stream: inout RandomStream) -> Int {
    let c = configuration
    let launch = time / 86400 - stream.uniform() * c.coldDays
    let phase = (launch / c.lifetimeDays).truncatingRemainder(dividingBy: 1)
    return Int((phase < 0 ? phase + 1 : phase) * Double(items.count)) % items.count
  }
}
