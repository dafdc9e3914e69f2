import Tensors

/// Trains as `fader train` does, for a program of your own: evaluators, judge, then the policy that
/// the configuration's `family` names.
///
/// - Parameters:
///   - path: a YAML configuration, such as those in `configs`.
///   - overrides: single values in place of the file's, as in `"training.seed=2"`.
///   - directory: the run directory to make.
///   - threads: how many work at a time; all processors by default. The result does not depend on it.
///   - force: go on although the evaluators do not meet the quality gate.
///   - note: takes each line that a user would read.
/// - Returns: path of the checkpoint to rank with.
/// - Throws: what is wrong with configuration, data or evaluators, or why training collapsed.
public func train(
  configuration path: String, overrides: [String] = [], into directory: String,
  threads: Int? = nil, force: Bool = false, note: @escaping @Sendable (String) -> Void = { _ in }
) throws -> String {
  let configuration = try RunConfiguration(path: path, overrides: overrides)
  let context = RunContext(
    configuration: configuration, directory: try RunDirectory(path: directory),
    workers: Workers(threads), note: note)
  return try TrainingRun(context, force: force).run()
}
