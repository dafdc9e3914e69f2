import ArgumentParser
import Benchmarking
import JSON
import Tensors

struct Products: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Products of our kernels and of OpenBLAS in turns, one thread: GFLOP/s by shape.")
  @Option(help: "Seconds per shape.")
  var window = 0.5
  @Flag(help: "One JSON object per shape instead of text.")
  var json = false

  /// m, n, k: layers of the networks, towers, a catalogue's scores, in-batch softmax.
  private static let shapes = [
    (400, 128, 160), (512, 512, 512), (768, 768, 768), (1024, 1024, 1024), (2048, 2048, 2048),
    (16, 4096, 1024), (128, 2048, 2048), (256, 1024, 1024), (512, 1024, 1024), (2048, 256, 256),
    (8192, 128, 128), (8192, 256, 256), (4096, 512, 512), (1024, 10_000, 64), (64, 100_000, 64),
    (4096, 4096, 128), (512, 512, 4096), (256, 256, 8192),
  ]

  func run() throws {
    OpenBLAS.takeLargeProducts(false)
    if !json { print("kernels \(Processor.level.rawValue), OpenBLAS \(OpenBLAS.core ?? "none")") }
    for (m, n, k) in Self.shapes {
      let figures = measure(m, n, k)
      guard !json else {
        show(figures, json: true)
        continue
      }
      print(figures.map { "\($0.name) \(significant($0.value))" }.joined(separator: "  "))
    }
  }

  private func measure(_ m: Int, _ n: Int, _ k: Int) -> Figures {
    let left = Matrix(rows: m, columns: k, repeating: 0.5)
    let right = Matrix(rows: k, columns: n, repeating: 0.5)
    var c = Matrix(rows: m, columns: n)
    var times: (own: [Double], other: [Double]) = ([], [])
    let end = ContinuousClock.now + .seconds(window)
    repeat {
      times.own.append(seconds { c.setProduct(left, right) })
      times.other.append(seconds { c = OpenBLAS.product(left, right) ?? c })
    } while ContinuousClock.now < end
    let operations = 2e-9 * Double(m) * Double(n) * Double(k)
    let (own, other) = (Statistics.median(times.own), Statistics.median(times.other))
    return [
      ("m", Double(m)), ("n", Double(n)), ("k", Double(k)), ("own", operations / own),
      ("openblas", operations / other), ("ratio", own / other),
    ]
  }
}
