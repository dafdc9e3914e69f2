import Adaptation
import ArgumentParser
import Checkpoints
import Families
import Features
import Foundation
import JSON
import ListPolicy
import Objectives
import ScreenModel
import Sessions
import Statistics
import Tensors

/// `fader adapt`
struct Adapt: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fit a private slice of a screen model to each user, and say for whom it helps.",
    discussion: """
      A slice is a small difference to the shared model, fitted to one user's own events as a device would do it. It is \
      kept only if it predicts the user's latest events better than the shared model. Each user's earlier sessions of \
      --sessions are fitted to, the later ones are asked about. With --meta the shared model is first trained so that \
      a few steps help, on the users of --train, and written to --out.

      Example:
        fader adapt --checkpoint runs/screen --sessions later.jsonl --slices slices
        fader adapt --checkpoint runs/screen --meta fomaml --train earlier.jsonl --out runs/screen-fomaml
      """)

  @OptionGroup var checkpoint: CheckpointOptions
  @Option(help: "Session file whose users get slices and are asked about.")
  var sessions: String?
  @Option(help: "Folder to write the kept slices to, a file per user.")
  var slices: String?
  @Option(help: "Meta-training of the shared model: maml, fomaml or paml.")
  var meta: String?
  @Option(help: "Session file to meta-train on.")
  var train: String?
  @Option(help: "Folder of the checkpoint that meta-training makes.")
  var out: String?
  @Option(help: "Steps of meta-training.")
  var metaSteps = 200
  @Option(help: "Steps of a slice.")
  var steps: Int?
  @Option(help: "Length of the steps of a slice.")
  var rate: Double?
  @Option(help: "Other checkpoints of screen models to compare with on the same events.")
  var beside: [String] = []
  @Option(help: "Seed of meta-training.")
  var seed: UInt64 = 1
  @Flag(help: "Print JSON.")
  var json = false
  @OptionGroup var workers: WorkerOptions

  func validate() throws {
    if (meta == nil) != (train == nil) || (meta == nil) != (out == nil) {
      throw ValidationError("--meta, --train and --out belong together: give all three or none")
    }
    if let meta, MetaMethod(rawValue: meta) == nil {
      let known = MetaMethod.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--meta: expected one of \(known), got \(meta)")
    }
    if meta == nil, sessions == nil {
      throw ValidationError("expected --sessions to fit slices to, or --meta, got neither")
    }
    for (name, count) in [("--meta-steps", metaSteps), ("--steps", steps ?? 1)] where count < 1 {
      throw ValidationError("\(name): expected at least 1, got \(count)")
    }
    if let rate, !(rate > 0) { throw ValidationError("--rate: expected above 0, got \(rate)") }
  }

  func run() throws {
    var model = try ScreenModelFile(try checkpoint.path())
    if let meta, let method = MetaMethod(rawValue: meta), let train, let out {
      try metaTrain(model, method, train: train, out: out)
      model = try ScreenModelFile(out)
    }
    if let sessions { try report(model, sessions) }
  }

  private func metaTrain(
    _ model: ScreenModelFile, _ method: MetaMethod, train: String, out: String
  ) throws {
    var configuration = MetaConfiguration()
    configuration.method = method
    configuration.steps = metaSteps
    configuration.seed = seed
    if let steps { configuration.innerSteps = steps }
    if let rate { configuration.innerRate = Float(rate) }
    let tasks = UserTask.all(try model.encoded(train, workers: workers.value))
    guard !tasks.isEmpty else {
      throw CommandError.noSessions(
        "\(train): expected users with at least two sessions, got none; log more of each user")
    }
    var training = MetaTraining(configuration, start: model.policy.ranker)
    training.run(tasks, workers: workers.value) { step, adapted, shared in
      guard step % 20 == 19 || step + 1 == metaSteps else { return }
      StandardError.note(
        "step \(step + 1): loss with a slice \(rounded(adapted)), without \(rounded(shared))"
      )
    }
    try training.checkpoint(from: model.reader).write(to: out)
    StandardError.note("the shared model is in \(out)")
  }

  private func report(_ model: ScreenModelFile, _ path: String) throws {
    let tasks = UserTask.all(try model.encoded(path, workers: workers.value))
    guard !tasks.isEmpty else {
      throw CommandError.noSessions(
        "\(path): expected users with at least two sessions, got none; log more of each user")
    }
    let record = model.record
    var fit = SliceFit()
    fit.steps = steps ?? record?.innerSteps ?? fit.steps
    fit.rate = rate.map { Float($0) } ?? record?.innerRate ?? fit.rate
    let heads = model.policy.ranker.heads.count
    let rates = record?.rateModel(heads: heads)
    let others = try beside.map { other in
      let file = try ScreenModelFile(try CheckpointPath.resolve(other))
      return AdaptationReport.Other(
        file.policy.ranker,
        tasks: UserTask.all(try file.encoded(path, workers: workers.value)))
    }
    let length = fit.rate
    let rate: @Sendable (UserTask) -> Float? = { task in
      rates.map { $0.rate(task, rate: length, heads: heads) }
    }
    let report = AdaptationReport(
      model.policy.ranker, tasks: tasks, fit: fit, base: model.reader.modelHash,
      rate: rate, others: others, workers: workers.value)
    if let slices { try write(tasks, model, fit, rate: rate, to: slices) }
    try StandardOutput.write((json ? report.json : report.table(beside: beside)) + "\n")
  }

  /// The kept slices, a file per user.
  private func write(
    _ tasks: [UserTask], _ model: ScreenModelFile, _ fit: SliceFit,
    rate: @Sendable (UserTask) -> Float?, to folder: String
  ) throws {
    let base = model.reader.modelHash
    let kept = workers.value.map(tasks.count) { place in
      let task = tasks[place]
      return fit.fitIfUseful(model.policy.ranker, task.support, base: base, rate: rate(task))
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      for (task, slice) in zip(tasks, kept) {
        guard let slice else { continue }
        let name = String(task.user, radix: 16)
        try Data(try EncodedJSON.line(slice)).write(
          to: URL(fileURLWithPath: "\(folder)/\(name).json"), options: .atomic)
      }
    } catch {
      throw CommandError.cannotWrite(path: folder, reason: error.localizedDescription)
    }
    StandardError.note(
      "\(kept.count { $0 != nil }) of \(tasks.count) users have a slice of their own in \(folder)")
  }
}

