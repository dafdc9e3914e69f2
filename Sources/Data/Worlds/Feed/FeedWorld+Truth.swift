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
        law: configuration)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// One user's answer to a list, drawn from the truth.
  package func respond(
    to request: Request, list: [Int], using stream: inout RandomStream
  ) -> [String: [Float]] {
    let truth = truth(for: request)
    var clicks: [Float] = []
    var likes: [Float] = []
    var dwell: [Float] = []
    let spread = FeedAnswer.dwellSpread
    for (chance, candidate) in zip(truth.clickChances(of: list), list) {
      let clicked = stream.uniform() < chance
      let liked = clicked && stream.uniform() < truth.likeGivenClick[candidate]
      // Log-normal with the expected seconds as its mean, to the hundredth as a log writes it.
      let factor = clicked ? exp(spread * stream.normal() - spread * spread / 2) : 0
      clicks.append(clicked ? 1 : 0)
      likes.append(liked ? 1 : 0)
      dwell.append(Float(rounded(truth.dwellGivenClick[candidate] * factor, 100)))
    }
    return ["click": clicks, "like": likes, "dwell": dwell]
  }
}

extension FeedTruth {
  /// Exact expected feedback per slot: `["click": [n], "like": [n], "dwell": [n]]`.
  ///
  /// Likes and seconds are those of an item that may or may not be clicked: `E[like] = P(click)
  /// P(like | click)`, and likewise for dwell, which is 0 without a click.
  package func expectedFeedback(of list: [Int]) -> [String: [Float]] {
    let clicks = clickChances(of: list)
    return [
      "click": clicks.map { Float($0) },
      "like": zip(clicks, list).map { Float($0 * likeGivenClick[$1]) },
      "dwell": zip(clicks, list).map { Float($0 * dwellGivenClick[$1]) },
    ]
  }
}
