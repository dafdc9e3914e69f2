import EventIngest
import Sessions
import TestSupport
import Testing

/// The fast way of reading an event log against the plain one: the same bytes, the same report.
struct IngestScanTests {
  private static let names = [
    "price", "shop", "c0", "c1", "is_new", "tags", "ä", "a\\u0062", "", "~/",
  ]
  private static let values = [
    "1", "0", "-0", "-0.0", "1.50", "0.5", "-2.25", "0.0001", "0.00001", "1e3", "1E-7", "01", "1.",
    "123456789012345", "1234567890123456", "9007199254740993", "-9223372036854775808", "[0.5,2]",
    "99999.12345", "0.1234567890123456", "1e999", "-", ".5",
    "true", "false", "null", "\"s1\"", "\"\"", "\"é😀\"", "\"a\\n\\u0041\\\"\"", "\"\u{1}\"",
    "[\"a\",\"b\"]", "[ \"a\" ]", "[]", "[1,true]", "[1.5]", "{\"a\":1}", "tru", "\"x", "[\"a\",]",
  ]

  /// Blanks as some writers put them: none, one behind `:` and `,`, or anywhere.
  private struct Style {
    var blanks: Int
    var isSorted: Bool
    var hasPairs: Bool

    func blank(_ generator: inout TestGenerator) -> String {
      switch blanks {
      case 0: ""
      case 1: " "
      default: ["", " ", "\t", "  ", "\r"][generator.below(5)]
      }
    }
  }

  private func object(
    _ members: [(String, String)], _ style: Style, _ generator: inout TestGenerator
  ) -> String {
    let parts = members.map {
      "\"\($0.0)\":\(style.blank(&generator))\($0.1)"
    }
    return "{" + parts.joined(separator: "," + style.blank(&generator)) + "}"
  }

  private func fields(
    _ style: Style, broken: Bool, _ generator: inout TestGenerator
  ) -> String {
    let sound = broken ? IngestScanTests.values.count : 11
    var names = Array(
      IngestScanTests.names.prefix(broken ? 10 : 6).shuffled(using: &generator)
        .prefix(generator.below(7)))
    if style.isSorted { names.sort() }
    if broken, generator.below(20) == 0, let first = names.first { names.append(first) }
    let members = names.map { name in
      let choice = IngestScanTests.values[generator.below(sound)]
      return (name, !broken && choice == "01" ? "7.125" : choice)
    }
    guard style.hasPairs else { return object(members, style, &generator) }
    let pairs = members.map {
      object([("name", "\"\($0.0)\""), ("value", $0.1)], style, &generator)
    }
    return "[" + pairs.joined(separator: ",") + "]"
  }

