import Foundation
import RandomStreams
package import Sessions

extension LatentWorld {
  /// The request part of session number `index`.
  package func request(_ index: Int) -> Request {
    precondition(index >= 0, "sessions are numbered from 0, got \(index)")
    var stream = stream("request", index)
    // Squared, so that some users come often and most seldom.
    let draw = stream.uniform()
    let user = Int(draw * draw * Double(users.count))
    let candidates = retrieve(for: users[user], &stream).map { number in
      var features = itemFeatures[number]
      let score = score(items[number], for: users[user], noise: stream.normal())
      features["score"] = .number(score)
      return Candidate(id: "i\(number)", features: features)
    }
    return Request(
      id: "r\(index)", user: User(id: "u\(user)", features: userFeatures[user]), context: [:],
      candidates: candidates)
  }

  /// Candidates in no meaningful order: the nearest of six times as many random items by a coarse
  /// retrieval, and random ones.
  private func retrieve(for user: LatentUser, _ stream: inout RandomStream) -> [Int] {
    let wanted = configuration.candidates
    let near = Int(configuration.nearShare * Double(wanted))
    var picked = PickedItems(capacity: wanted, of: items.count)
    let pool = (0..<6 * near).map { _ in
      let item = stream.below(items.count)
      let error = 0.5 * (stream.uniform() - 0.5)
      return (item: item, match: dot(user.preference, items[item].vector) + error)
    }.sorted { ($0.match, $0.item) > ($1.match, $1.item) }
    for found in pool where picked.list.count < near { picked.add(found.item) }
    while picked.list.count < wanted { picked.add(stream.below(items.count)) }
    return picked.list.shuffled(using: &stream)
  }

  /// The upstream score in 0...1: ranks decently item by item, is no probability, and underrates
  /// new items.
  private func score(_ item: LatentItem, for user: LatentUser, noise: Double) -> Double {
    let c = configuration
    // The product of two vectors of length 1 varies by about .45 over the candidates.
    let spread = (0.2 * c.preferenceWeight * c.preferenceWeight + c.qualityWeight * c.qualityWeight)
      .squareRoot()
    let appeal =
      c.preferenceWeight * dot(user.preference, item.vector) + c.qualityWeight * item.quality
    // Half of the error's variance stays with the item, half is new in every request.
    let error = c.scoreNoise * (item.scoreError + noise) / 2.0.squareRoot()
    let estimate = (spread > 0 ? appeal / spread : 0) + error - (item.isNew ? c.newBias : 0)
    return rounded(1 / (1 + exp(-estimate)), 10_000)
  }
}
