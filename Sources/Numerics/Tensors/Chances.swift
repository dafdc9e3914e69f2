import Foundation

/// The logit of the product of two chances that are given by their logits x and y:
/// `-log(e^-x + e^-y + e^-(x + y))`, without overflow.
package func logitOfProduct(_ x: Float, _ y: Float) -> Float {
  let (a, b, c) = (-x, -y, -x - y)
  let most = max(a, b, c)
  return -(most + logf(expf(a - most) + expf(b - most) + expf(c - most)))
}
