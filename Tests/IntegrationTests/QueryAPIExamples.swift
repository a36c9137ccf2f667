import Accounting
import Events
import ReadModels

@testable import Projector

/// Wallets with numbers made by hand, small enough to be checked by eye.
enum QueryAPIExamples {
    static let solanaWallet = WalletKey(chain: .solana, address: Scenario.address([42]))
    static let token = Scenario.address([1])
    static let receivedToken = Scenario.address([2])
    static let excludedToken = Scenario.address([3])
    static let evmAddress = address(repeating: 0xab)
    static let evmToken = address(repeating: 0xcd)
    static let day: Int64 = 86_400_000_000
    /// 2025-10-03T00:00:00Z.
    static let boughtAt: Int64 = 1_759_449_600_000_000

    static func address(repeating byte: UInt8) -> Address {
        Address(bytes: [UInt8](repeating: byte, count: 20)) ?? .empty
    }

    static func dollars(_ amount: Int128) -> Money { Money(units: amount * Money.unitsPerDollar) }

    /// Bought 10 for 100, sold 4 of them for 60; sold 2 received ones and 1 out of nowhere; 6 held, worth 20 each.
    static var solana: WalletNumbers {
        var numbers = WalletNumbers()
        var token = TokenFigures(asset: token, symbol: "<b>\"KICK\"</b>", decimals: 2)
        token.eventCount = 5
        (token.realised, token.unrealised) = (dollars(20), dollars(60))
        token.latestPrice = DecimalNumber(coefficient: 2, exponent: 1)
        (token.latestPriceTime, token.latestPriceSource) = (boughtAt + 3 * day, "test")
        (token.invested, token.returned) = (dollars(100), dollars(60))
        (token.trades, token.wins, token.receiptConsumptions) = (1, 1, 2)
        (token.heldKnown, token.heldCost) = (600, dollars(60))
        (token.received, token.receivedSold, token.missing) = (300, 300, 100)
        var received = TokenFigures(asset: receivedToken, symbol: "GIFT", decimals: 0)
        received.heldUnknown = 7
        received.received = 7
        var excluded = TokenFigures(asset: excludedToken, symbol: "USDC", decimals: 6)
        (excluded.isExcluded, excluded.heldKnown) = (true, 5_000_000)
        numbers.tokens = [token, received, excluded]
        numbers.disposals = [sale]
        numbers.openLots = [
            self.token: [
                OpenLot(
                    hasKnownBasis: true, acquiredAt: boughtAt, acquisition: Array("buy".utf8), quantity: 600,
                    cost: dollars(60))
            ]
        ]
        numbers.portfolio = portfolio(total: 80)
        numbers.completeness.transactions = 4
        numbers.completeness.refused = 1
        (numbers.completeness.coveredFrom, numbers.completeness.coveredTo) = (boughtAt, boughtAt + 2 * day)
        return numbers
    }

    private static var sale: Disposal {
        var sale = Disposal(
            asset: token, time: boughtAt + 3_600_000_000, transaction: Array("sell".utf8), quantity: 700)
        (sale.proceeds, sale.cost, sale.realised) = (dollars(60), dollars(40), dollars(20))
        sale.matches = [
            LotMatch(
                basis: .known, acquiredAt: boughtAt, acquisition: Array("buy".utf8), quantity: 400, cost: dollars(40),
                proceeds: dollars(60), realised: dollars(20), holdSeconds: 3_600),
            LotMatch(
                basis: .unknown, acquiredAt: boughtAt, acquisition: Array("gift".utf8), quantity: 200, cost: .zero,
                proceeds: dollars(30), realised: .zero, holdSeconds: 3_600),
            LotMatch(
                basis: .missing, acquiredAt: boughtAt, acquisition: [], quantity: 100, cost: .zero,
                proceeds: dollars(15), realised: .zero, holdSeconds: 1),
        ]
        return sale
    }

    static func portfolio(total: Int128, trades: Int64 = 1) -> PortfolioFigures {
        var portfolio = PortfolioFigures()
        (portfolio.realised, portfolio.unrealised) = (dollars(total - 60), dollars(60))
        (portfolio.total, portfolio.invested, portfolio.returned) = (dollars(total), dollars(100), dollars(60))
        (portfolio.heldCost, portfolio.trades, portfolio.wins) = (dollars(60), trades, 1)
        (portfolio.winRateMillionths, portfolio.profitRatioMillionths) = (1_000_000 / max(trades, 1), 1_800_000)
        portfolio.averageHoldMicroseconds = 3_600_000_000
        (portfolio.activeDays, portfolio.uniqueTokens, portfolio.tokensAnalysed) = (1, 2, 3)
        portfolio.eventsProcessed = 5
        return portfolio
    }

    /// A wallet with a portfolio and nothing else.
    static func plain(total: Int128, trades: Int64 = 1) -> WalletNumbers {
        var numbers = WalletNumbers()
        numbers.portfolio = portfolio(total: total, trades: trades)
        numbers.completeness.coveredTo = boughtAt + Int64(total)
        return numbers
    }

    static func evm(_ chain: Chain) -> WalletKey { WalletKey(chain: chain, address: evmAddress) }

    /// As a batch of the projector folds it.
    static func folded(_ wallet: WalletKey, _ numbers: WalletNumbers, offset: Int64, partition: Int32) -> FoldedWallet {
        var touched = TouchedWallet(wallet: wallet, partition: partition)
        touched.lastOffset = offset
        return FoldedWallet(touched: touched, outcome: .numbers(numbers))
    }
}
