import Features
import ItemLabels

extension ShownItems {
  /// What a method is asked for a list of `length` of the items.
  func request(length: Int) -> MethodRequests {
    MethodRequests(
      batch: RequestBatch([request]), lengths: [length], logged: [loggedOrder],
      firstRequest: number)
  }
}
