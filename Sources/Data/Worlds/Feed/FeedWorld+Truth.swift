import Foundation
package import RandomStreams
package import Sessions

extension FeedWorld {
  /// The law for one request; make it once to judge many lists.
  ///
  /// - Precondition: `check(request)` does not throw.
  package func truth(for request: Request) -> FeedTruth {
    do {
      var user = users[try ids.user(of: request)]
      user.taste += interest(of: request)
      return FeedTruth(
        user: user, items: try ids.items(of: request).map { items[$0] }, context: request.context,
        loaded: request.candidates.map { $0.features["loaded"]?.number ?? 0 },
        channels: configuration.inserts > 0 ? request.candidates.map { FeedChannel($0) } : nil,
        law: configuration)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// One user's answer to a list, drawn from the truth. What a user did not reach is not known, NaN.
  package func respond(
    to request: Request, list: [Int], using stream: inout RandomStream
  ) -> [String: [Float]] {
    let truth = truth(for: request)
    var answers: [Answer?] = []
    var isThere = true
    for (chance, candidate) in zip(truth.clickChances(of: list), list) {
      let answer = isThere ? truth.answer(to: candidate, click: chance, using: &stream) : nil
      answers.append(answer)
      isThere = answer?.goesOn ?? false
    }
    func along(_ value: (Answer) -> Float) -> [Float] { answers.map { $0.map(value) ?? .nan } }
    var feedback = [
      "click": along { $0.isClicked ? 1 : 0 }, "like": along { $0.isLiked ? 1 : 0 },
      "dwell": along(\.dwell),
    ]
    if configuration.survival { feedback["has_next"] = along { $0.goesOn ? 1 : 0 } }
    return feedback
  }

  /// What a user did with an item that they reached.
  package struct Answer: Sendable {
    package let isClicked: Bool
    package let isLiked: Bool
    /// Seconds, to the hundredth as a log writes them; 0 without a click.
    package let dwell: Float
    /// Whether they looked at what stands below.
    package let goesOn: Bool
  }
}

extension FeedTruth {
  /// A user's answer to an item that they reached.
  ///
  /// - Parameter chance: of a click.
  package func answer(
    to candidate: Int, click chance: Double, using stream: inout RandomStream
  ) -> FeedWorld.Answer {
    let spread = FeedAnswer.dwellSpread
    let clicked = stream.uniform() < chance
    let liked = clicked && stream.uniform() < likeGivenClick[candidate]
    // Log-normal with the expected seconds as its mean.
    let factor = clicked ? exp(spread * stream.normal() - spread * spread / 2) : 0
    let stay = stay(behind: candidate, clicked: clicked)
    return FeedWorld.Answer(
      isClicked: clicked, isLiked: liked,
      dwell: Float(rounded(dwellGivenClick[candidate] * factor, 100)),
      goesOn: stay.map { stream.uniform() < $0 } ?? true)
  }

  /// Exact expected feedback per slot: `["click": [n], "like": [n], "dwell": [n]]`, and with survival
  /// `"has_next"`; of a slot that is reached.
  ///
  /// Likes and seconds are those of an item that may or may not be clicked: `E[like] = P(click)
  /// P(like | click)`, and likewise for dwell, which is 0 without a click.
  package func expectedFeedback(of list: [Int]) -> [String: [Float]] {
    let clicks = clickChances(of: list)
    var expected = [
      "click": clicks.map { Float($0) },
      "like": zip(clicks, list).map { Float($0 * likeGivenClick[$1]) },
      "dwell": zip(clicks, list).map { Float($0 * dwellGivenClick[$1]) },
    ]
    if let stays = stays(of: list, clicks: clicks) {
      expected["has_next"] = stays.map { Float($0) }
    }
    return expected
  }
}
