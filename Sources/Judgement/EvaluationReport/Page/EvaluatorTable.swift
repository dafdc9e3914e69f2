/// Held-out losses of the evaluators and of the judge beside those of the trivial predictors.
struct EvaluatorTable {
  let report: EvaluationReport

  func html() -> String {
    DataTable(
      label: "Evaluators",
      note: "Held-out loss per slot: log loss of probabilities, squared error of numbers. Mean: "
        + "predicting the slot's mean. Score: the best single upstream score.",
      head: [
        [
          ("feedback", 1), ("of", 1), ("loss", 1), ("mean", 1), ("score", 1),
          ("calibration error", 1),
        ]
      ],
      rows: report.gradedEvaluators.map { who, head, figures in
        [
          head, who, Figures.loss(figures.logLoss), Figures.loss(figures.baseRateLogLoss),
          Figures.loss(figures.scoreLogLoss), figures.ece.map(Figures.percent) ?? "–",
        ]
      }, style: "words"
    ).html()
  }
}
