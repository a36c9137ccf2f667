"""Prints an answer of GET /api/results, read from standard input, as a table and as addresses to paste."""

import json
import sys

COLUMNS = (
    # heading, field of a row, digits after the point (None: as it is)
    ("chain", "chain", None),
    ("wallet", "wallet_address", None),
    ("P&L USD", "total_pnl_usd", 2),
    ("realised", "realized_pnl_usd", 2),
    ("unrealised", "unrealized_pnl_usd", 2),
    ("trades", "total_trades", 0),
    ("win %", "win_rate", 1),
    ("tokens", "unique_tokens_count", 0),
)


def cell(row, field, digits):
    value = row.get(field)
    if value is None:
        return "–"
    return str(value) if digits is None else f"{float(value):,.{digits}f}"


def print_table(rows):
    lines = [[heading for heading, _, _ in COLUMNS]]
    lines += [[cell(row, field, digits) for _, field, digits in COLUMNS] for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
    for line in lines:
        padded = (
            text.ljust(width) if COLUMNS[column][2] is None else text.rjust(width)
            for column, (text, width) in enumerate(zip(line, widths))
        )
        print("  ".join(padded).rstrip())


def main():
    address = sys.argv[1]
    data = json.load(sys.stdin)["data"]
    rows = data["results"]
    if not rows:
        print("no wallets")
        return
    print_table(rows)
    print()
    print(f"{address}/")
    print(f"{address}/api/results?limit={len(rows)}")
    for row in rows:
        wallet, chain = row["wallet_address"], row["chain"]
        print(f"{address}/api/results/{wallet}/portfolio?chain={chain}")
        print(f"{address}/api/v2/wallets/{wallet}/analysis?chain={chain}")


main()
