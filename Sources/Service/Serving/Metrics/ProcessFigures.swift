import Foundation

/// What the operating system says of this process, for the `process_*` metrics that every
/// Prometheus client offers; read from `/proc`, and empty where there is none.
struct ProcessFigures {
  /// Name, type, help and value, in the order of the text.
  private(set) var samples: [(name: String, type: String, help: String, value: Double)] = []

  /// - Parameter folder: of this process, which tests replace.
  init(folder: String = "/proc/self", boot: String = "/proc/stat") {
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    let page = Double(sysconf(Int32(_SC_PAGESIZE)))
    if let fields = Self.fields("\(folder)/stat"), fields.count > 21, ticks > 0 {
      add(
        "process_cpu_seconds_total", "counter", "Processor time used, in seconds.",
        (fields[11] + fields[12]) / ticks)
      add("process_resident_memory_bytes", "gauge", "Resident memory in bytes.", fields[21] * page)
      add("process_virtual_memory_bytes", "gauge", "Virtual memory in bytes.", fields[20])
      add("process_threads", "gauge", "Threads of the process.", fields[17])
      if let started = Self.bootTime(boot) {
        add(
          "process_start_time_seconds", "gauge", "Start of the process, in seconds since 1970.",
          started + fields[19] / ticks)
      }
    }
    if let names = try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/fd") {
      add("process_open_fds", "gauge", "Open file descriptors.", Double(names.count))
    }
    if let most = Self.openFileLimit("\(folder)/limits") {
      add("process_max_fds", "gauge", "File descriptors that may be open.", most)
    }
  }

  private mutating func add(_ name: String, _ type: String, _ help: String, _ value: Double) {
    samples.append((name, type, help, value))
  }

  /// Fields of `stat` from the third on, the state as 0: the second, the program's name, may hold
  /// blanks and parentheses.
  private static func fields(_ path: String) -> [Double]? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    return text[text.index(after: end)...].split(whereSeparator: \.isWhitespace)
      .map { Double($0) ?? 0 }
  }

  /// Seconds since 1970 at which the machine started.
  private static func bootTime(_ path: String) -> Double? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix("btime ") {
      return Double(line.dropFirst("btime ".count))
    }
    return nil
  }

  /// The soft limit on open files; nil where there is none.
  private static func openFileLimit(_ path: String) -> Double? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix("Max open files") {
      return line.dropFirst("Max open files".count).split(separator: " ").first
        .flatMap { Double($0) }
    }
    return nil
  }
}
