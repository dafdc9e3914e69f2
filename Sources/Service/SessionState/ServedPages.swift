import EventIngest
import Synchronization

/// Lists that users are looking at, each with the request that it was made for, so that the rest of one can
/// be ranked again after something happened.
package final class ServedPages: Sendable {
  /// A list, as far as its user has not seen it.
  package struct Page: Sendable, Equatable {
    /// The request's body.
    package let body: [UInt8]
    /// Items that are left, from the top down.
    package fileprivate(set) var items: [String]
    /// Those that the user has seen.
    package fileprivate(set) var seen: [String] = []
    /// The list that the items left are of: the name under which it is logged.
    package fileprivate(set) var list: String
    /// How often it was ranked again.
    package fileprivate(set) var rounds = 0
    /// Items seen since it was last worth ranking again.
    fileprivate var pending = 0
  }

  private let pages = Mutex(RecentNames<Page>())
  private let most: Int

  package init(most: Int) { self.most = most }

  package func show(_ items: [String], as list: String, body: [UInt8]) {
    pages.withLock { pages in
      pages.touch(list, Page(body: body, items: items, list: list))
      while pages.count > most { _ = pages.removeOldest() }
    }
  }

  /// The page of a session, as it stands.
  package subscript(session session: String) -> Page? { pages.withLock { $0[session] } }

  /// Takes in what the user saw and did.
  ///
  /// - Parameters:
  ///   - seen: items from the top of what was left.
  ///   - isTrigger: whether something was done that is worth ranking again for.
  ///   - exposures: items seen without that, after which it is, too; 0 for never.
  /// - Returns: the page after it, and whether it is to be ranked again; nil for an unknown session.
  package func advance(
    _ session: String, seen: Int, isTrigger: Bool, exposures: Int
  ) -> (page: Page, isDue: Bool)? {
    pages.withLock { pages in
      guard var page = pages[session] else { return nil }
      page.seen += page.items.prefix(seen)
      page.items.removeFirst(min(seen, page.items.count))
      page.pending += seen
      let isDue = isTrigger || exposures > 0 && page.pending >= exposures
      if isDue { page.pending = 0 }
      pages.touch(session, page)
      return (page, isDue && !page.items.isEmpty)
    }
  }

  /// The rest of a page has another order.
  package func replace(_ session: String, by items: [String], as list: String) {
    pages.withLock { pages in
      guard var page = pages[session] else { return }
      page.items = items
      page.list = list
      page.rounds += 1
      pages.touch(session, page)
    }
  }
}
