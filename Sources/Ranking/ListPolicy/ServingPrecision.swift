import ConfigurationFields

/// How exactly a policy keeps the weights that each new w waits for, while it serves.
package enum ServingPrecision: String, ConfigurationChoice {
  case float
  /// 8 significant bits: half the memory to read for each new w. A family without such weights
  /// stays as it is.
  case bfloat16
}
