import JSON

/// What `validateSessions` found in a file.
public struct ValidationReport: Sendable, Equatable, Codable {
  /// One feedback kind over the sound sessions.
  public struct Feedback: Sendable, Equatable, Codable {
    /// Sessions that have the kind at all.
    public var sessions = 0
    public var shown = 0
    public var sum = 0.0
    /// What is odd about the values, worded for the owner of the log; nil for nothing.
    public var remark: String?
    /// Values that are neither 0 nor 1.
    var otherCount = 0
    /// The first of them, and its line.
    var firstOther: (value: Float, line: Int)?
    /// Mean per shown item; 0 without any.
    public var mean: Double { shown > 0 ? sum / Double(shown) : 0 }

    enum CodingKeys: String, CodingKey {
      case sessions, shown, sum, remark
    }

    public static func == (a: Feedback, b: Feedback) -> Bool {
      (a.sessions, a.shown, a.sum, a.remark) == (b.sessions, b.shown, b.sum, b.remark)
    }
  }

  /// The smallest and largest number seen; nil before the first.
  public struct Range: Sendable, Equatable, Codable {
    public var least: Double
    public var greatest: Double
  }

  public var path: String
  public var lines = 0
  /// Sound sessions; the counts below are over these.
  public var sessions = 0
  public var candidates = 0
  public var shown = 0
  public var users = 0
  /// Sessions whose id an earlier line has already.
  public var repeatedIDs = 0
  public var withPropensity = 0
  /// Behaviours in the histories, by type.
  public var behaviours: [String: Int] = [:]
  public var feedback: [String: Feedback] = [:]
  /// Seconds since 1970-01-01 UTC.
  public var time: Range?
  /// M, candidates per session.
  public var candidatesPerSession: Range?
  /// N, shown items per session.
  public var shownPerSession: Range?
  /// The first faults in full.
  public var faults: [LineError] = []
  /// The rest, counted by pointer with `*` for array indices.
  public var furtherFaults: [String: Int] = [:]

  public init(path: String) {
    self.path = path
  }

  public var faultCount: Int { faults.count + furtherFaults.values.reduce(0, +) }
  public var isSound: Bool { faultCount == 0 }
}

extension ValidationReport: CustomStringConvertible {
  public var description: String {
    var rows: [(String, String)] = [
      ("lines", "\(lines)"), ("sound sessions", "\(sessions)"), ("users", "\(users)"),
      ("candidates", "\(candidates)" + text(candidatesPerSession, " per session")),
      ("shown", "\(shown)" + text(shownPerSession, " per session")),
      ("time", time.map { "\(number($0.least)) to \(number($0.greatest)) s since 1970" } ?? "-"),
      ("with propensity", "\(withPropensity)"), ("repeated ids", "\(repeatedIDs)"),
    ]
    if !behaviours.isEmpty {
      let types = behaviours.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      rows.append(("history", types.joined(separator: ", ")))
    }
    for (kind, counts) in feedback.sorted(by: { $0.key < $1.key }) {
      let mean = number((counts.mean * 1e4).rounded() / 1e4)
      rows.append(("feedback \(kind)", "mean \(mean) in \(counts.sessions) sessions"))
      if let remark = counts.remark { rows.append(("", remark)) }
    }
    rows.append(("faults", "\(faultCount)"))
    let further = furtherFaults.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return
      ([path] + table(rows) + faults.map(\.description)
      + further.map { "further faults in \($0.key): \($0.value)" }).joined(separator: "\n")
  }

  private func text(_ range: Range?, _ unit: String) -> String {
    range.map { ", \(number($0.least)) to \(number($0.greatest))\(unit)" } ?? ""
  }

  private func number(_ value: Double) -> String { JSONValue.number(value).serialized() }
}

/// Rows of a name and a value, the values in one column.
package func table(_ rows: [(String, String)]) -> [String] {
  let width = rows.map(\.0.count).max() ?? 0
  return rows.map { name, value in
    "  " + name + String(repeating: " ", count: width - name.count + 2) + value
  }
}
