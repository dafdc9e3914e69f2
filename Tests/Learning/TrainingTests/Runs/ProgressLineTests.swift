import Synchronization
import Testing
import Training

@Suite struct ProgressLineTests {
  /// A clock that is set by hand and a place where the output is kept.
  private final class Stage: Sendable {
    let time = Mutex(0.0)
    let written = Mutex<[String]>([])

    func line(
      total: Int? = 1000, start: Int = 0, terminal: ProgressLine.Terminal?
    ) -> ProgressLine {
      ProgressLine(
        label: "train", total: total, start: start, terminal: terminal,
        clock: { self.time.withLock { $0 } },
        output: { text in self.written.withLock { $0.append(text) } })
    }

    func wait(_ seconds: Double) { time.withLock { $0 += seconds } }
    var texts: [String] { written.withLock { $0 } }
  }

  private func terminal(
    _ width: Int, colour: Bool = false, unicode: Bool = false
  ) -> ProgressLine.Terminal {
    ProgressLine.Terminal(width: { width }, colour: colour, unicode: unicode)
  }

  @Test func aTerminalLineHasBarPercentRateRemainingAndFigures() {
    let stage = Stage()
    var line = stage.line(terminal: terminal(80))
    stage.wait(2)
    line.update(250, figures: [("reward", 0.8119), ("entropy", -1)])
    #expect(
      stage.texts == [
        "\rtrain ###........... 25%  125 requests/s  6s left  reward 0.812  entropy -1.000"
          + "\u{1b}[K"
      ])
  }

  @Test func countsAreWholeAndAnUnknownTotalHasNoBar() {
    let stage = Stage()
    var line = stage.line(total: nil, terminal: terminal(80))
    stage.wait(2)
    line.update(250, counts: [("member", 2)], figures: [("loss", 0.5)])
    line.clear()
    line.finish()
    #expect(
      stage.texts == [
        "\rtrain  250 requests  125 requests/s  member 2  loss 0.500\u{1b}[K", "\r\u{1b}[K",
      ])
  }

  @Test func itIsRedrawnAtMostTenTimesASecond() {
    let stage = Stage()
    var line = stage.line(terminal: terminal(80))
    for done in 1...1000 {
      stage.wait(0.002)
      line.update(done)
    }
    #expect((15...20).contains(stage.texts.count))
  }

  @Test func elsewhereALineIsPrintedEveryFewSeconds() {
    let stage = Stage()
    var line = stage.line(terminal: nil)
    for done in 1...1000 {
      stage.wait(0.012)
      line.update(done, figures: [("reward", 0.5)])
    }
    line.finish()
    #expect(stage.texts.count == 3)
    #expect(
      stage.texts.first == "train  41% (417/1000 requests)  83 requests/s  7s left  reward 0.500\n")
    #expect(stage.texts.last == "train  100% (1000/1000 requests)  83 requests/s  reward 0.500\n")
    #expect(!stage.texts.joined().contains { $0 == "\u{1b}" || $0 == "\r" })
  }

  @Test(arguments: 1...120)
  func noLineReachesTheTerminalsLastColumn(width: Int) {
    let stage = Stage()
    var line = stage.line(terminal: terminal(width, unicode: true))
    for done in [1, 500, 1000] {
      stage.wait(70)
      line.update(done, figures: [("reward", -12.5), ("share better", 0.75)])
    }
    for text in stage.texts {
      let visible = text.dropFirst().dropLast("\u{1b}[K".count)
      #expect(visible.count <= max(width - 1, 1))
      #expect(visible.hasPrefix("train".prefix(visible.count)))
    }
  }

  @Test func detailsAreDroppedFromTheEndWhenTheWindowIsNarrow() {
    let stage = Stage()
    var line = stage.line(terminal: terminal(45))
    stage.wait(2)
    line.update(500, figures: [("reward", 1), ("entropy", 2)])
    #expect(stage.texts == ["\rtrain ####..... 50%  250 requests/s  2s left\u{1b}[K"])
  }

  @Test func coloursAreUsedOnlyWhereAllowed() {
    for colour in [true, false] {
      let stage = Stage()
      var line = stage.line(terminal: terminal(60, colour: colour, unicode: true))
      stage.wait(1)
      line.update(500)
      #expect(stage.texts.joined().contains("\u{1b}[32m█") == colour)
    }
  }

  @Test func aResumedTasksPaceCountsOnlyWhatIsNew() {
    let stage = Stage()
    var line = stage.line(start: 900, terminal: nil)
    stage.wait(10)
    line.update(910)
    #expect(stage.texts == ["train  91% (910/1000 requests)  1.0 requests/s  1m 30s left\n"])
  }

  @Test func notesStandOnLinesOfTheirOwnAndNothingFollowsTheEnd() {
    let stage = Stage()
    var line = stage.line(terminal: terminal(60))
    stage.wait(1)
    line.update(10)
    line.note("saved")
    line.finish()
    line.finish()
    line.update(20)
    let texts = stage.texts
    #expect(texts.count == 5)
    #expect(texts[1] == "\r\u{1b}[Ksaved\n" && texts[2] == texts[0] && texts[4] == "\n")
  }

  @Test func nothingToDoIsAllDone() {
    let stage = Stage()
    var line = stage.line(total: 0, terminal: nil)
    line.finish()
    #expect(stage.texts == ["train  100% (0/0 requests)\n"])
  }

  @Test func theEnvironmentDecidesHowItLooks() throws {
    func terminal(_ environment: [String: String]) -> ProgressLine.Terminal? {
      ProgressLine.terminal(isTerminal: true, environment: environment)
    }
    #expect(ProgressLine.terminal(isTerminal: false, environment: [:]) == nil)
    #expect(terminal(["TERM": "dumb"]) == nil)
    #expect(try #require(terminal(["NO_COLOR": "1"])).colour == false)
    #expect(try #require(terminal(["NO_COLOR": ""])).colour)
    #expect(try #require(terminal(["LANG": "de_DE.UTF-8"])).unicode)
    #expect(try #require(terminal(["LC_ALL": "C", "LANG": "de_DE.utf8"])).unicode == false)
  }

  @Test(arguments: [
    (0.0, "0s"), (59.4, "59s"), (65, "1m 05s"), (3599.6, "1h 00m"), (7384, "2h 03m"),
    (.infinity, "?"), (-1, "?"), (.nan, "?"),
  ])
  func durationsAreShort(seconds: Double, expected: String) {
    #expect(ProgressText.duration(seconds) == expected)
  }

  @Test func numbersAreRoundedToTheirDigits() {
    #expect(ProgressText.number(-0.0004, digits: 3) == "0.000")
    #expect(ProgressText.number(-1.9996, digits: 3) == "-2.000")
    #expect(ProgressText.number(12.05, digits: 0) == "12")
    #expect(ProgressText.number(.nan, digits: 3) == "nan")
    #expect(ProgressText.rate(9.94) == "9.9" && ProgressText.rate(9.96) == "10")
  }
}
