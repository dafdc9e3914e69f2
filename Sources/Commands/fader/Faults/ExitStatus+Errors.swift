import Checkpoints
import Comparison
import ConfigurationFields
import EvaluationReport
import EvaluatorModel
import EventIngest
import Families
import Features
import Foundation
import JSON
import ModelExport
import Networks
import Objectives
import OfflineEvaluation
import ScreenModel
import Serving
import Sessions
import Statistics
import StrictYAML
import Training
import Worlds

extension ExitStatus {
  /// The code for an error of any module; nil for errors that no module throws on purpose.
  init?(of error: any Error) {
    switch error {
    case let fault as CommandError: self = fault.status
    case let fault as FileError: self = ExitStatus(of: fault)
    case let fault as CheckpointError: self = ExitStatus(of: fault)
    case let fault as SessionCacheError: self = ExitStatus(of: fault)
    case let stop as RunInterrupted:
      self.init(rawValue: InterruptWatch.exitCode(of: stop.signal))
    case let fault as TrainingCheckError: self = fault.isOfConfiguration ? .configuration : .data
    case is QualityGateError, is RewardLossError: self = .qualityGate
    case let fault as RequirementError:
      if case .unmet = fault { self = .qualityGate } else { self = .usage }
    case is CollapseError, is FittingError: self = .failure
    case is ComparisonError: self = .usage
    // Weights come from the command line alone here; those of requests are answered in place.
    case is WeightsError: self = .usage
    case is ConfigurationError, is ConfigurationErrors, is RunConfigurationError, is WarmStartError,
      is ConfigurationFault, is SchemaErrors, is ObjectivesError, is KeyError, is CertificateError,
      is ExportError, is ScreenScoreError:
      self = .configuration
    case is LineError, is FieldError, is JSONError, is DataError, is ForeignRequestError,
      is ForeignSessionsError, is OffPolicyError, is SafetensorsError, is ParameterError,
      is EvaluatorHashError, is UnknownFamilyError, is IngestLoss, is PrivateSliceError:
      self = .data
    case is RunError, is ListeningError, is CocoaError, is POSIXError: self = .inputOutput
    default: return nil
    }
  }

  private init(of fault: FileError) {
    switch fault {
    case .missing: self = .missingInput
    case .truncated, .behindGzip, .corrupt, .notGzip, .lineTooLong, .foreign: self = .data
    case .readOnce, .claimed: self = .usage
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
      stop.hasState
        ? "stopped by signal \(stop.signal); the state is in a checkpoint, go on with "
          + "fader train --resume --out and this run's directory"
        : "stopped by signal \(stop.signal) before anything was trained; start the command again"
    case is WeightsError: "--weights: \(error)"
    case let error as CocoaError: error.localizedDescription
    default: "\(error)"
    }
  }
}
