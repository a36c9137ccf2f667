public import Events

extension R2 {
    /// What identifies an asset on its chain, however it is named; nil for one that nothing was said about (domain.md
    /// 11.2, Assets).
    public static func identity(of name: AssetName, on chain: Chain) -> Address? {
        R2Assets(chain: chain).identity(of: name)
    }
}
