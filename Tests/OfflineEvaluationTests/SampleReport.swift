import Measures
import OfflineEvaluation
import RandomStreams

/// A report over made-up comparisons: two objectives, three probes on two lines.
func sampleReport(
  objectives: [String] = ["click", "cold"], users: Int = 12, truth: Bool = true, seed: UInt64 = 1
) -> EvaluationReport {
  var accumulator = EvaluationAccumulator(
    objectives: objectives, scales: [2, 0.5], probes: [[0, 1], [0.5, 0.5], [1, 0]],
    lines: [[0, 1, 2], [2, 1, 0]])
  var stream = RandomStream(seed: seed, "sample report")
  for user in 0..<users {
    for probe in 0..<3 {
      let w = Double(probe) / 2
      let generated = [2 + w + 0.1 * stream.uniform(), 0.5 - 0.2 * w]
      let logged = [2 + 0.5 * stream.uniform(), 0.2]
      let reward = { (u: [Double]) in w * u[0] / 2 + (1 - w) * u[1] / 0.5 }
      accumulator.add(
        probe: probe, user: UInt64(user), generated: generated, logged: logged,
        rewardGenerated: reward(generated), rewardLogged: reward(logged),
        trueGenerated: truth ? generated : nil, trueLogged: truth ? logged : nil)
    }
  }
  var bootstrap = RandomStream(seed: seed, "sample bootstrap")
  return accumulator.report(bootstrapSamples: 200, using: &bootstrap, listLength: 10)
}
