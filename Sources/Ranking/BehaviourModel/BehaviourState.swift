/// What a model knows of one user's behaviours so far, sequence by sequence: a value, so that a
/// behaviour more is another state and the old one stays as it was.
///
/// A behaviour costs one step, however many there were. `BehaviourContext.appending` makes the next
/// state, and a context computed from states is the one computed from the behaviours at once.
package struct BehaviourState: Sendable, Equatable {
  /// One sequence.
  struct Sequence: Sendable, Equatable {
    /// Recurrent states after the newest behaviour; empty without a recurrent unit.
    var item: [Float] = []
    var action: [Float] = []
    /// Of the newest behaviours, oldest first: keys `[S, A]`, values `[S, V]` and times `[S]`.
    var keys: [Float] = []
    var values: [Float] = []
    var times: [Double] = []
    /// Most behaviours that are kept.
    let length: Int
  }

  var sequences: [Sequence]
  /// Time of the newest behaviour of all sequences.
  package internal(set) var newest = -Double.infinity

  /// The time of the newest behaviour of a sequence; nil before the first.
  package func lastTime(of sequence: Int) -> Double? { sequences[sequence].times.last }
}
