package import Autodiff
import Features
package import Networks

/// One way of looking at a list as a whole: what it says of the list, and of each slot.
///
/// A channel makes its parameters when the evaluator is made, in the order of `EvaluatorChannels`.
/// A list's prediction may depend on nothing but that list: slots past its end give zeros.
package protocol EvaluatorChannel: Sendable {
  /// What `evaluator.channels` calls it.
  static var name: String { get }

  /// Whether it is on where a configuration names no channels.
  static var isUsual: Bool { get }

  /// Width of its list summary.
  var summaryWidth: Int { get }

  /// Width of its row per slot, which the shared head sees beside the summary; 0 for none.
  var slotWidth: Int { get }

  /// - Parameters:
  ///   - width: H, of an encoded item.
  ///   - slots: N.
  init(
    _ configuration: EvaluatorConfiguration, width: Int, slots: Int,
    in builder: inout ParameterBuilder)

  func callAsFunction(_ lists: ChannelInput, on tape: Tape) -> ChannelOutput
}

extension EvaluatorChannel {
  package static var isUsual: Bool { true }
}

/// The lists of a batch as the channels see them.
package struct ChannelInput {
  /// All candidates of the batch.
  let items: EncodedItems
  /// The candidates in the slots.
  package let placed: PlacedItems
  /// Of each list, at most N.
  package let lengths: [Int]
  /// N
  package let slots: Int

  /// L
  package var count: Int { lengths.count }

  /// All candidates of the batch: `[R, H]`.
  package var rows: Variable { items.rows }

  /// Start of the slots of each list, and the end of the last.
  package var ends: [Int] { (0...count).map { $0 * slots } }
}

/// What a channel says of the lists of a batch.
package struct ChannelOutput {
  /// `[L, summaryWidth]`
  package let summary: Variable
  /// `[L N, slotWidth]`, made only where the head looks at slots; nil for a width of 0.
  package let rows: (() -> Variable)?

  package init(summary: Variable, rows: (() -> Variable)? = nil) {
    self.summary = summary
    self.rows = rows
  }
}
