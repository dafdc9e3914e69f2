/// The report's answer to one question, in words that the text, the page and the Markdown share.
struct Finding {
  enum Tone: String {
    case good, mixed, bad, unknown
  }

  let question: String
  let answer: String
  let tone: Tone
  /// The figure to show largest, and what it counts; nil when there is none.
  let figure: (value: String, meaning: String)?
  /// Further figures, most important first.
  let facts: [(label: String, value: String)]
  /// From which figures on the answer would be another, and what it does not say.
  let rule: String

  /// A question that the report has no figures for.
  static func unknown(_ question: String, _ answer: String, why: String) -> Finding {
    Finding(
      question: question, answer: answer, tone: .unknown, figure: nil, facts: [], rule: why)
  }
}

/// How far one viewpoint's figures carry an answer, from worst to best.
enum Verdict: Int, Comparable {
  case no, undecided, partly, yes

  static func < (one: Verdict, other: Verdict) -> Bool { one.rawValue < other.rawValue }

  /// The verdict on a figure by two thresholds.
  init(_ value: Double, yes: Double, partly: Double) {
    self = value >= yes ? .yes : value >= partly ? .partly : .no
  }

  var tone: Finding.Tone {
    switch self {
    case .yes: .good
    case .partly, .undecided: .mixed
    case .no: .bad
    }
  }
}
