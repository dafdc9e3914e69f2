import Autodiff
import EvaluatorModel
package import Features
import Foundation
import Networks
import Tensors

/// Fits a private slice to a user's own events, on the device: a few steps of gradient descent from the
/// shared model.
///
/// Only the user's sessions go in and only the slice comes out. The hidden layers of the towers are made
/// once; a step then costs a product of a matrix of T columns.
package struct SliceFit: Sendable {
  /// What may change.
  package enum Part: String, Sendable, CaseIterable, Codable {
    case bias, film, last
  }

  package var steps = 3
  /// Of the gradient of the mean loss.
  package var rate: Float = 0.03
  /// Pulls towards the shared model: this share of the distance is part of the gradient.
  package var pull: Float = 0.05
  /// Longest gradient of a head.
  package var clip: Float = 1
  /// Places of events from which on steps have their full length; with fewer they are shorter in
  /// proportion.
  package var fullAt = 100
  package var parts = Set(Part.allCases)

  package init() {}

  /// What a head's towers say of a user's events.
  struct Events {
    /// `[n, T]`
    let hidden: Matrix
    let offsets: [Float]
    /// 0 or 1; NaN where nothing is known.
    let targets: [Float]
  }

  /// The slice after some steps, from nothing.
  ///
  /// - Parameters:
  ///   - sessions: the user's, oldest first.
  ///   - rate: of the steps, in place of the configured one: a learned one of this user.
  ///   - base: SHA-256 of the shared model.
  package func fit(
    _ ranker: ScreenRanker, _ sessions: [EncodedSession], base: String, rate: Float? = nil
  ) -> PrivateSlice {
    let events = ranker.events(sessions)
    return PrivateSlice(
      base: base,
      heads: events.enumerated().map { h, events in
        let layer = ranker.lastLayers[h]
        var head = PrivateSlice.Head(width: events.hidden.columns)
        let count = events.targets.count { !$0.isNaN }
        guard ranker.heads[h].kind == .binary, ranker[shareOf: h] != 0, count > 0 else {
          return head
        }
        let length = (rate ?? self.rate) * min(1, Float(count) / Float(fullAt))
        for _ in 0..<steps {
          let gradient = gradient(
            events, head, weight: ranker.parameters[layer.weight].scalars,
            bias: ranker.parameters[layer.bias].scalars[0], share: ranker[shareOf: h])
          head = descended(head, along: gradient, by: length)
        }
        return head
      })
  }

  /// Of the mean loss over the events, by what the slice holds.
  private func gradient(
    _ events: Events, _ head: PrivateSlice.Head, weight: [Float], bias: Float, share: Float
  ) -> PrivateSlice.Head {
    let width = weight.count
    let own = zip(weight, head.weight).map { $0 + $1 }
    var gradient = PrivateSlice.Head(width: width)
    let count = Float(max(1, events.targets.count { !$0.isNaN }))
    var (errors, seen): (Float, [Float]) = (0, [Float](repeating: 0, count: width))
    for (row, target) in events.targets.enumerated() where !target.isNaN {
      var raw = bias + head.bias
      for i in 0..<width {
        raw += own[i] * (events.hidden[row, i] * (1 + head.scale[i]) + head.shift[i])
      }
      let chance = 1 / (1 + exp(-(events.offsets[row] + share * raw)))
      let error = share * (chance - target) / count
      errors += error
      for i in 0..<width { seen[i] += error * events.hidden[row, i] }
    }
    for i in 0..<width {
      gradient.weight[i] = seen[i] * (1 + head.scale[i]) + errors * head.shift[i]
      gradient.scale[i] = seen[i] * own[i]
      gradient.shift[i] = errors * own[i]
    }
    gradient.bias = errors
    return gradient
  }

  private func descended(
    _ head: PrivateSlice.Head, along gradient: PrivateSlice.Head, by length: Float
  ) -> PrivateSlice.Head {
    var squares = gradient.bias * gradient.bias
    for part in [gradient.weight, gradient.scale, gradient.shift] {
      squares += part.reduce(0) { $0 + $1 * $1 }
    }
    let norm = squares.squareRoot()
    let factor = length * (norm > clip ? clip / norm : 1)
    func moved(_ values: [Float], _ slopes: [Float], _ part: Part) -> [Float] {
      parts.contains(part)
        ? zip(values, slopes).map { $0 - factor * $1 - length * pull * $0 } : values
    }
    var next = head
    next.weight = moved(head.weight, gradient.weight, .last)
    next.scale = moved(head.scale, gradient.scale, .film)
    next.shift = moved(head.shift, gradient.shift, .film)
    next.bias = moved([head.bias], [gradient.bias], .bias)[0]
    return next
  }
}

extension ScreenRanker {
  /// The shown items of sessions, head by head.
  func events(_ sessions: [EncodedSession]) -> [SliceFit.Events] {
    let tape = Tape(parameters: parameters.values, recording: false)
    let (towers, offsets) = shownTowers(sessions, on: tape)
    let scores = tape.value(offsets)
    return heads.indices.map { h in
      SliceFit.Events(
        hidden: tape.value(towers[h]),
        offsets: (0..<scores.rows).map { scores[$0, h] },
        targets: sessions.flatMap { $0.feedback[h] })
    }
  }
}

// MARK: - Whether it is of use

extension SliceFit {
  /// A slice is kept only if the model with it predicts the user's latest events better than the shared
  /// model does, by at least a standard error over their sessions. It is fitted to the events before them
  /// and asked about them; in the end it is fitted to all.
  ///
  /// - Parameter share: of the sessions, the newest, that are asked about.
  /// - Returns: nil where the shared model is to be served.
  package func fitIfUseful(
    _ ranker: ScreenRanker, _ sessions: [EncodedSession], base: String, rate: Float? = nil,
    share: Double = 0.3
  ) -> PrivateSlice? {
    let asked = Int((Double(sessions.count) * share).rounded(.up))
    guard asked > 0, asked < sessions.count else { return nil }
    let (earlier, latest) = (Array(sessions.dropLast(asked)), Array(sessions.suffix(asked)))
    let trial = fit(ranker, earlier, base: base, rate: rate)
    guard let own = try? ranker.applying(trial, base: base) else { return nil }
    let leads = zip(own.losses(latest), ranker.losses(latest)).map { $1 - $0 }
    guard Self.isClear(leads) else { return nil }
    return fit(ranker, sessions, base: base, rate: rate)
  }

  /// Whether a mean is above 0 by at least its standard error.
  private static func isClear(_ values: [Double]) -> Bool {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return mean > 0 && mean * count >= squares.squareRoot()
  }
}

extension ScreenRanker {
  /// Log loss of each session: of its shown items, summed over the heads of chances.
  fileprivate func losses(_ sessions: [EncodedSession]) -> [Double] {
    sessions.map { meanLoss([$0]) }
  }

  /// Log loss per shown item, summed over the heads of chances.
  package func meanLoss(_ sessions: [EncodedSession]) -> Double {
    let predicted = predictions(sessions)
    return heads.indices.filter { heads[$0].kind == .binary }.reduce(0) { sum, h in
      var (loss, count) = (0.0, 0)
      for (session, slots) in zip(sessions, predicted) {
        for (slot, value) in session.feedback[h].enumerated() where !value.isNaN {
          let chance = min(max(Double(slots[slot][h]), 1e-7), 1 - 1e-7)
          loss -= value > 0 ? log(chance) : log(1 - chance)
          count += 1
        }
      }
      return sum + (count > 0 ? loss / Double(count) : 0)
    }
  }
}
