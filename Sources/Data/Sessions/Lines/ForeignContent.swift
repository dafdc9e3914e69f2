/// What a file holds instead of lines of UTF-8, told by how it starts, and how to make lines of it.
struct ForeignContent: Sendable, Equatable {
  let name: String
  let remedy: String

  /// Nil for what may be lines of text.
  init?(start bytes: ArraySlice<UInt8>) {
    let known = ForeignContent.marks.first { bytes.starts(with: $0.mark) }
    if let known {
      (name, remedy) = (known.name, known.remedy)
    } else if let second = bytes.dropFirst().first, let first = bytes.first,
      (first == 0) != (second == 0)
    {
      // Every second byte of ASCII in UTF-16 is 0, which no text in UTF-8 has.
      (name, remedy) = ("UTF-16 text", ForeignContent.recode(first == 0 ? "UTF-16BE" : "UTF-16LE"))
    } else if bytes.dropFirst(257).starts(with: "ustar".utf8) {
      (name, remedy) = ("a tar archive", "unpack it first, as tar -xf FILE does")
    } else {
      return nil
    }
  }

  private init(_ name: String, _ remedy: String) {
    (self.name, self.remedy) = (name, remedy)
  }

  private static func recode(_ encoding: String) -> String {
    "write it as UTF-8, as iconv -f \(encoding) -t UTF-8 FILE does"
  }

  private static let marks: [(mark: [UInt8], name: String, remedy: String)] = [
    ([0xff, 0xfe, 0, 0], "UTF-32 text", recode("UTF-32")),
    ([0, 0, 0xfe, 0xff], "UTF-32 text", recode("UTF-32")),
    ([0xff, 0xfe], "UTF-16 text", recode("UTF-16")),
    ([0xfe, 0xff], "UTF-16 text", recode("UTF-16")),
    (Array("BZh".utf8), "bzip2 data", "unpack it first, as bzip2 -dk FILE does"),
    ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], "xz data", "unpack it first, as xz -dk FILE does"),
    ([0x5d, 0, 0], "lzma data", "unpack it first, as xz -dk FILE does"),
    ([0x28, 0xb5, 0x2f, 0xfd], "zstd data", "unpack it first, as zstd -d FILE does"),
    ([0x04, 0x22, 0x4d, 0x18], "lz4 data", "unpack it first, as lz4 -d FILE does"),
    ([0xff, 0x06, 0, 0, 0x73], "snappy data", "unpack it first"),
    ([0x1f, 0x9d], "compress data", "unpack it first, as uncompress FILE does"),
    (Array("PK\u{3}\u{4}".utf8), "a zip archive", "unpack it first, as unzip FILE does"),
    ([0x37, 0x7a, 0xbc, 0xaf], "a 7z archive", "unpack it first, as 7z x FILE does"),
    (
      Array("PAR1".utf8), "a Parquet table",
      "make events of it with fader-py events (Sources/Python)"
    ),
    (Array("ORC".utf8), "an ORC table", "export it as JSON, one object a line"),
    (Array("Obj\u{1}".utf8), "an Avro file", "export it as JSON, one object a line"),
    (Array("SQLite format".utf8), "an SQLite database", "export it as JSON, one object a line"),
  ]
}

extension ForeignContent {
  /// The same for files whose lines are objects: JSON that does not stand one object a line.
  ///
  /// - Parameter bytes: the start of the file, behind any byte order mark.
  init?(objects bytes: ArraySlice<UInt8>) {
    let text = bytes.drop { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
    if text.first == UInt8(ascii: "[") {
      self.init("one JSON array", "write its elements one a line, as jq -c '.[]' FILE does")
      return
    }
    guard text.first == UInt8(ascii: "{") else { return nil }
    let line = text.prefix { $0 != 0x0a }
    if ForeignContent.hasReturnsBetweenObjects(line) {
      self.init("lines that end in CR alone", "end them in LF, as tr '\\r' '\\n' < FILE does")
    } else if let last = line.last(where: { ![0x20, 0x09, 0x0d].contains($0) }),
      Array("{[,".utf8).contains(last), let next = text.dropFirst(line.count + 1).first,
      [0x20, 0x09, UInt8(ascii: "\"")].contains(next)
    {
      self.init("JSON over several lines", "write one object a line, as jq -c . FILE does")
    } else {
      return nil
    }
  }

  private static func hasReturnsBetweenObjects(_ line: ArraySlice<UInt8>) -> Bool {
    var (isBehindObject, isBehindReturn) = (false, false)
    for byte in line {
      switch byte {
      case UInt8(ascii: "}"): (isBehindObject, isBehindReturn) = (true, false)
      case 0x0d where isBehindObject: isBehindReturn = true
      case 0x0d, 0x20, 0x09: continue
      case UInt8(ascii: "{") where isBehindReturn: return true
      default: (isBehindObject, isBehindReturn) = (false, false)
      }
    }
    return false
  }
}
