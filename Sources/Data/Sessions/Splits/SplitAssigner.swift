import ConfigurationFields
import Statistics

/// A split made ready: says for each session which part it is in.
package struct SplitAssigner: Sendable, Equatable, Codable {
  enum Rule: Sendable, Equatable, Codable {
    /// Train before `validation`, validation before `test`, in seconds.
    case time(validation: Double, test: Double)
    case user(SplitFractions, seed: UInt64)
    /// Fingerprints of the sessions that are not for training.
    case files(validation: Set<UInt64>, test: Set<UInt64>)
  }

  let rule: Rule

  /// Reads what the split needs to know: nothing for users, the times of all sessions in `paths`
  /// for time, the validation and test files (whatever `paths` says) for files.
  ///
  /// Keeps 8 bytes per session it reads. A part with a share above 0 that gets no session because
  /// too many have the same time is a fault, not an empty part.
  ///
  /// - Throws: `ConfigurationFault` for the configuration, `FieldError` for a part without sessions,
  ///   `FileError` or `LineError` for the files.
  package static func fit(_ split: SessionSplit, paths: [String]) throws -> SplitAssigner {
    if let fault = split.faults(at: "split", within: .any).first { throw fault }
    switch split {
    case .user(let fractions, let seed):
      return SplitAssigner(rule: .user(fractions, seed: seed))
    case .files(let files):
      return SplitAssigner(
        rule: .files(
          validation: Set(try collect(files.validation, fingerprint)),
          test: Set(try collect(files.test, fingerprint))))
    case .time(let fractions):
      return SplitAssigner(rule: try cut(try collect(paths, \.time), fractions))
    }
  }

  /// The part of the session; the same for the same session, always.
  ///
  /// By files, a session is known by its id, user, time and candidates; one that stands in several
  /// files is for test before validation before training, so that nothing leaks into training.
  package func part(of session: Session) -> SplitPart {
    switch rule {
    case .time(let validation, let test):
      return SplitAssigner.part(session.time, validation, test)
    case .user(let fractions, let seed):
      // 53 bits as a number in [0, 1).
      let place = Double(stableHash(session.request.user.id, seed: seed) >> 11) * 0x1p-53
      if place < fractions.train || fractions.train >= 1 { return .train }
      return place < fractions.train + fractions.validation || fractions.test == 0
        ? .validation : .test
    case .files(let validation, let test):
      if validation.isEmpty && test.isEmpty { return .train }
      let print = SplitAssigner.fingerprint(session)
      return test.contains(print) ? .test : validation.contains(print) ? .validation : .train
    }
  }

  private static func part(_ time: Double, _ validation: Double, _ test: Double) -> SplitPart {
    time < validation ? .train : time < test ? .validation : .test
  }

  private static func collect<Value>(
    _ paths: [String], _ value: (Session) -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    for path in paths {
      var reader = try SessionReader(path: path)
      while let session = try reader.next() { values.append(value(session)) }
    }
    return values
  }

  private static func fingerprint(_ session: Session) -> UInt64 {
    let request = session.request
    var hash = stableHash(request.id, seed: session.time.bitPattern)
    hash = stableHash(request.user.id, seed: hash)
    for candidate in request.candidates { hash = stableHash(candidate.id, seed: hash) }
    return hash
  }

  private static func cut(_ times: [Double], _ fractions: SplitFractions) throws -> Rule {
    let sorted = times.sorted()
    func threshold(_ share: Double) -> Double {
      let index = Int((share * Double(sorted.count)).rounded())
      return share < 1 && index < sorted.count ? sorted[index] : .greatestFiniteMagnitude
    }
    let test = threshold(fractions.test == 0 ? 1 : fractions.train + fractions.validation)
    let validation = fractions.validation == 0 ? test : threshold(fractions.train)
    let rule = Rule.time(validation: validation, test: test)
    let counts = SplitPart.allCases.map { part in
      sorted.count { SplitAssigner.part($0, validation, test) == part }
    }
    let shares = [fractions.train, fractions.validation, fractions.test]
    for (index, part) in SplitPart.allCases.enumerated() where shares[index] > 0 {
      guard counts[index] == 0 else { continue }
      throw FieldError(
        pointer: "/time/\(part.rawValue)", expected: "sessions for this part",
        got: "none of \(sorted.count), as too few differ in time",
        remedy: "split by user, give the part a larger share or set it to 0")
    }
    return rule
  }
}
