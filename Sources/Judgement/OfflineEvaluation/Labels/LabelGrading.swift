import EvaluationReport
import ItemLabels
import Statistics

/// Grades orders and choices of shown items by one feedback kind.
struct LabelGrading: Sendable {
  let kind: String
  /// k of NDCG@k.
  let depth: Int
  /// Nil for no correction of position bias.
  let rates: SlotRates?

  /// The measures of the order, and those of the choice, that are defined.
  func measures(ofOrder: Bool) -> [LabelMeasure] {
    LabelMeasure.allCases.filter {
      $0.isOfOrder == ofOrder && (rates != nil || !$0.isCorrected)
    }
  }

  /// Whether the items differ in their labels, so that there is something to order.
  func isOrdered(_ items: ShownItems) -> Bool { items.isOrdered(by: kind) }

  /// The grades of one session, along `measures`: of the order only where labels differ.
  ///
  /// - Parameter order: nil for the expectation over all orders.
  func grades(
    _ items: ShownItems, _ order: ItemOrder?
  ) -> (order: [Double]?, choice: [Double]) {
    let labels = items.labels[kind] ?? []
    let gains = rates.map { rates in
      zip(labels, items.slots).map { rates.gain($0, slot: $1) }
    }
    func grade(_ measure: LabelMeasure) -> Double {
      let own = measure.isCorrected ? gains ?? labels : labels
      switch measure {
      case .ndcg, .correctedNDCG: return order.map { at($0.order, own) } ?? expected(own)
      case .map:
        let precision = order.map { order in averagePrecision(order.order.map { own[$0] }) }
        return (precision ?? expectedAveragePrecision(own)) ?? 0
      case .chosen, .correctedChosen:
        return mean(order.map { $0.chosen.map { own[$0] } } ?? own)
      }
    }
    return (
      isOrdered(items) ? measures(ofOrder: true).map(grade) : nil,
      measures(ofOrder: false).map(grade)
    )
  }

  /// NDCG@k; the labels differ, so that it is defined.
  private func at(_ order: [Int], _ gains: [Double]) -> Double {
    ndcg(order.map { gains[$0] }, at: depth) ?? 0
  }

  private func expected(_ gains: [Double]) -> Double { expectedNDCG(gains, at: depth) ?? 0 }

  private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}
