import Testing

@Suite struct UnsafeCodeTests {
  /// The files outside Tensors that call C or the system in a way the compiler cannot check.
  static let known: Set<String> = [
    "Sources/Data/Features/SessionCacheFiles.swift",
    "Sources/Data/Sessions/Lines/GzipFile.swift",
    "Sources/Data/Sessions/Lines/InputFile.swift",
    "Sources/Data/Sessions/Lines/PackedBytes.swift",
    "Sources/Learning/Training/Runs/TerminalColumns.swift",
    "Sources/Service/SessionState/RedisConnection.swift",
  ]

  /// Whether the source text, comments aside, uses the keyword `unsafe`.
  static func isUnsafe(_ text: String) -> Bool {
    text.split(separator: "\n").contains { line in
      let code = line.prefix { $0 != "/" }
      return code.contains(/\bunsafe\s/)
    }
  }

  @Test func unsafeCodeOutsideTensorsIsInKnownFiles() throws {
    let files = PackageFolder.targets.filter { !$0.hasSuffix("/Tensors") }
      .flatMap(PackageFolder.files(under:)).filter { $0.hasSuffix(".swift") }
    let found = try files.filter { Self.isUnsafe(try PackageFolder.text($0)) }
    #expect(Set(found) == Self.known)
  }

  @Test func unsafeCodeIsTold() {
    #expect(Self.isUnsafe("let status = unsafe ioctl(descriptor)"))
    #expect(!Self.isUnsafe("// an unsafe call would do\nlet unsafety = 1"))
  }

  /// The compiler refuses unsafe code that is not marked; here is that it is asked to.
  @Test func theManifestAsksForStrictMemorySafety() throws {
    let manifest = try PackageFolder.text("Package.swift")
    #expect(manifest.contains(".strictMemorySafety()"))
    #expect(manifest.contains(#".treatWarning("StrictMemorySafety", as: .error)"#))
  }

  /// A package with unsafe flags cannot be depended on.
  @Test func theManifestHasNoUnsafeFlags() throws {
    let manifest = try PackageFolder.text("Package.swift")
    #expect(!manifest.contains("unsafeFlags"))
  }
}