/// A checkpoint of the family screen.
private struct ScreenModelFile {
  let reader: CheckpointReader
  let schema: FittedSchema
  let policy: ScreenPolicy
  /// How its slices are fitted; nil where nothing is said.
  let record: AdaptationRecord?

  init(_ path: String) throws {
    reader = try CheckpointReader(path: path)
    schema = try reader.section("schema", as: FittedSchema.self)
    let policy = try Families.policy(
      of: reader, layout: schema.layout,
      objectives: try reader.section("objectives", as: ObjectiveSet.self))
    guard let policy = policy as? ScreenPolicy else {
      throw CommandError.unfitConfiguration(
        "\(path): expected a checkpoint of the family screen, got \(type(of: policy).family); "
          + "train one with configs/screen.yaml")
    }
    self.policy = policy
    record =
      reader.hasSection(AdaptationRecord.section)
      ? try reader.section(AdaptationRecord.section, as: AdaptationRecord.self) : nil
  }

  func encoded(_ path: String, workers: Workers) throws -> [EncodedSession] {
    var file = try SessionReader(path: path)
    var sessions: [Session] = []
    while let session = try file.next() { sessions.append(session) }
    let all = sessions
    return workers.map(all.count) { schema.encode(all[$0]) }
  }
}

/// Four places after the point at most.
private func rounded(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }

extension AdaptationReport {
  /// The rows as a table in Markdown.
  fileprivate func table(beside: [String]) -> String {
    let heading =
      [
        "tenth by activity", "users", "items", "shared", "private", "served", "lead, 95 %",
        "accepted",
      ]
      + beside + ["AUC shared", "AUC served"]
    var lines = ["| " + heading.joined(separator: " | ") + " |"]
    lines.append("|" + heading.map { _ in "---:|" }.joined())
    for row in rows {
      let lead = row.lead.map { "\(rounded($0.low)) to \(rounded($0.high))" } ?? "–"
      var cells = [
        row.decile == 0 ? "all" : "\(row.decile)", "\(row.users)", "\(Int(row.activity.rounded()))",
        rounded(row.shared), rounded(row.private), rounded(row.served), lead,
        "\(Int((100 * row.accepted).rounded())) %",
      ]
      cells += row.others.map { rounded($0) }
      cells += [row.areas.shared, row.areas.served].map { $0.map { rounded($0) } ?? "–" }
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    lines.append("")
    lines.append(
      "Log loss per place on later events, summed over the kinds of feedback; the lead is of the served "
        + "model over the shared one, below 0 where it helps.")
    return lines.joined(separator: "\n")
  }

  fileprivate var json: String {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    let all = rows.map { row -> JSONValue in
      [
        "decile": .number(Double(row.decile)), "users": .number(Double(row.users)),
        "items": .number(row.activity), "shared": .number(row.shared),
        "private": .number(row.private), "served": .number(row.served),
        "lead_low": number(row.lead?.low), "lead_high": number(row.lead?.high),
        "accepted": .number(row.accepted), "others": .array(row.others.map { .number($0) }),
        "auc_shared": number(row.areas.shared), "auc_served": number(row.areas.served),
      ]
    }
    return JSONValue.array(all).serialized() as String
  }
}
