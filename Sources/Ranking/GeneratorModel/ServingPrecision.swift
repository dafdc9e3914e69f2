import ConfigurationFields

/// How exactly the hypernetwork's last layer is kept while serving.
public enum ServingPrecision: String, ConfigurationChoice {
  case float
  /// 8 significant bits: half the memory to read for each new w.
  case bfloat16
}
