import StrictYAML
import Testing

@Suite struct RewritingTests {
  private func rewritten(_ text: String, _ path: String) throws -> String {
    var document = try YAMLDocument(text: text, file: "t")
    document.rewrite(path) { "<\($0)>" }
    return document.text
  }

  @Test func scalarsAtAPathAreChangedAndNothingElse() throws {
    let text = "a: {b: [x, y], c: x}\nb: z\n"
    let all = try YAMLDocument(text: try rewritten(text, "a.b.*"), file: "t")
    #expect(try all.decode([String].self, at: ["a", "b"]) == ["<x>", "<y>"])
    #expect(try all.decode(String.self, at: ["a", "c"]) == "x")
    let keys = try YAMLDocument(text: try rewritten(text, "a.*"), file: "t")
    #expect(try keys.decode([String].self, at: ["a", "b"]) == ["x", "y"])
    #expect(try keys.decode(String.self, at: ["a", "c"]) == "<x>")
  }

  @Test(arguments: ["c", "a.b.x.y", "b.1"])
  func whatIsNotThereStays(path: String) throws {
    let text = "a: {b: [x]}\nb: [z]\n"
    #expect(try rewritten(text, path) == YAMLDocument(text: text, file: "t").text)
  }

  @Test func nothingStaysNothing() throws {
    #expect(try rewritten("a: null\n", "a") == YAMLDocument(text: "a: null\n", file: "t").text)
  }
}
