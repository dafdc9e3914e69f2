/// Puts the parts of a progress line together, as many as fit.
struct ProgressLayout {
  var label: String
  var done: Int
  /// nil when nobody knows.
  var total: Int?
  var unit: String
  /// Units per second, nil if not known yet.
  var rate: Double?
  var counts: [(name: String, value: Int)] = []
  var figures: [ProgressLine.Figure]

  private static let barWidths = 6...30

  /// For places where nothing can be redrawn.
  var plain: String {
    let state = total.map { "\(percent)% (\(done)/\($0) \(unit))" } ?? "\(done) \(unit)"
    return ([label, state] + details).joined(separator: "  ")
  }

  /// One line of less than the terminal's width: the last column makes some terminals wrap.
  ///
  /// The bar takes what is left; if that is too little, details are dropped from the end.
  func line(on terminal: ProgressLine.Terminal) -> String {
    let width = max(terminal.width() - 1, 1)
    guard total != nil else { return String(plain.prefix(width)) }
    var tail = ["\(percent)%"] + details
    while tail.count > 1, width < length(of: tail) + Self.barWidths.lowerBound {
      tail.removeLast()
    }
    let text = tail.joined(separator: "  ")
    let room = min(width - length(of: tail), Self.barWidths.upperBound)
    guard room >= Self.barWidths.lowerBound else {
      return String("\(label) \(text)".prefix(width))
    }
    return "\(label) \(bar(width: room, on: terminal)) \(text)"
  }

  /// Columns taken by all but the bar.
  private func length(of tail: [String]) -> Int {
    label.count + 2 + tail.joined(separator: "  ").count
  }

  private var details: [String] {
    var parts: [String] = []
    if let rate {
      parts.append("\(ProgressText.rate(rate)) \(unit)/s")
      if let total, done < total {
        let left = rate > 0 ? Double(total - done) / rate : .infinity
        parts.append("\(ProgressText.duration(left)) left")
      }
    }
    parts += counts.map { "\($0.name) \($0.value)" }
    return parts + figures.map { "\($0.name) \(ProgressText.number($0.value, digits: 3))" }
  }

  /// 0...1; nothing to do is all done.
  private var share: Double {
    guard let total, total > 0 else { return 1 }
    return min(max(Double(done) / Double(total), 0), 1)
  }

  /// Rounded down, so that 100 means done.
  private var percent: Int { Int(share * 100) }

  private func bar(width: Int, on terminal: ProgressLine.Terminal) -> String {
    let filled = Int(share * Double(width))
    let full = String(repeating: terminal.unicode ? "█" : "#", count: filled)
    let rest = String(repeating: terminal.unicode ? "░" : ".", count: width - filled)
    return (terminal.colour && filled > 0 ? "\u{1b}[32m\(full)\u{1b}[0m" : full) + rest
  }
}
