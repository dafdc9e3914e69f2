/// An HTTP answer as far as a load run looks at it.
struct HTTPAnswer: Sendable {
  var status: Int
  var body: [UInt8]

  /// Whether it is a list of `length` distinct candidates: the numbers behind `"index":`.
  func isList(of length: Int) -> Bool {
    let key = Array("\"index\":".utf8)
    var indices: Set<Int> = []
    var count = 0
    var at = 0
    while at + key.count < body.count {
      guard body[at] == key[0], body[at + 1] == key[1],
        key.indices.allSatisfy({ body[at + $0] == key[$0] })
      else {
        at += 1
        continue
      }
      at += key.count
      var index = 0
      while at < body.count, (48...57).contains(body[at]) {
        index = index * 10 + Int(body[at]) - 48
        at += 1
      }
      indices.insert(index)
      count += 1
    }
    return count == length && indices.count == length
  }

  var summary: String { "\(status) \(String(decoding: body.prefix(300), as: UTF8.self))" }
}

/// Cuts a stream of bytes into answers that have a Content-Length.
struct HTTPAnswerReader {
  private var bytes: [UInt8] = []

  mutating func append(_ more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

  /// The next whole answer; nil while it is not all there.
  mutating func next() -> HTTPAnswer? {
    guard let end = headEnd else { return nil }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let length =
      lines.dropFirst().lazy.compactMap { line -> Int? in
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "content-length" else { return nil }
        return Int(parts[1].drop { $0 == " " })
      }.first ?? 0
    guard bytes.count >= end + 4 + length else { return nil }
    let body = Array(bytes[end + 4..<end + 4 + length])
    bytes.removeFirst(end + 4 + length)
    return HTTPAnswer(status: status, body: body)
  }

  /// Where the empty line begins that ends the head.
  private var headEnd: Int? {
    var at = 0
    while at + 3 < bytes.count {
      if bytes[at] == 13, bytes[at + 1] == 10, bytes[at + 2] == 13, bytes[at + 3] == 10 {
        return at
      }
      at += 1
    }
    return nil
  }
}
