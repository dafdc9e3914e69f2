package import EventIngest
import Foundation
import JSON
package import Sessions
import Synchronization

/// What users of several replicas saw and did lately, in a Redis server that they share.
///
/// A user is a list of events, the newest of which are kept: `PREFIX:user:ID`. The histories are made of
/// them when they are asked for, by the same code as in one process. `PREFIX:list:ID` says whose a list is.
/// Both expire with the window.
package final class RedisState: UserMemory {
  private struct Pool {
    var idle: [RedisConnection] = []
    /// Until then nobody tries: a server that is gone would cost every request its time limit.
    var restUntil: ContinuousClock.Instant?
    var lastError: UserMemoryError?
  }

  private let pool = Mutex(Pool())
  private let configuration: SessionStateConfiguration
  private let redis: RedisConfiguration
  /// Events of a user that are kept.
  private let most: Int

  package init(_ configuration: SessionStateConfiguration, _ redis: RedisConfiguration) {
    self.configuration = configuration
    self.redis = redis
    // A list is one event and an interaction another; lists of few items need many of them.
    most = configuration.lengths.values.reduce(0, +)
  }

  package func history(
    of user: String, before time: Double
  ) throws(UserMemoryError) -> [Behaviour] {
    guard !user.isEmpty else { return [] }
    let reply = try run { connection throws(UserMemoryError) in
      try connection.run(self.command("LRANGE", self.key("user", user), "0", "-1"))
    }
    guard case .list(let lines) = reply else { return [] }
    var events: [(time: Double, event: LogEvent)] = []
    for case .text(let line) in lines {
      guard let json = try? JSONScanner.parse(line), let event = try? LogEvent(json: json) else {
        continue
      }
      events.append((event.time ?? time, event))
    }
    var histories = UserHistories(
      HistoryOptions(lengths: configuration.lengths, window: configuration.windowSeconds),
      users: 1, lists: max(1, events.count))
    // Replicas append as they come; a stable sort by time is the order that one process would see.
    for (_, element) in events.enumerated().sorted(by: {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }) {
      switch element.event {
      case .ranking(let ranking):
        histories.show(
          ranking.items.map(\.candidate), in: ranking.id, to: user, at: ranking.time)
      case .interaction(let interaction): histories.add(interaction)
      case .item, .user: break
      }
    }
    return histories.history(of: user, before: time)
  }

  package func show(
    _ items: [Candidate], in list: String, to user: String, at time: Double
  ) throws(UserMemoryError) {
    guard !user.isEmpty else { return }
    let event: JSONValue = [
      "event": "ranking", "id": .string(list), "user": .string(user), "timestamp": .number(time),
      "items": .array(
        items.map { ["id": .string($0.id), "fields": $0.features.json] }),
    ]
    let line: [UInt8] = event.serialized()
    try run { connection throws(UserMemoryError) in
      try self.append(line, to: user, connection)
      _ = try connection.run(
        self.command("SET", self.key("list", list), user, "EX", self.seconds))
    }
  }

  @discardableResult
  package func add(_ interactions: [InteractionEvent]) throws(UserMemoryError) -> Int {
    try run { connection throws(UserMemoryError) in
      var count = 0
      for event in interactions {
        let owner = try connection.run(self.command("GET", self.key("list", event.ranking)))
        guard case .text(let user) = owner else { continue }
        try self.append(event.line, to: String(decoding: user, as: UTF8.self), connection)
        count += 1
      }
      return count
    }
  }

  private func append(
    _ line: [UInt8], to user: String, _ connection: RedisConnection
  ) throws(UserMemoryError) {
    let key = key("user", user)
    _ = try connection.run([Array("RPUSH".utf8), Array(key.utf8), line])
    _ = try connection.run(command("LTRIM", key, "-\(most)", "-1"))
    _ = try connection.run(command("EXPIRE", key, seconds))
  }

  private var seconds: String { "\(Int(max(1, configuration.windowSeconds.rounded(.up))))" }

  private func key(_ kind: String, _ name: String) -> String { "\(redis.prefix):\(kind):\(name)" }

  private func command(_ words: String...) -> [[UInt8]] { words.map { Array($0.utf8) } }

  /// Runs a command, or several, on a connection that nobody else uses.
  @discardableResult
  private func run<Value>(
    _ body: (RedisConnection) throws(UserMemoryError) -> Value
  ) throws(UserMemoryError) -> Value {
    let (idle, failure) = pool.withLock { pool -> (RedisConnection?, UserMemoryError?) in
      if let until = pool.restUntil, ContinuousClock.now < until { return (nil, pool.lastError) }
      return (pool.idle.popLast(), nil)
    }
    if let failure { throw failure }
    do throws(UserMemoryError) {
      let connection: RedisConnection
      if let idle { connection = idle } else { connection = try RedisConnection(redis) }
      let value = try body(connection)
      pool.withLock { pool in
        pool.idle.append(connection)
        pool.restUntil = nil
      }
      return value
    } catch {
      pool.withLock { pool in
        // The others are as likely to be of no use.
        pool.idle = []
        pool.restUntil = ContinuousClock.now + .seconds(1)
        pool.lastError = error
      }
      throw error
    }
  }
}
