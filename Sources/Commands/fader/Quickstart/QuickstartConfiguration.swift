/// The configuration of `fader quickstart`, compiled in so that the binary needs no file beside it.
/// A test holds it against `configs/quickstart.yaml`.
enum QuickstartConfiguration {
  static let name = "configs/quickstart.yaml"

  static let yaml = """
    # A small world, trained in a few minutes on two cores: fader quickstart runs this.
    version: 1
    data:
      feed:
        seed: 7
        users: 1200
        items: 2000
        shops: 60
        categories: 12
        candidates: 40
        cold_share: 0.3
        cold_spread: 0.6
        campaign_share: 0.3
        campaign_spread: 0.6
      simulate: 30000
    schema:
      item:
        exclude: [priority]
        fields:
          price: {log: true}
          viewers: {log: true}
      augment:
        rank: [score]
        share: [shop]
    objectives:
      - {name: click, predicted: click}
      - {name: cold_start, share: is_cold}
      - {name: shops, distinct: shop}
      - {name: priority, order: priority}
    training:
      evaluator:
        epochs: 4
      generator:
        steps: 300

    """
}
