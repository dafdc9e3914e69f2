import Features
import Sessions

/// What sessions look like, counted for a reader.
struct SessionOverview {
  /// Rows, and how many of them have each feature.
  struct Side {
    var rows = 0
    var features: [String: Int] = [:]

    mutating func add(_ row: [String: FeatureValue]) {
      rows += 1
      for name in row.keys { features[name, default: 0] += 1 }
    }
  }

  private(set) var sessions = 0
  private(set) var users: Set<UInt64> = []
  private(set) var candidates = Spread()
  private(set) var shown = Spread()
  private(set) var item = Side()
  private(set) var user = Side()
  private(set) var context = Side()
  /// Sessions with at least one behaviour, and how many of each type these have.
  private(set) var withHistory = 0
  private var behaviours: [String: Spread] = [:]

  /// Least, most and mean of a count.
  struct Spread {
    private var total = 0
    private var count = 0
    private(set) var least = 0
    private(set) var most = 0

    /// - Parameter zeros: how many counts of nothing there were before the first.
    init(zeros: Int = 0) { count = zeros }

    mutating func add(_ value: Int) {
      least = count == 0 ? value : min(least, value)
      most = max(most, value)
      total += value
      count += 1
    }

    /// `12`, or `8 to 40, on average 21.5`.
    var text: String {
      guard count > 0, least < most else { return "\(least)" }
      let mean = (Double(total) / Double(count) * 10).rounded() / 10
      return "\(least) to \(most), on average \(mean)"
    }
  }

  mutating func add(_ session: Session) {
    let request = session.request
    sessions += 1
    users.insert(FittedSchema.userKey(request.user.id))
    candidates.add(request.candidates.count)
    shown.add(session.shown.count)
    for candidate in request.candidates { item.add(candidate.features) }
    user.add(request.user.features)
    context.add(request.context)
    add(request.history)
  }

  private mutating func add(_ history: [Behaviour]) {
    guard !history.isEmpty else { return }
    var counts: [String: Int] = [:]
    for behaviour in history { counts[behaviour.type, default: 0] += 1 }
    // A type that is seen for the first time was missing in all histories before.
    for type in counts.keys where behaviours[type] == nil {
      behaviours[type] = Spread(zeros: withHistory)
    }
    withHistory += 1
    for type in behaviours.keys { behaviours[type]?.add(counts[type] ?? 0) }
  }

  /// `240 of 300 sessions have one; click: 0 to 20, on average 8.3; exposure: 20`, or nil without behaviours.
  var historyText: String? {
    guard withHistory > 0 else { return nil }
    let types = behaviours.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }
    return (["\(withHistory) of \(sessions) sessions have one"] + types).joined(separator: "; ")
  }
}
