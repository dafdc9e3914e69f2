/// A policy that writes a list item by item, with exact chances over few candidates.
struct StepPolicy {
  let candidates: Int
  let length: Int
  /// Chance of each candidate to come next: `[candidates]`.
  let chances: (_ above: [Int]) -> [Double]

  /// Hands every list of the policy and its chance to `body`.
  func forEachList(_ body: (_ list: [Int], _ chance: Double) -> Void) {
    visit([], 1, body)
  }

  private func visit(_ above: [Int], _ chance: Double, _ body: ([Int], Double) -> Void) {
    guard above.count < length else { return body(above, chance) }
    for (item, next) in chances(above).enumerated() where next > 0 {
      visit(above + [item], chance * next, body)
    }
  }
}
