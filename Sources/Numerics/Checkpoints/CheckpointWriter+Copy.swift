extension CheckpointWriter {
  /// Heading under which an evaluation stands in a model card.
  private static let evaluationHeading = "## Evaluation"

  /// Everything a checkpoint holds, byte for byte, to be written again with changes.
  package init(copying checkpoint: CheckpointReader) throws(CheckpointError) {
    self.init()
    for name in checkpoint.fileNames { add(file: name, bytes: try checkpoint.bytes(name)) }
    for (name, text) in checkpoint.sectionTexts { setSection(name, text: text) }
  }

  /// Puts the figures of an evaluation into the checkpoint's model card, in place of earlier ones.
  ///
  /// - Parameter markdown: starts with the heading `## Evaluation`.
  package mutating func setEvaluation(
    _ markdown: String, in checkpoint: CheckpointReader
  ) throws(CheckpointError) {
    let card = String(decoding: try checkpoint.bytes(CheckpointFolder.cardFile), as: UTF8.self)
    let kept = card.split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { $0 != Self.evaluationHeading }.joined(separator: "\n")
    let body = kept.hasSuffix("\n") ? kept : kept + "\n"
    add(file: CheckpointFolder.cardFile, bytes: Array((body + markdown).utf8))
  }
}
