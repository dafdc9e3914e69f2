import Benchmarking
import Testing

@Suite struct LogLogChartTests {
  @Test func ticksAreRoundNumbersInsideTheRange() {
    #expect(LogAxis(0.3...2).ticks == [0.5, 1, 2])
    #expect(LogAxis(1...4000).ticks == [1, 10, 100, 1000])
    #expect(LogAxis(1...60, values: [50, 5, 5]).ticks == [5, 50])
    #expect(LogAxis(7...7).ticks.isEmpty == false)
  }

  @Test func placesRunFromZeroToOne() {
    let axis = LogAxis(1...100)
    #expect(axis.place(of: 1) == 0 && axis.place(of: 100) == 1)
    #expect(abs(axis.place(of: 10) - 0.5) < 1e-12)
  }

  @Test func thePictureHoldsEveryPointAndEscapesItsWords() {
    let panel = ChartPanel(
      title: "time < size & more", xLabel: "M", yLabel: "ms",
      series: [
        ChartSeries(style: 0, note: "n", points: [(x: 1, y: 2), (x: 2, y: 4), (x: 4, y: 8)])
      ])
    let svg = LogLogChart(
      title: "curves", names: ["request"], panels: [panel], columns: 1
    ).svg()
    #expect(svg.split(separator: "<circle").count - 1 == 3 + 1, "points and the legend's")
    #expect(svg.contains("time &lt; size &amp; more"))
    #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
  }
}
