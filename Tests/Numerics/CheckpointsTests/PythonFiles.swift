import Checkpoints
import Foundation

/// Files written by the Python library `safetensors` 0.8.0 (numpy 2.4, ml_dtypes for BF16).
enum PythonFiles {
  /// Z [3] = NaN, inf, -0; a [] = 3.25; b/weight [2, 3] = -2.5 ... 2.5; an awkward name [0, 4].
  static let allF32 = decoded(
    """
    GAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJzdGVwIjoiNTAwIn0sIloiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6Wz\
    NdLCJkYXRhX29mZnNldHMiOlswLDEyXX0sImEiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0\
    cyI6WzEyLDE2XX0sImIvd2VpZ2h0Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyLDNdLCJkYXRhX29mZnNldHMiOl\
    sxNiw0MF19LCLDqVwiXG5cdTAwMDF/L1xcIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlswLDRdLCJkYXRhX29mZnNl\
    dHMiOls0MCw0MF19fSAgICAgAADAfwAAgH8AAACAAABQQAAAIMAAAMC/AAAAvwAAAD8AAMA/AAAgQA==
    """)

  /// One tensor per type that is read, named by the type.
  static let everyType = decoded(
    """
    WAEAAAAAAAB7Imk2NCI6eyJkdHlwZSI6Ikk2NCIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzAsMTZdfSwiZj\
    Y0Ijp7ImR0eXBlIjoiRjY0Iiwic2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbMTYsNDBdfSwiZjMyIjp7ImR0eXBl\
    IjoiRjMyIiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbNDAsNDhdfSwiaTMyIjp7ImR0eXBlIjoiSTMyIiwic2\
    hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbNDgsNTZdfSwiYmYxNiI6eyJkdHlwZSI6IkJGMTYiLCJzaGFwZSI6WzJd\
    LCJkYXRhX29mZnNldHMiOls1Niw2MF19LCJmMTYiOnsiZHR5cGUiOiJGMTYiLCJzaGFwZSI6WzRdLCJkYXRhX29mZn\
    NldHMiOls2MCw2OF19fQAAAAAAAQAA/f////////+amZmZmZm5P1nz+MIfbqUBAAAAAAAA8P8AAMA/AAAAwAcAAAAA\
    AAD/wD9i/wA+/3sBAAD8
    """)

  /// f64 [1] = 1e39.
  static let hugeDouble = decoded(
    """
    OAAAAAAAAAB7ImY2NCI6eyJkdHlwZSI6IkY2NCIsInNoYXBlIjpbMV0sImRhdGFfb2Zmc2V0cyI6WzAsOF19fR1KnP\
    SHggdI
    """)

  /// i32 [2] = 3, 2^24 + 1.
  static let oddInteger = decoded(
    """
    OAAAAAAAAAB7ImkzMiI6eyJkdHlwZSI6IkkzMiIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzAsOF19fQMAAA\
    ABAAAB
    """)

  /// u8 [1].
  static let unknownType = decoded(
    """
    OAAAAAAAAAB7InU4Ijp7ImR0eXBlIjoiVTgiLCJzaGFwZSI6WzFdLCJkYXRhX29mZnNldHMiOlswLDFdfX0gIAE=
    """)

  /// x [1] = 2.
  static let oneTensor = decoded(
    """
    OAAAAAAAAAB7IngiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzFdLCJkYXRhX29mZnNldHMiOlswLDRdfX0gIAAAAE\
    A=
    """)

  private static func decoded(_ text: String) -> [UInt8] {
    Array(Data(base64Encoded: text) ?? Data())
  }
}
