import Benchmarking
import Foundation
import Testing

@Suite struct StatisticsTests {
  @Test func quantilesAreMeasuredNumbers() {
    let values = (1...1000).map(Double.init).reversed() as [Double]
    #expect(Statistics.median(values) == 501)
    #expect(Statistics.median([3, 1, 2]) == 2)
    #expect(Statistics.quantile(0.99, of: values) == 991)
    #expect(Statistics.quantile(0, of: values) == 1)
    #expect(Statistics.quantile(1, of: values) == 1000)
    #expect(Statistics.median([7]) == 7)
    #expect(Statistics.median([]).isNaN)
  }
}

@Suite struct CurveFitTests {
  @Test func aLineIsFound() {
    let fit = LineFit([1, 2, 5, 9].map { (x: $0, y: 3 + 0.5 * $0) })
    #expect(abs(fit.intercept - 3) < 1e-12 && abs(fit.slope - 0.5) < 1e-12)
    #expect(abs(fit.explained - 1) < 1e-12)
  }

  @Test func aLevelLineExplainsAll() {
    let fit = LineFit([(x: 1, y: 4), (x: 2, y: 4)])
    #expect(fit.slope == 0 && fit.intercept == 4 && fit.explained == 1)
  }

  @Test(arguments: [0.0, 0.5, 1, 2])
  func anOrderIsFound(order: Double) {
    let fit = PowerFit([20, 50, 100, 200].map { (x: $0, y: 0.1 * pow($0, order)) })
    #expect(abs(fit.order - order) < 1e-9 && abs(fit.factor - 0.1) < 1e-9)
  }

  /// The control: points on no curve are not explained.
  @Test func noiseIsNotExplained() {
    let fit = LineFit([(x: 1, y: 1), (x: 2, y: -1), (x: 3, y: -1), (x: 4, y: 1)])
    #expect(fit.explained < 1e-12)
  }
}
