import ConfigurationFields

extension ObjectiveTerms {
  public static let fields: [ConfigurationField<Self>] = [
    .init(
      "predicted", \.predicted,
      "Feedback kind, such as click: the objective is how much of it the evaluators expect of the "
        + "list. Give exactly one of predicted, share, quota, distinct, order, mean and discounted."
    ),
    .init(
      "share", \.share,
      "Flag of the items, such as is_cold: the objective is the share of the list that has it."),
    .init(
      "quota", \.quota,
      "Flag of the items of which the list should hold a share of target: the objective is the share "
        + "divided by target, and more than that counts no more."),
    .init(
      "distinct", \.distinct,
      "Feature of the items that should not repeat, such as shop: the objective is the share of "
        + "places whose value does not stand in the window of places before."),
    .init(
      "order", \.order,
      "Number of the items by which the list should fall: the objective is the share of pairs of "
        + "places that are in this order."),
    .init(
      "mean", \.mean, "Number of the items: the objective is its mean over the list."),
    .init(
      "discounted", \.discounted,
      "Number of the items: the objective is its mean over the list in which upper places count more, "
        + "by 1 / log2(1 + place)."),
    .init(
      "aggregate", \.aggregate,
      "Only with predicted: sum is the expected number over the list, any the chance of at least one. "
        + "By default sum."),
    .init(
      "target", \.target, "Only with quota, and needed there: the share that is wanted.",
      .above(0, upTo: 1)),
    .init(
      "window", \.window,
      "Only with distinct: the places before in which a value counts as a repetition. By default the "
        + "whole list.", .atLeast(1), unit: "places"),
  ]
}
