import Foundation
import RandomStreams
import Sessions

extension FeedWorld {
  static let devices = ["phone", "tablet", "desktop"]

  /// A request at a time: who asks, in which context, for which candidates.
  func draw(
    id: String, user: Int, at time: Double, _ stream: inout RandomStream
  ) -> Request {
    let deviceDraw = stream.uniform()
    let device = FeedWorld.devices[deviceDraw < 0.65 ? 0 : deviceDraw < 0.75 ? 1 : 2]
    let hour = Int(time / 3600) % 24
    let retrieved = retrieve(for: users[user], at: time, &stream)
    let trigger =
      stream.uniform() < configuration.triggerShare ? retrieved.nearest : nil
    var candidates = retrieved.items.map { item in
      candidate(
        item, user: users[user], at: time, isTrigger: item == trigger, noise: stream.normal())
    }
    if configuration.inserts > 0 {
      let inserts = insertItems(for: users[user], besides: retrieved.items, &stream)
      candidates += inserts.map { channel, item in
        var insert = candidate(
          item, user: users[user], at: time, isTrigger: false, noise: stream.normal())
        insert.features[channel.flag] = .flag(true)
        return insert
      }
    }
    var request = Request(
      id: id, user: User(id: "u\(user)", features: userFeatures[user]),
      context: ["hour": .number(Double(hour)), "device": .text(device)], candidates: candidates)
    if configuration.survival { addDevice(to: &request, &stream) }
    if let upstream = configuration.upstream {
      addUpstream(
        to: &request, user: user, numbers: retrieved.items, at: time, upstream, &stream)
    }
    return request
  }

  static let networks = ["wifi", "4g", "3g"]

  /// How slow a network is, 0 for one that never stalls to 1.
  static func slowness(of network: String?) -> Double {
    switch network {
    case "3g": 1
    case "4g": 0.3
    default: 0
    }
  }

  /// What only the device knows: its network, and the share of each item that is loaded already.
  private func addDevice(to request: inout Request, _ stream: inout RandomStream) {
    let draw = stream.uniform()
    request.context["network"] = .text(Self.networks[draw < 0.4 ? 0 : draw < 0.75 ? 1 : 2])
    for i in request.candidates.indices {
      let loaded = stream.uniform() < 0.4 ? stream.uniform() : 0
      request.candidates[i].features["loaded"] = .number(rounded(loaded, 100))
    }
  }

  /// Who comes, by number.
  func user(_ stream: inout RandomStream) -> Int {
    // Squared, so that some users come often and most seldom.
    let draw = stream.uniform()
    return Int(draw * draw * Double(users.count))
  }

  private func candidate(
    _ number: Int, user: FeedUser, at time: Double, isTrigger: Bool, noise: Double
  ) -> Candidate {
    let item = items[number]
    let age = item.age(at: time, lifetime: configuration.lifetimeDays)
    let cold = age < configuration.coldDays
    var features = itemFeatures[number]
    features["age_days"] = .number(rounded(age, 100))
    features["is_cold"] = .flag(cold)
    features["score"] = .number(score(item, user: user, cold: cold, noise: noise))
    // Nobody has rated a new item yet.
    if cold { features["rating"] = nil }
    if isTrigger { features["trigger"] = .flag(true) }
    return Candidate(id: "i\(number)", features: features)
  }

  /// The upstream score in 0...1: ranks decently, is no probability, and underrates cold items.
  private func score(_ item: FeedItem, user: FeedUser, cold: Bool, noise: Double) -> Double {
    let c = configuration
    let spread = (c.tasteWeight * c.tasteWeight + c.qualityWeight * c.qualityWeight).squareRoot()
    let appeal =
      c.tasteWeight * tasteMatch(user.taste, item.topic) + c.qualityWeight * item.quality
    // Half of the error's variance stays with the item, half is new in every request.
    let error = c.scoreNoise * (item.scoreError + noise) / 2.0.squareRoot()
    let estimate =
      (spread > 0 ? appeal / spread : 0) + error - (cold ? c.coldBias : 0)
    return rounded(1 / (1 + exp(-estimate)), 10_000)
  }
}
