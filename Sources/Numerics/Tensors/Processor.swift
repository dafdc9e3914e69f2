import CKernels
import CProcessor

/// Which of the kernels' levels this processor has, and which is in use.
package enum Processor {
  /// The kernels are in the program once per level; a higher level has all instructions of a lower.
  package enum Level: String, Sendable, CaseIterable, Comparable {
    /// What every processor of the architecture has: SSE2 on x86-64, NEON on arm64.
    case baseline
    /// x86-64-v3: registers of eight floats, and fused multiply-add.
    case avx2
    /// x86-64-v4: 32 registers of sixteen floats.
    case avx512

    package static func < (a: Level, b: Level) -> Bool { a.stored.rawValue < b.stored.rawValue }

    fileprivate init(_ level: fader_level) {
      switch level {
      case FADER_LEVEL_AVX512: self = .avx512
      case FADER_LEVEL_AVX2: self = .avx2
      default: self = .baseline
      }
    }

    fileprivate var stored: fader_level {
      switch self {
      case .baseline: FADER_LEVEL_BASELINE
      case .avx2: FADER_LEVEL_AVX2
      case .avx512: FADER_LEVEL_AVX512
      }
    }
  }

  /// The highest level that this processor has.
  package static var highest: Level { Level(fader_processor_level()) }

  /// The level in use: the highest, or the lower one that `FADER_KERNELS` names.
  package static var level: Level { Level(kernels.pointee.level) }

  /// Uses a level's kernels from now on, in the whole process; for tests and measurements.
  ///
  /// - Returns: false when this processor does not have it.
  package static func use(_ level: Level) -> Bool { fader_use_kernels(level.stored) }

  /// A sentence for the user when `FADER_KERNELS` names a level that cannot be had, else nil.
  package static var complaint: String? {
    complaint(about: fader_requested_kernels().map { String(cString: $0) }, highest: highest)
  }

  package static func complaint(about request: String?, highest: Level) -> String? {
    guard let request else { return nil }
    guard let asked = Level(rawValue: request) else {
      let names = Level.allCases.map(\.rawValue).joined(separator: ", ")
      return "FADER_KERNELS: expected one of \(names), got \(request)"
    }
    guard asked > highest else { return nil }
    return """
      FADER_KERNELS: \(asked.rawValue) is more than this processor has, which is \
      \(highest.rawValue); leave the variable out to use that
      """
  }
}
