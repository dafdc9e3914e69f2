/// The number with as many digits as a log would write.
func rounded(_ number: Double, _ perUnit: Double) -> Double {
  (number * perUnit).rounded() / perUnit
}
