import ConfigurationFields
import Features
import ListPolicy
import Objectives
import Sessions

extension DataSummary {
  /// The schema of the training sessions, with the columns that the objectives and the policy read.
  ///
  /// - Throws: all that the configuration names and the sessions do not have: fields of the schema,
  ///   features that rules of the objectives read, which would be worth 0 in every list, and those that
  ///   `data.select` chooses by.
  func schema(
    for objectives: ObjectiveSet, _ policy: (any PolicyConfiguration)?
  ) throws(SchemaErrors) -> FittedSchema {
    let readings = objectives.readings + (policy?.readings ?? [])
    let rules = scoreFaults + faults(of: readings + selectionReadings)
    do throws(SchemaErrors) {
      var columns = objectives.columns
      for reading in readings where !columns.contains(reading.column) {
        columns.append(reading.column)
      }
      let schema = try fitter.fit(columns: columns, feedback: kinds)
      guard rules.isEmpty else { throw SchemaErrors([]) }
      return schema
    } catch {
      throw SchemaErrors(rules + error.faults)
    }
  }

  private func faults(of readings: [(key: String, column: CandidateColumn)]) -> [String] {
    guard trainCount + judgeTrainCount > 0 else { return [] }
    let items = fitter.features.item
    return readings.compactMap { items.fault(at: $0.key, $0.column)?.description }
  }
}
