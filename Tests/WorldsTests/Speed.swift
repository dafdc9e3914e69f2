import Testing
import Worlds

@Test func speed() {
  let world = FeedWorld(FeedWorldConfiguration())
  let clock = ContinuousClock()
  var n = 0
  let t = clock.measure { for i in 0..<5000 { n += world.session(i).shown.count } }
  print("speed", n, t)
  let t2 = clock.measure { for i in 0..<5000 { n += world.request(i).candidates.count } }
  print("speed request", n, t2)
  let r = world.session(3)
  let t3 = clock.measure { for _ in 0..<500 { n += world.eventLines(for: r).count } }
  print("speed lines/500", n, t3)
  for l in world.eventLines(for: r) { print(l.prefix(1500)) }
}
