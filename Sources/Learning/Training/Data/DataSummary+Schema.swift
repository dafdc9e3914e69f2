import ConfigurationFields
import Features
import Objectives

extension DataSummary {
  /// The schema of the training sessions, with the columns that the objectives read.
  ///
  /// - Throws: all that the configuration names and the sessions do not have: fields of the schema,
  ///   features that rules of the objectives read, which would be worth 0 in every list, and those that
  ///   `data.select` chooses by.
  func schema(for objectives: ObjectiveSet) throws(SchemaErrors) -> FittedSchema {
    let rules = ruleFaults(objectives)
    do throws(SchemaErrors) {
      let schema = try fitter.fit(columns: objectives.columns, feedback: kinds)
      guard rules.isEmpty else { throw SchemaErrors([]) }
      return schema
    } catch {
      throw SchemaErrors(rules + error.faults)
    }
  }

  private func ruleFaults(_ objectives: ObjectiveSet) -> [String] {
    guard trainCount + judgeTrainCount > 0 else { return [] }
    let items = fitter.features.item
    return (objectives.readings + selectionReadings).compactMap {
      items.fault(at: $0.key, $0.column)?.description
    }
  }
}
