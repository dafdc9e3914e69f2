import COpenBLAS

/// What the kernels were compiled for, and whether this machine has it.
public enum Processor {
  /// A sentence for the user when the program would hit an illegal instruction, else nil.
  public static var complaint: String? {
    let missing = fader_missing_features()
    guard missing != 0 else { return nil }
    let names = [(1, "AVX"), (2, "AVX2"), (4, "FMA"), (8, "AVX-512F")]
      .filter { missing & Int32($0.0) != 0 }.map(\.1).joined(separator: ", ")
    return """
      this program was compiled for a processor with \(names), which this machine lacks; build it \
      here, or build with FADER_MARCH=x86-64-v3 (or x86-64) in the environment
      """
  }
}
