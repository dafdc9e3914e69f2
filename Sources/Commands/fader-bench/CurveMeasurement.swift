import Benchmarking
import Tensors

/// Milliseconds against one size, the others as in the reference.
struct Curve {
  let kind: CurveKind
  let size: CurveSize
  let points: [(x: Double, y: Double)]

  var fit: PowerFit { PowerFit(points) }
}

/// Milliseconds against `M N`, for several of each.
struct CurveGrid {
  let kind: CurveKind
  let points: [(candidates: Int, length: Int, milliseconds: Double)]

  /// `t = a + b M N`
  var fit: LineFit {
    LineFit(points.map { (x: Double($0.candidates * $0.length), y: $0.milliseconds) })
  }
}

struct CurveMeasurement {
  let workers: Workers
  let rounds: Int
  /// Requests per generator step.
  let batch: Int

  func curves(_ size: CurveSize) throws -> [Curve] {
    try size.kinds.map { kind in
      let points = try size.values.map { value in
        var sizes = usual(kind)
        size.set(value, in: &sizes)
        return (x: Double(value), y: try milliseconds(kind, sizes))
      }
      return Curve(kind: kind, size: size, points: points)
    }
  }

  func grid(_ kind: CurveKind) throws -> CurveGrid {
    var points: [(candidates: Int, length: Int, milliseconds: Double)] = []
    for candidates in [20, 50, 100, 200] {
      for length in [5, 10, 20] {
        var sizes = usual(kind)
        sizes.candidates = candidates
        sizes.length = length
        points.append((candidates, length, try milliseconds(kind, sizes)))
      }
    }
    return CurveGrid(kind: kind, points: points)
  }

  private func usual(_ kind: CurveKind) -> WorkloadSizes {
    var sizes = WorkloadSizes()
    sizes.batch = kind == .request ? 1 : batch
    return sizes
  }

  private func milliseconds(_ kind: CurveKind, _ sizes: WorkloadSizes) throws -> Double {
    let workload = try Workload(sizes)
    // Requests are short: many of them cost less than one step, and one alone is mostly noise.
    let requestRounds = max(rounds, 64 * rounds / sizes.batch)
    return switch kind {
    case .request: workload.servedTogether(requestRounds) * 1000
    case .generatorStep:
      workload.generatorSteps(max(rounds, 32 / sizes.batch), warmups: 1, workers: workers) * 1000
    }
  }
}
