import ConfigurationFields

/// How w reaches the policy.
package enum Conditioning: String, ConfigurationChoice {
  /// A network makes the final layers from w.
  case hypernetwork
  /// w is one more input of the item encoder, the final layers are the same for every w; what the
  /// hypernetwork is compared with.
  case input
}

/// The decoder's final layers, which a hypernetwork can make.
package enum FinalLayer: String, ConfigurationChoice {
  /// v and b of the pointer attention.
  case score
  /// W_l
  case local
  /// W_q
  case query
  /// The last layer of MLP2, which makes the first state.
  case start
}
