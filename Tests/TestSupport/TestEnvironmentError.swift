/// The machine lacks something a test needs, or a program the test started misbehaved; never a failure of the product.
public struct TestEnvironmentError: Error, CustomStringConvertible {
    /// What is wrong and, where there is one, the remedy.
    public let description: String

    /// Says what is wrong.
    public init(_ description: String) { self.description = description }
}
