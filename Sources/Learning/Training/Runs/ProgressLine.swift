/// Shows how far a long task is: a bar that is redrawn on a terminal, a line every few seconds
/// elsewhere.
///
/// `train generator ######.... 62%  312 requests/s  1m 05s left  reward 0.812`
package struct ProgressLine: Sendable {
  /// A terminal that a line can be redrawn on.
  package struct Terminal: Sendable {
    /// Columns, asked before each redrawing since windows change.
    package var width: @Sendable () -> Int
    package var colour: Bool
    /// Whether block characters can be shown.
    package var unicode: Bool

    package init(width: @escaping @Sendable () -> Int, colour: Bool, unicode: Bool) {
      self.width = width
      self.colour = colour
      self.unicode = unicode
    }
  }

  /// A live number such as the reward, shown with three digits after the point.
  package typealias Figure = (name: String, value: Double)

  static let redrawSeconds = 0.1
  static let plainSeconds = 5.0

  private let label: String
  private let total: Int?
  private let unit: String
  private let terminal: Terminal?
  private let clock: @Sendable () -> Double
  private let output: @Sendable (String) -> Void
  private var pace: ProgressPace
  private var done: Int
  private var figures: [Figure] = []
  private var counts: [(name: String, value: Int)] = []
  private var lastShown: Double?
  private var finished = false

  /// - Parameters:
  ///   - total: how much there is to do, in `unit`s; nil when nobody knows.
  ///   - start: how much a resumed run had done already.
  ///   - terminal: nil for plain lines.
  ///   - clock: seconds that never run backwards.
  ///   - output: takes the text, line ends included.
  package init(
    label: String, total: Int?, unit: String = "requests", start: Int = 0, terminal: Terminal?,
    clock: @escaping @Sendable () -> Double, output: @escaping @Sendable (String) -> Void
  ) {
    self.label = label
    self.total = total
    self.unit = unit
    self.terminal = terminal
    self.clock = clock
    self.output = output
    done = start
    let now = clock()
    pace = ProgressPace(time: now, done: start)
    lastShown = terminal == nil ? now : nil
  }

  /// Takes the state in, and shows it unless the last showing was just before.
  ///
  /// - Parameter counts: shown before the figures, as whole numbers.
  package mutating func update(
    _ done: Int, counts: [(name: String, value: Int)] = [], figures: [Figure] = []
  ) {
    self.done = done
    self.counts = counts
    self.figures = figures
    let now = clock()
    let pause = terminal == nil ? Self.plainSeconds : Self.redrawSeconds
    if let lastShown, now - lastShown < pause { return }
    show(at: now)
  }

  /// Prints a line of its own above the bar.
  package mutating func note(_ text: String) {
    output(terminal == nil ? "\(text)\n" : "\r\u{1b}[K\(text)\n")
    if terminal != nil, lastShown != nil, !finished { show(at: clock()) }
  }

  /// Shows the last state and ends the line; later calls do nothing.
  package mutating func finish() {
    if finished { return }
    show(at: clock())
    if terminal != nil { output("\n") }
    finished = true
  }

  /// Takes the line away again, for what was over before it was done; later calls do nothing.
  package mutating func clear() {
    if !finished, terminal != nil, lastShown != nil { output("\r\u{1b}[K") }
    finished = true
  }

  private mutating func show(at now: Double) {
    if finished { return }
    pace.update(time: now, done: done)
    lastShown = now
    let layout = ProgressLayout(
      label: label, done: done, total: total, unit: unit, rate: pace.rate, counts: counts,
      figures: figures)
    if let terminal {
      output("\r" + layout.line(on: terminal) + "\u{1b}[K")
    } else {
      output(layout.plain + "\n")
    }
  }
}
