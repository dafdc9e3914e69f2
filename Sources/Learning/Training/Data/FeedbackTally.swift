import EvaluatorModel
import Features
import Sessions

/// The values of one kind of feedback, counted: whether they are 0 and 1, or numbers.
struct FeedbackTally: Sendable {
  /// A value that is neither 0 nor 1, and the id of the session it stands in.
  struct Odd: Sendable, Equatable {
    let value: Float
    let session: String
  }

  /// Values of all sessions, whatever their part.
  private(set) var values = 0
  private(set) var oddValues = 0
  private(set) var firstOdd: Odd?
  /// Whether a training session has the kind.
  private(set) var isInTraining = false
  /// Of training sessions, ones and all that is 0 or 1.
  private(set) var ones = 0
  private(set) var zerosAndOnes = 0
  private var count = 0.0
  private var sum = 0.0
  private var squares = 0.0

  mutating func add(_ feedback: [Float], session: String, isTraining: Bool) {
    let feedback = feedback.filter { !$0.isNaN }
    values += feedback.count
    for value in feedback where value.isOdd {
      oddValues += 1
      if firstOdd == nil { firstOdd = Odd(value: value, session: session) }
    }
    guard isTraining else { return }
    isInTraining = true
    for value in feedback {
      if value == 1 { ones += 1 }
      if !value.isOdd { zerosAndOnes += 1 }
      count += 1
      sum += Double(value)
      squares += Double(value) * Double(value)
    }
  }

  /// Too few odd values for a number, so that each is likely to be a fault of the log.
  var isNearlyBinary: Bool { OddFeedback.isOdd(oddValues, of: values) }

  /// Of the training sessions; 0 without any.
  var mean: Double { count > 0 ? sum / count : 0 }

  /// What a number is divided by for training: its standard deviation in the training sessions, or
  /// 1 where that is 0.
  var unit: Float {
    let deviation = (squares / count - mean * mean).squareRoot()
    return deviation > 0 ? Float(deviation) : 1
  }

  /// How the kind is predicted.
  func kind(declared: FeedbackType?) -> EvaluatorHead.Kind {
    switch declared {
    case .binary: .binary
    case .number: .number
    case nil: oddValues == 0 ? .binary : .number
    }
  }

  /// `3 of 100000 values (the first is 2, in session "s17")`.
  var oddText: String {
    let first = firstOdd.map { " (the first is \($0.value), in session \"\($0.session)\")" }
    return "\(oddValues) of \(values) values" + (first ?? "")
  }
}

extension Float {
  /// A number that is neither 0 nor 1.
  fileprivate var isOdd: Bool { self != 0 && self != 1 && !isNaN }
}

extension EncodedSession {
  /// The session without the values of binary kinds that are neither 0 nor 1: they become NaN, as
  /// if the log said nothing about their places. The other places of the list keep theirs.
  ///
  /// - Parameter kinds: places of the binary kinds in `feedback`.
  func leavingOutOddValues(of kinds: [Int]) -> EncodedSession {
    guard kinds.contains(where: { feedback[$0].contains(where: \.isOdd) }) else { return self }
    var copy = self
    for kind in kinds {
      for slot in copy.feedback[kind].indices where copy.feedback[kind][slot].isOdd {
        copy.feedback[kind][slot] = .nan
      }
    }
    return copy
  }
}
