import JSON
import Sessions
import TestSupport
import Testing

/// Lines of a session file: the same session comes back, or a fault with the place of the line.
struct SessionReadingTests {
  /// Reads the file line by line beside its lines; returns how many were sound and how many were not.
  private func read(_ lines: [[UInt8]]) throws -> (sound: Int, faulty: Int) {
    let folder = try TemporaryFolder()
    let path = try folder.file("s", Array(lines.joined(separator: [UInt8(ascii: "\n")])))
    var reader = try SessionReader(path: path)
    var counts = (sound: 0, faulty: 0)
    for (number, line) in lines.enumerated() {
      do {
        let session = try #require(try reader.next())
        // What was read is written as what means the same.
        #expect(try Session(json: JSONScanner.parse(line)) == session)
        #expect(
          try Session(json: JSONScanner.parse(session.json.serialized() as [UInt8])) == session)
        counts.sound += 1
      } catch let error as LineError {
        #expect(error.path == path && error.line == number + 1)
        counts.faulty += 1
      }
    }
    #expect(try reader.next() == nil)
    return counts
  }

  @Test(arguments: 1...4)
  func soundSessionsComeBack(_ seed: Int) throws {
    var generator = TestGenerator(seed: UInt64(seed))
    let lines = (0..<100).map { number in
      var session = randomSession(&generator, number)
      for index in session.request.candidates.indices {
        for name in ["score", "new", "shop", "tags"] where generator.below(3) == 0 {
          session.request.candidates[index].features[name] = nil
        }
        session.request.candidates[index].features["f\(generator.below(30))"] = .number(1)
      }
      let line: [UInt8] = session.json.serialized()
      return line
    }
    #expect(try read(lines) == (100, 0))
  }

  @Test(arguments: 1...4)
  func brokenLinesAreFaultsOfTheirLine(_ seed: Int) throws {
    var generator = TestGenerator(seed: UInt64(seed) &+ 50)
    let alphabet = Array("{}[]\",:\\u0e-. ntf1".utf8)
    let lines = (0..<1000).map { number in
      var line: [UInt8] = randomSession(&generator, number).json.serialized()
      for _ in 0..<generator.below(3) {
        let place = generator.below(line.count)
        switch generator.below(5) {
        case 0: line.remove(at: place)
        case 1: line = Array(line[...place])
        case 2: line[place] = alphabet[generator.below(alphabet.count)]
        case 3: line.insert(alphabet[generator.below(alphabet.count)], at: place)
        default: line[place] = UInt8(0x21 + generator.below(0x5e))
        }
      }
      return line
    }
    let counts = try read(lines)
    #expect(counts.sound > 300 && counts.faulty > 300)
  }

  @Test func oddCandidatesAreReadOrRefused() throws {
    func line(_ candidate: String) -> [UInt8] {
      Array(
        (#"{"id":"r","time":1,"user":{"id":"u"},"candidates":["# + candidate
          + #"],"shown":[0],"feedback":{"click":[1]}}"#).utf8)
    }
    let candidates = [
      #"{"id":"a"}"#, #"{"id":7,"features":{}}"#, #"{"id":"a","features":null}"#,
      #"{"features":{"x":1,"y":"t"},"id":"a"}"#, #" { "id" : "a" , "features" : { "x" : 1 } } "#,
      #"{"id":"a","features":{"x":1,"x":1}}"#, #"{"id":"a","features":{"x":null,"y":[1,"b"]}}"#,
      #"{"id":"a","features":{"é":1,"\u0061":2}}"#, #"{"id":"a","features":{"":1,"~/":[0.5]}}"#,
      #"{"id":"a","features":{"x":{"y":1}}}"#, #"{"id":"a","features":[{"name":"x","value":1}]}"#,
      #"{"id":"","features":{}}"#, #"{"id":"a"},{"id":"a"}"#, #"{"id":"a","extra":1}"#, "3", "",
      #"{"id":"a","features":{"x":1},"features":{"x":1}}"#, #"{"id":"a","id":"a"}"#,
    ]
    let counts = try read(candidates.map(line))
    #expect(counts.sound == 9 && counts.faulty == 9)
  }
}
