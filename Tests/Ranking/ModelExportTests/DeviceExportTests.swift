import Checkpoints
import EvaluatorModel
import FaderRanking
import Families
import Features
import JSON
import ListPolicy
import ModelExport
import Networks
import Objectives
import RandomStreams
import ScreenModel
import Sessions
import Tensors
import Testing
import TinyModels

/// A screen model over a small schema, as a checkpoint.
enum TinyScreen {
  static let feedback = ["click", "has_next"]
  static let schema: FittedSchema = {
    var configuration = SchemaConfiguration()
    configuration.history = ["exposure": HistoryConfiguration()]
    var fitter = SchemaFitter(configuration)
    for session in sessions(40) { fitter.add(session) }
    do {
      return try fitter.fit(columns: objectives.columns, feedback: feedback)
    } catch {
      preconditionFailure("\(error)")
    }
  }()
  static let objectives = ObjectiveSet(objectives: [
    Objective(
      name: "view", definition: .predicted(feedback: "click", .survival(next: "has_next"))),
    Objective(name: "shops", definition: .rule(.distinct(group: "shop", window: nil))),
  ])

  static func request(_ number: Int, items: Int = 8) -> Request {
    var stream = RandomStream(seed: 3, "tiny screen", request: UInt64(number))
    func item(_ name: String) -> Candidate {
      Candidate(
        id: name,
        features: [
          "score": .number(stream.uniform()), "shop": .text("s\(stream.below(5))"),
          "kind": .text(["video", "live"][stream.below(2)]),
        ])
    }
    var request = Request(
      id: "r\(number)",
      user: User(id: "u\(number % 7)", features: ["age": .number(stream.uniform())]),
      context: ["network": .text("wifi")], candidates: (0..<items).map { item("i\($0)") })
    request.history = (0..<number % 5).map {
      Behaviour(
        type: Behaviour.exposure, time: Double($0), item: item("h\($0)"), position: $0 + 1,
        action: $0 % 2 == 0 ? ["click": .flag(true)] : [:])
    }
    return request
  }

  static func sessions(_ count: Int) -> [Session] {
    (0..<count).map { number in
      Session(
        request: request(number), time: 1000 + Double(number), shown: [0, 1, 2],
        feedback: ["click": [1, 0, 0], "has_next": [1, 1, 0]])
    }
  }

  static func policy(width: Int = 4) throws -> ScreenPolicy {
    var c = ScreenConfiguration()
    c.scores = ["score"]
    c.beam.width = width
    var policy = try ScreenPolicy(
      c, layout: schema.layout, objectives: objectives,
      heads: feedback.map { EvaluatorHead(feedback: $0, kind: .binary) },
      stream: RandomStream(seed: 1, "tiny screen"))
    var stream = RandomStream(seed: 1, "tiny screen start")
    for layer in policy.ranker.lastLayers {
      for i in policy.ranker.parameters[layer.weight].scalars.indices {
        policy.ranker.parameters.values[layer.weight.position].scalars[i] = Float(stream.normal())
      }
    }
    return policy
  }

  static func write(_ policy: ScreenPolicy, to path: String) throws {
    var writer = CheckpointWriter()
    try writer.setSection("schema", schema)
    try writer.setSection("objectives", objectives)
    let record = """
      {"configuration":{},"heads":[{"feedback":"click","kind":"binary","unit":1},\
      {"feedback":"has_next","kind":"binary","unit":1}],"slots":8,"members":1,"hash":""}
      """
    try writer.setSection(
      EvaluatorRole.training.section,
      try EncodedJSON.value(EvaluatorRecord.self, of: Array(record.utf8)))
    try policy.addSections(to: &writer)
    writer.add(tensors: policy.stored)
    try writer.write(to: path)
  }
}

@Suite struct DeviceExportTests {
  private static let weights = ["view": 0.7, "shops": 0.3]

  private func lists(_ writer: ListWriter) throws -> [[Int]] {
    try (0..<20).map {
      try writer.list(for: TinyScreen.request($0), size: 5, weights: Self.weights)
    }
  }

