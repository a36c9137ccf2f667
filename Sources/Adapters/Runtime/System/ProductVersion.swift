/// The version that all programs of this product share.
public enum ProductVersion {
    /// Semantic version.
    public static let text = "0.1.0"
}