  private func ranking(
    _ number: Int, _ style: Style, broken: Bool, _ generator: inout TestGenerator
  ) -> String {
    let items = (0..<1 + generator.below(4)).map { index in
      var members = [
        ("id", generator.below(9) == 0 ? "\(index)" : "\"i\(index)\""),
        ("fields", fields(style, broken: broken && generator.below(4) == 0, &generator)),
      ]
      if index < 2 { members.append(("position", "\(index + 1)")) }
      if generator.below(2) == 0 { members.append(("propensity", "0.\(1 + generator.below(99))")) }
      if generator.below(8) == 0 { members.append(("label", "{\"a\":[1,2]}")) }
      if generator.below(16) == 0 { members.remove(at: 1) }
      return object(members, style, &generator)
    }
    var members = [
      ("event", "\"ranking\""), ("id", "\"q\(number)\""),
      ("timestamp", "\(1_700_000_000 + number)"),
      ("user", "\"u\(generator.below(3))\""),
      ("masks", #"{"ban":["z"],"rules":[{"flag":"new","at_most":1}]}"#),
      ("fields", fields(style, broken: false, &generator)),
      ("items", "[" + items.joined(separator: style.blank(&generator) + ",") + "]"),
      ("policy", "{\"name\": \"p\"}"),
    ]
    if !style.isSorted { members.shuffle(using: &generator) }
    return object(members, style, &generator)
  }

  private func line(_ number: Int, broken: Bool, _ generator: inout TestGenerator) -> String {
    let style = Style(
      blanks: generator.below(3), isSorted: generator.below(2) == 0,
      hasPairs: generator.below(3) == 0)
    let stamp = ("timestamp", "\(1_700_000_000 + number)")
    switch generator.below(8) {
    case 0:
      let id = ("item", "\"i\(generator.below(4))\"")
      let fields = fields(style, broken: broken, &generator)
      return object([("event", "\"item\""), id, stamp, ("fields", fields)], style, &generator)
    case 1:
      let id = ("user", "\"u\(generator.below(3))\"")
      let fields = fields(style, broken: broken, &generator)
      return object([("event", "\"user\""), id, ("fields", fields)], style, &generator)
    case 2...4: return ranking(number, style, broken: broken, &generator)
    default:
      let type = ["click", "like", "dw\\u0065ll", "type", "save", "unsave"][generator.below(6)]
      var members = [
        ("event", "\"interaction\""), ("ranking", "\"q\(number - 1 - generator.below(4))\""),
        ("item", "\"i\(generator.below(3))\""), ("type", "\"\(type)\""), stamp,
      ]
      if generator.below(4) == 0 { members.append(("value", "2.5")) }
      if generator.below(4) == 0 { members.insert(("extra", "{\"type\":\"other\"}"), at: 0) }
      return object(members, style, &generator)
    }
  }

  /// Ingests the log both ways; returns the report.
  private func compared(_ log: [String]) throws -> IngestReport {
    let folder = try TemporaryFolder()
    let path = try folder.file("log", log.joined(separator: "\n"))
    let options = IngestOptions(window: 50, allowedLoss: 1)
    let target = folder.path("sessions")
    let fast = try ingest(events: [path], to: target, options: options, scans: true)
    let fastBytes = try bytes(of: target)
    let plain = try ingest(events: [path], to: target, options: options, scans: false)
    #expect(fast == plain)
    let plainBytes = try bytes(of: target)
    #expect(fastBytes == plainBytes)
    // The session file is what a reader and a writer of sessions make of it.
    try write(try SessionReader.all(path: target), to: target)
    #expect(try bytes(of: target) == plainBytes)
    return fast
  }

  @Test(arguments: 1...6)
  func soundLogsGiveTheSameSessionsBothWays(_ seed: Int) throws {
    var generator = TestGenerator(seed: UInt64(seed))
    let log = (0..<400).map { line($0, broken: false, &generator) }
    let report = try compared(log)
    #expect(report.sessions > 40 && report.counts.joined > 5)
    #expect(report.counts.count(of: .malformedLine) == 0)
  }

  @Test(arguments: 1...6)
  func brokenLogsGiveTheSameReportBothWays(_ seed: Int) throws {
    var generator = TestGenerator(seed: UInt64(seed) &+ 100)
    let log = (0..<600).map { number in
      var text = line(number, broken: true, &generator)
      guard generator.below(3) == 0 else { return text }
      var bytes = Array(text.utf8)
      let place = generator.below(bytes.count)
      switch generator.below(4) {
      case 0: bytes.remove(at: place)
      case 1: bytes = Array(bytes[..<place])
      case 2: bytes[place] = UInt8(ascii: "\"")
      default: bytes.insert(Array("{}[]\",:\\u0e-. ".utf8)[generator.below(14)], at: place)
      }
      text = String(decoding: bytes, as: UTF8.self)
      return text
    }
    let report = try compared(log)
    #expect(report.sessions > 5 && report.counts.count(of: .malformedLine) > 20)
    #expect(report.counts.count(of: .badField) > 5)
  }

  @Test func deepAndWideFeaturesAreReadAlike() throws {
    let deep = String(repeating: "[", count: 61) + String(repeating: "]", count: 61)
    let wide = (0..<300).map { "\"f\(300 - $0)\":\($0)" }.joined(separator: ",")
    let lines = [
      #"{"event":"ranking","id":"a","timestamp":1,"user":"u","items":[{"id":"x","position":1,"o":\#(deep)}]}"#,
      #"{"event":"ranking","id":"b","timestamp":1,"user":"u","items":[{"id":"x","position":1,"o":[\#(deep)]}]}"#,
      #"{"event":"ranking","id":"c","timestamp":1,"user":"u","items":[{"id":"x","position":1,"fields":{\#(wide)}}]}"#,
      #"{"event":"item","id":"x","fields":{\#(wide)}}"#,
      #"{"event":"ranking","id":"d","timestamp":2,"user":"u","items":[{"id":"x","position":1,"fields":{"f3":0}}]}"#,
    ]
    let report = try compared(lines)
    #expect(report.sessions == 3)
  }
}
