package import CandidateSelection
import ConfigurationFields

/// What one request says of the candidates that the model gets to see; what it leaves out is as the
/// service has it.
package struct SelectionRequest: Sendable, Equatable {
  package var keep: Int?
  package var by: String?
  package var method: SelectionMethod?
  package var quotas: [SelectionQuota]?
  package var alike: [String]?
  package var tradeOff: Double?

  /// The service's selection with the request's changes.
  ///
  /// Under another method than the service's, its quotas or features of likeness mean nothing and
  /// are left out.
  package func changing(_ configured: SelectionConfiguration?) -> SelectionConfiguration {
    var selection = configured ?? SelectionConfiguration()
    if let method {
      selection.method = method
      if method != .quotas { selection.quotas = [] }
      if method == .quotas || method == .top { selection.alike = [] }
    }
    if let keep { selection.keep = keep }
    if let by { selection.by = by }
    if let quotas { selection.quotas = quotas }
    if let alike { selection.alike = alike }
    if let tradeOff { selection.tradeOff = tradeOff }
    return selection
  }

  /// The same, checked.
  ///
  /// - Throws: every fault by its place in the request.
  func checked(_ configured: SelectionConfiguration?) throws(RankErrors) -> SelectionConfiguration {
    let selection = changing(configured)
    let faults = selection.faults(at: "candidates")
    guard faults.isEmpty else {
      throw RankErrors(
        faults.map { fault in
          RankError(
            at: "/" + fault.key.split(separator: ".").joined(separator: "/"),
            expected: fault.expected, got: fault.got, remedy: fault.remedy)
        })
    }
    return selection
  }
}
