import EvaluatorModel
import Measures

/// Summed log loss of a binary head; summed squared error, in units of the head, of a number.
func lossSum(_ head: EvaluatorHead, _ observed: [Double], _ predicted: [Double]) -> Double {
  switch head.kind {
  case .binary:
    var loss = LogLoss()
    for (label, value) in zip(observed, predicted) { loss.add(probability: value, label: label) }
    return loss.sum
  case .number:
    let unit = Double(head.unit)
    return zip(observed, predicted).reduce(0) { sum, pair in
      let error = (pair.0 - pair.1) / unit
      return sum + error * error
    }
  }
}