  @Test(arguments: StoredPrecision.allCases) func aDeviceWritesTheSameLists(
    precision: StoredPrecision
  ) throws {
    try withTemporaryPath("device") { folder in
      try TinyScreen.write(try TinyScreen.policy(), to: "\(folder)/whole")
      let reader = try CheckpointReader(path: "\(folder)/whole")
      try DeviceExport(reader, precision: precision).writers().device.write(
        to: "\(folder)/device")
      let whole = try ListWriter(checkpoint: "\(folder)/whole")
      let device = try ListWriter(checkpoint: "\(folder)/device")
      let (a, b) = (try lists(whole), try lists(device))
      #expect(device.model == whole.model)
      #expect(zip(a, b).count { $0 == $1 } >= (precision == .int8 ? 12 : 18))
      if precision == .float32 { #expect(a == b) }
      #expect(try CheckpointReader(path: "\(folder)/device").fileNames == ["model.safetensors"])
    }
  }

  /// Numbers are what the rounding says, and a file of whole numbers is a quarter as large.
  @Test func roundedTensorsComeBack() throws {
    var stream = RandomStream(seed: 2, "rounded")
    let tensor = StoredTensor(
      name: "w", shape: [40, 30], scalars: (0..<1200).map { _ in Float(stream.normal()) })
    try withTemporaryPath("rounded") { folder in
      for (place, precision) in StoredPrecision.allCases.enumerated() {
        var writer = CheckpointWriter()
        let bytes = Safetensors.encode([tensor], precision: precision)
        writer.add(file: CheckpointFolder.modelFile, bytes: bytes)
        try writer.write(to: folder)
        let read = try CheckpointReader(path: folder).tensors()
        #expect(read.count == 1 && read["w"] == precision.rounded(tensor))
        #expect(bytes.count < [5000, 2600, 1600][place])
        let worst = zip(tensor.scalars, read["w"]?.scalars ?? []).map { abs($0 - $1) }.max() ?? 1
        #expect(worst <= [0, 0.002, 0.02][place])
      }
    }
  }

  @Test func rowsTravelWithTheCandidates() throws {
    try withTemporaryPath("travel") { folder in
      try TinyScreen.write(try TinyScreen.policy(), to: "\(folder)/whole")
      let reader = try CheckpointReader(path: "\(folder)/whole")
      let writers = try DeviceExport(reader, precision: .float32)
        .writers(embeddingsTravel: true)
      try writers.device.write(to: "\(folder)/device")
      try writers.server?.write(to: "\(folder)/server")
      let server = try EmbeddingServer(["\(folder)/server"])
      var device = try ListWriter(checkpoint: "\(folder)/device")
      #expect(device.needsRows)
      let whole = try ListWriter(checkpoint: "\(folder)/whole")
      for number in 0..<20 {
        let request = TinyScreen.request(number)
        device.forgetRows()
        try device.take(
          try server.rows(
            for: request.candidates + request.history.map(\.item), model: device.model))
        #expect(
          try device.list(for: request, size: 5, weights: Self.weights)
            == whole.list(for: request, size: 5, weights: Self.weights))
      }
    }
  }

  /// Old and new are served side by side, and rows of the one are none of the other's.
  @Test func versionsAreMatched() throws {
    try withTemporaryPath("versions") { folder in
      var policies = [try TinyScreen.policy(), try TinyScreen.policy()]
      policies[1].ranker.parameters.values[0].scalars[0] += 1
      for (name, policy) in zip(["old", "new"], policies) {
        try TinyScreen.write(policy, to: "\(folder)/\(name)-whole")
        let writers = try DeviceExport(
          try CheckpointReader(path: "\(folder)/\(name)-whole"), precision: .float16
        ).writers(embeddingsTravel: true)
        try writers.device.write(to: "\(folder)/\(name)")
        try writers.server?.write(to: "\(folder)/\(name)-server")
      }
      let server = try EmbeddingServer(["\(folder)/old-server", "\(folder)/new-server"])
      var old = try ListWriter(checkpoint: "\(folder)/old")
      let new = try ListWriter(checkpoint: "\(folder)/new")
      #expect(Set(server.models) == [old.model, new.model])
      let items = TinyScreen.request(1).candidates
      try old.take(try server.rows(for: items, model: old.model))
      let other = try server.rows(for: items, model: new.model)
      #expect(throws: EmbeddingVersionError.self) { try old.take(other) }
      let alone = try EmbeddingServer(["\(folder)/new-server"])
      let error = #expect(throws: EmbeddingVersionError.self) {
        try alone.rows(for: items, model: old.model)
      }
      #expect(error?.got == old.model && error?.expected == [new.model])
    }
  }

  /// A phone fits its own slice, and only with the slice of its own model.
  @Test func aPhoneHasAModelOfItsOwn() throws {
    try withTemporaryPath("slice") { folder in
      try TinyScreen.write(try TinyScreen.policy(), to: "\(folder)/whole")
      let writer = try ListWriter(checkpoint: "\(folder)/whole")
      let slice = try writer.fittedSlice(TinyScreen.sessions(30))
      if let slice { _ = try lists(try writer.applying(slice: slice)) }
      #expect(try writer.fittedSlice([]) == nil)
    }
  }
}
