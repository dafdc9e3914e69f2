import Comparison
import EvaluatorModel
import Features
import Foundation
import Networks
import Objectives
import OfflineEvaluation
import Serving
import Sessions
import StrictYAML
import Training
import Worlds

extension ExitStatus {
  /// The code for an error of any module; nil for errors that no module throws on purpose.
  init?(of error: any Error) {
    switch error {
    case let fault as CommandFault: self = fault.status
    case let fault as FileFault: self = ExitStatus(of: fault)
    case let fault as CheckpointError: self = ExitStatus(of: fault)
    case let fault as SessionCacheError: self = ExitStatus(of: fault)
    case let stop as RunInterrupted:
      self.init(rawValue: InterruptWatch.exitCode(of: stop.signal))
    case is QualityGateFault: self = .qualityGate
    case let fault as RequirementFault:
      if case .unmet = fault { self = .qualityGate } else { self = .usage }
    case is CollapseFault: self = .failure
    case is ComparisonFault: self = .usage
    // Weights come from the command line alone here; those of requests are answered in place.
    case is WeightsFault: self = .usage
    case is ConfigurationFault, is ConfigurationFaults, is RunConfigurationFault, is WarmStartFault,
      is SchemaFaults, is ObjectivesFault, is KeyFault, is CertificateFault:
      self = .configuration
    case is LineFault, is FieldFault, is JSONFault, is DataFault, is FeedWorldFault,
      is ForeignSessionsFault, is OffPolicyFault, is SafetensorsError, is ParameterFault,
      is EvaluatorHashFault:
      self = .data
    case is RunError, is ListeningFault, is CocoaError, is POSIXError: self = .inputOutput
    default: return nil
    }
  }

  private init(of fault: FileFault) {
    switch fault {
    case .missing: self = .missingInput
    case .truncated, .corrupt, .notGzip, .lineTooLong: self = .data
    case .unreadable, .unwritable: self = .inputOutput
    }
  }

  private init(of fault: CheckpointError) {
    switch fault {
    case .notACheckpoint, .missingFile: self = .missingInput
    case .cannotWrite: self = .inputOutput
    default: self = .data
    }
  }

  private init(of fault: SessionCacheError) {
    if case .inputOutput = fault { self = .inputOutput } else { self = .data }
  }

  /// What the user is told.
  static func wording(of error: any Error) -> String {
    switch error {
    case let stop as RunInterrupted:
      "stopped by signal \(stop.signal); the state is in a checkpoint, go on with "
        + "fader train --resume --out and this run's directory"
    case is WeightsFault: "--weights: \(error)"
    case let error as CocoaError: error.localizedDescription
    default: "\(error)"
    }
  }
}
