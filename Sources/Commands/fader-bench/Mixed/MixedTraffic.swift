import Features
import ListPolicy
import MixedFeed
import Objectives
import Sessions
import Statistics
import Steering
import Tensors
import Worlds

/// Traffic whose channels each have a controller of their price: do shares arrive where they should, and do they
/// stay there when the supply changes?
///
/// In the first half of the requests each channel offers three quarters of its inserts, in the second half all of
/// them.
struct MixedTraffic {
  let policy: MixedPolicy
  let schema: FittedSchema
  let world: any World
  let requests: Int
  let target: Double
  let workers: Workers

  /// Lists between two steps of the controllers, and between two lines of the table.
  private static let every = 200
  private static let reported = 1000

  func run() throws {
    let channels = policy.channels
    let configurations = channels.map { channel in
      var configuration = ShareControllerConfiguration(channel: channel.name, target: target)
      configuration.minimum = -1
      configuration.every = Self.every
      configuration.proportional = 0.5
      configuration.integral = 0.5
      return configuration
    }
    let flags = channels.map { ($0.name, (flag: $0.flag, price: 0.0)) }
    let controllers = ShareControllers(
      configurations, start: [:], channels: Dictionary(flags) { first, _ in first },
      viewDecay: channels.first?.viewDecay ?? 1)
    var (placed, places, broken) = (channels.map { _ in 0 }, 0, 0)
    print("requests | share, price per channel: \(channels.map(\.name).joined(separator: ", "))")
    for start in stride(from: 0, to: requests, by: Self.every) {
      let prices = controllers.prices
      let block = workers.map(min(Self.every, requests - start)) { offset in
        answer(to: start + offset, prices: prices)
      }
      for answer in block {
        controllers.observe(list: answer.list, flags: answer.flags)
        places += answer.list.count
        for (c, column) in answer.flags.enumerated() {
          let own = answer.list.map { column[$0] > 0 }
          placed[c] += own.count { $0 }
          broken += channels[c].violations(own, supply: answer.supply[c])
        }
      }
      guard (start + Self.every) % Self.reported == 0 else { continue }
      let cells = channels.indices.map { c in
        "\(significant(Double(placed[c]) / Double(places))) at "
          + significant(controllers.prices[channels[c].name] ?? 0)
      }
      print("\(start + Self.every) | \(cells.joined(separator: " | "))")
      (placed, places) = (channels.map { _ in 0 }, 0)
    }
    print("limits broken: \(broken) in \(requests) lists")
  }

  private struct Answer: Sendable {
    let list: [Int]
    let flags: [[Float]]
    let supply: [Int]
  }

  private func answer(to number: Int, prices: [String: Double]) -> Answer {
    let request = world.request(number)
    let flags = policy.channels.map {
      CandidateColumn(.flag, of: $0.flag).values(of: request.candidates)
    }
    var bans: Set<Int> = []
    var supply: [Int] = []
    for column in flags {
      let own = column.indices.filter { column[$0] > 0 }
      let left = number < requests / 2 ? own.count * 3 / 4 : own.count
      bans.formUnion(own.dropFirst(left))
      supply.append(left)
    }
    let weights = [Float](repeating: 1, count: policy.objectiveCount)
    let list = policy.lists(
      RequestBatch([schema.encode(request)]),
      weights: [policy.prepare(weights.map { $0 / Float(weights.count) })],
      lengths: [world.listLength],
      constraints: [
        DecodingConstraints(
          bans: bans, channels: prices.mapValues { ChannelBounds(price: $0) })
      ])[0].items
    return Answer(list: list, flags: flags, supply: supply)
  }
}
