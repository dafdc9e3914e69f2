import Benchmarking
import JSON
import Sessions

/// The curves with their fits, as JSON, text and picture.
struct CurveReport {
  let curves: [Curve]
  let grids: [CurveGrid]

  var json: JSONValue {
    [
      "curves": .array(
        curves.map { curve in
          [
            "what": .string(curve.kind.rawValue), "size": .string(curve.size.rawValue),
            "order": .number(curve.fit.order), "explained": .number(curve.fit.explained),
            "points": .array(
              curve.points.map { ["size": .number($0.x), "ms": .number($0.y)] }),
          ]
        }),
      "m_times_n": .array(
        grids.map { grid in
          [
            "what": .string(grid.kind.rawValue), "a_ms": .number(grid.fit.intercept),
            "b_us": .number(grid.fit.slope * 1000), "explained": .number(grid.fit.explained),
            "points": .array(
              grid.points.map {
                [
                  "M": .number(Double($0.candidates)), "N": .number(Double($0.length)),
                  "ms": .number($0.milliseconds),
                ]
              }),
          ]
        }),
      "requests_per_s": .array(
        batchCurves.map { curve in
          [
            "what": .string(curve.kind.rawValue),
            "points": .array(
              rates(curve).map { ["batch": .number($0.x), "requests_per_s": .number($0.y)] }),
          ]
        }),
    ]
  }

  var text: String {
    var lines: [String] = []
    for curve in curves {
      let points = curve.points.map { "\(Int($0.x)): \(significant($0.y))" }
      lines.append(
        "\(curve.kind.title), ms by \(curve.size.rawValue): \(points.joined(separator: "  "))"
          + "  ~ \(curve.size.rawValue)^\(hundredths(curve.fit.order))")
    }
    for grid in grids { lines.append("\(grid.kind.title): t = \(formula(grid))") }
    for curve in batchCurves {
      let points = rates(curve).map { "\(Int($0.x)): \(significant($0.y))" }
      lines.append("\(curve.kind.title), requests/s by B: \(points.joined(separator: "  "))")
    }
    return lines.joined(separator: "\n")
  }

  var picture: LogLogChart {
    let bySize = CurveSize.allCases.map { size in
      ChartPanel(
        title: "time by \(size.title)", xLabel: size.title, yLabel: "milliseconds",
        series: curves.filter { $0.size == size }.map { curve in
          ChartSeries(
            style: style(curve.kind), note: "~ \(size.rawValue)^\(hundredths(curve.fit.order))",
            points: curve.points)
        })
    }
    let product = ChartPanel(
      title: "time by M x N", xLabel: "candidates times length, M N", yLabel: "milliseconds",
      series: grids.map(series))
    let throughput = ChartPanel(
      title: "throughput by \(CurveSize.batch.title)", xLabel: CurveSize.batch.title,
      yLabel: "requests per second",
      series: batchCurves.map { curve in
        let rates = rates(curve)
        let (least, most) = (rates.map(\.y).min() ?? 0, rates.map(\.y).max() ?? 0)
        return ChartSeries(
          style: style(curve.kind),
          note: "\(significant(least)) to \(significant(most)) requests/s", points: rates)
      })
    return LogLogChart(
      title: "Time against size", names: CurveKind.allCases.map(\.title),
      panels: Array(bySize[..<2]) + [product] + Array(bySize[2...]) + [throughput], columns: 4)
  }

  private var batchCurves: [Curve] { curves.filter { $0.size == .batch } }

  private func rates(_ curve: Curve) -> [(x: Double, y: Double)] {
    curve.points.map { (x: $0.x, y: $0.x * 1000 / $0.y) }
  }

  private func series(_ grid: CurveGrid) -> ChartSeries {
    let points = grid.points.map { (x: Double($0.candidates * $0.length), y: $0.milliseconds) }
    let curve = points.map { (x: $0.x, y: grid.fit.intercept + grid.fit.slope * $0.x) }
    return ChartSeries(
      style: style(grid.kind), note: formula(grid), points: points,
      curve: curve.filter { $0.y > 0 })
  }

  private func formula(_ grid: CurveGrid) -> String {
    "\(significant(grid.fit.intercept)) ms + \(significant(grid.fit.slope * 1000)) us M N"
  }

  private func style(_ kind: CurveKind) -> Int { kind == .request ? 0 : 1 }

  private func hundredths(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
