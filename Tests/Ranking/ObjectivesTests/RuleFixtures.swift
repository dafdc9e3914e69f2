import Foundation
import Objectives
import RandomStreams
import Sessions
import Testing

/// A rule with a slow, direct definition of its value beside it.
struct RuleCase: Sendable, CustomTestStringConvertible {
  var name: String
  var rule: any RuleUtility
  var direct: @Sendable ([Float]) -> Float

  var testDescription: String { name }

  /// Definitions over the list's own numbers, top down.
  static let all: [RuleCase] = [
    RuleCase(name: "share", rule: Share(flag: "f")) { mean($0) },
    RuleCase(name: "quota", rule: Quota(flag: "f", target: 0.3)) { min(mean($0) / 0.3, 1) },
    RuleCase(name: "distinct", rule: Distinct(group: "g")) { numbers in
      Float(Set(numbers).count) / Float(numbers.count)
    },
    RuleCase(name: "distinct in 2", rule: Distinct(group: "g", window: 2)) { numbers in
      var fresh: Float = 0
      for t in numbers.indices {
        if !(max(t - 2, 0)..<t).contains(where: { numbers[$0] == numbers[t] }) { fresh += 1 }
      }
      return fresh / Float(numbers.count)
    },
    RuleCase(name: "order", rule: Order(priority: "p")) { numbers in
      var kept: Float = 0
      var pairs: Float = 0
      for i in numbers.indices {
        for j in numbers.indices where i < j {
          pairs += 1
          if numbers[i] >= numbers[j] { kept += 1 }
        }
      }
      return pairs == 0 ? 1 : kept / pairs
    },
    RuleCase(name: "mean", rule: Mean(number: "x")) { mean($0) },
    RuleCase(name: "discounted", rule: Discounted(number: "x")) { numbers in
      let weights = numbers.indices.map { 1 / log2(Float($0 + 2)) }
      let sum = zip(numbers, weights).reduce(0) { $0 + $1.0 * $1.1 }
      return sum / weights.reduce(0, +)
    },
    RuleCase(name: "threshold", rule: Threshold(flag: "f", target: 0.3)) { numbers in
      mean(numbers) >= 0.3 - 1e-5 ? 1 : 0
    },
    RuleCase(name: "threshold with a ramp", rule: Threshold(flag: "f", target: 0.4, ramp: 0.5)) {
      numbers in
      let wanted = max((Float(numbers.count) * 0.4 - 1e-4).rounded(.up), 1)
      return min(max(2 * numbers.reduce(0, +) / wanted - 1, 0), 1)
    },
    RuleCase(name: "gated", rule: Gated(flag: "f", target: 0.3)) { mean($0) },
    RuleCase(name: "distinct in the first 3", rule: DistinctFirst(group: "g", places: 3)) {
      numbers in
      Float(Set(numbers.prefix(3)).count) / Float(min(3, numbers.count))
    },
    RuleCase(name: "above", rule: AboveFloor(feature: "x", options: ["floor": 2])) { numbers in
      mean(numbers.map { $0 < 2 ? 0 : 1 })
    },
  ]

  private static func mean(_ numbers: [Float]) -> Float {
    numbers.reduce(0, +) / Float(numbers.count)
  }

  /// A column of the rule's kind over `count` candidates.
  func column(_ count: Int, _ stream: inout RandomStream) -> [Float] {
    (0..<count).map { _ in
      switch rule.column.kind {
      case .flag: Float(stream.below(2))
      case .group: Float(stream.below(max(count / 2, 1)))
      case .number: Float(stream.below(5)) + (rule is Order ? 0 : Float(stream.uniform()))
      }
    }
  }
}
