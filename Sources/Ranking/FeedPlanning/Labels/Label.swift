/// A partial plan in a `LabelSpace`.
struct Label {
  /// Slots that are filled.
  var slot: Int32 = 0
  /// State of spacing and of progress.
  var spacing: Int32 = 0
  var progress: Int32 = 0
  /// Inserts taken from queues.
  var inserts: Int32 = 0
  /// The label without the last slot.
  var parent: Int32 = 0
  /// What the last slot took from a queue: -1 for an organic item or for what is fixed.
  var channel: Int32 = -1
  var position: Int32 = 0
  /// Values so far, and the same less the prices.
  var value = 0.0
  var reduced = 0.0
  /// No plan that goes on from here is worth more; the value so far where there is no table.
  var bound: Double
}
